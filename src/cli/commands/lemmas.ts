import { InvalidArgumentError } from 'commander';
import { type AddCommand, examples } from '../cli.ts';
import { configure, withConfig, withJson, withLean } from '../options.ts';

const MOST = 200;
const limit = (text: string): number => {
  const n = Number(text);
  if (!/^\d+$/.test(text) || n < 1 || n > MOST)
    throw new InvalidArgumentError(`It has to be a whole number from 1 to ${MOST}.`);
  return n;
};

export const addLemmas: AddCommand = (program, cli) => {
  withJson(withLean(withConfig(program.command('lemmas'))))
    .summary('list theorems of library and context that may help')
    .description(
      'Lists theorems of what the theorem imports, and of the text before it, that have most in common with its statement. ' +
        'It is what a model is told of (--lemmas N of prove and bench). No model is asked.',
    )
    .argument('<theorem>', 'SUITE/NAME, or a suite followed by a name, or a Lean file')
    .argument('[name]', 'the theorem of the suite or file')
    .option('--theorem <name>', 'the same')
    .option('--limit <n>', 'how many at most', limit, 24)
    .option('--name <text>', 'only theorems whose name holds this text')
    .addHelpText(
      'after',
      examples(
        'lemmas basic/add_swap',
        'lemmas Sums.lean --theorem sum_odd --limit 50',
        'lemmas hard NAME --name gcd',
      ),
    )
    .action(
      cli.action(async (from: string, name: string | undefined, options) => {
        const { config } = await configure(options, cli.io);
        const [{ namedTheorem }, { showLemmas }] = await Promise.all([
          import('../prompt/theorem.ts'),
          import('../lemmas/show.ts'),
        ]);
        const theorem = await namedTheorem({ from, name, theorem: options.theorem }, cli.io);
        return showLemmas(cli, config, theorem, {
          json: options.json === true,
          limit: options.limit,
          name: options.name,
        });
      }),
    );
};
