import { Option } from 'commander';
import { type AddCommand, examples } from '../cli.ts';
import { configure, withJson, withRun } from '../options.ts';

const names = (text: string, before: readonly string[] = []): string[] => [...before, text];

export const addProve: AddCommand = (program, cli) => {
  withJson(withRun(program.command('prove')))
    .summary('prove the sorrys of a Lean file')
    .description(
      'Proves every theorem or lemma of a Lean file whose proof is `sorry`, in file order; all that stands before one ' +
        'counts. Proofs go to standard output, or with --write into the file. Other `sorry`s are listed and left alone.',
    )
    .argument('<file>', 'a Lean file, or - for standard input')
    .option('--theorem <name>', 'only this theorem; may be given more than once', names)
    .option('--write', 'put the proofs into the file, after Lean has accepted the whole of it')
    .option('-o, --output <folder>', 'write the file with its proofs and results.jsonl there')
    .addOption(
      new Option(
        '--detach',
        'start it and come back at once; needs `proofloop up` or a server with a worker',
      ).conflicts(['write', 'output']),
    )
    .option('--fresh', 'a new run, even if the same one is there')
    .addHelpText(
      'after',
      examples(
        'prove Sums.lean',
        'prove Sums.lean --theorem sum_odd --write',
        'prove Sums.lean --provers local,gemini --max-rounds 8 --max-cost 0.50',
        'prove - < Sums.lean > Proved.lean',
        'prove Mine.lean --lean-command "lake exe repl" --lean-cwd ../mathlib-project',
      ),
    )
    .action(
      cli.action(async (name: string, options) => {
        const { config } = await configure(options, cli.io);
        const [{ mustBeWritable, readSource }, { runFile }] = await Promise.all([
          import('../source/read.ts'),
          import('../run/file.ts'),
        ]);
        const source = await readSource(name, cli.io.stdin, cli.io.cwd);
        if (options.write) await mustBeWritable(source);
        return runFile(cli, config, source, {
          json: options.json === true,
          detach: options.detach === true,
          fresh: options.fresh === true || options.cache === false,
          cache: options.cache !== false,
          write: options.write === true,
          theorems: options.theorem ?? [],
          output: options.output ?? null,
        });
      }),
    );
};
