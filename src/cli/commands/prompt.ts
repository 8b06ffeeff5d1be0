import { InvalidArgumentError, Option } from 'commander';
import { type AddCommand, examples } from '../cli.ts';
import { configure, withConfig, withJson, withLean } from '../options.ts';

const whole =
  (least: number) =>
  (text: string): number => {
    const n = Number(text);
    if (!/^\d+$/.test(text) || n < least)
      throw new InvalidArgumentError(`It has to be a whole number from ${least} up.`);
    return n;
  };

export const addPrompt: AddCommand = (program, cli) => {
  withJson(withLean(withConfig(program.command('prompt'))))
    .summary('show the prompt of a theorem, its tokens and cost')
    .description(
      'Shows what a model would be asked, how many tokens that is by which tokenizer, and what it costs with each model of ' +
        'the price list. Works offline: no model is asked. Lean is started for --after and --lemmas only.',
    )
    .argument('<theorem>', 'SUITE/NAME, or a suite followed by a name, or a Lean file')
    .argument('[name]', 'the theorem of the suite or file')
    .option('--theorem <name>', 'the same')
    .option(
      '--prover <name>',
      'who is asked, e.g. gemini or openai:MODEL (default: the first of the configuration)',
    )
    .option('--variant <name>', 'the prompt (`proofloop prompts list`); default: short')
    .addOption(new Option('--prompt <name>', 'the same').hideHelp())
    .option('--round <n>', 'round, from 1', whole(1))
    .option('--sample <n>', 'sample of the round, from 0', whole(0), 0)
    .addOption(
      new Option(
        '--after <proof.lean>',
        'the repair of this proof: Lean says what is wrong with it',
      ).conflicts('feedback'),
    )
    .option('--feedback <file.json>', 'the repair of a refused attempt as JSON')
    .option('--lemmas', 'with the lemmas that Lean finds for the theorem')
    .addHelpText(
      'after',
      examples(
        'prompt basic/add_swap',
        'prompt hard NAME --variant plan --sample 3',
        'prompt Sums.lean --theorem sum_odd --after Tried.lean',
        'prompt mine.jsonl NAME --prover openai:gpt-5 --json',
      ),
    )
    .action(
      cli.action(async (from: string, name: string | undefined, options) => {
        const variant = options.variant ?? options.prompt ?? null;
        const { config } = await configure({ ...options, prompt: undefined }, cli.io);
        const [{ namedTheorem }, { showPrompt }] = await Promise.all([
          import('../prompt/theorem.ts'),
          import('../prompt/show.ts'),
        ]);
        const theorem = await namedTheorem({ from, name, theorem: options.theorem }, cli.io);
        return showPrompt(cli, config, theorem, {
          json: options.json === true,
          prover: options.prover ?? null,
          variant,
          round: options.round ?? null,
          sample: options.sample,
          feedback: options.feedback ?? null,
          after: options.after ?? null,
          lemmas: options.lemmas === true,
        });
      }),
    );
};
