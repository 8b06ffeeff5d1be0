import { join } from 'node:path';
import type { AddCommand } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { configure, withConfig } from '../options.ts';

/** `lean-repl`: the embedded Lean for anyone who speaks the protocol of leanprover-community/repl. */
export const addLeanRepl: AddCommand = (program, cli) => {
  const { io } = cli;
  withConfig(program.command('lean-repl'))
    .summary('the embedded Lean as a repl on standard input')
    .description(
      'Speaks the JSON protocol of leanprover-community/repl v4.28.0 on standard input and output: one JSON object and ' +
        'an empty line a request. Commands, files, tactics and pickles, and extensions: docs/lean-repl.md.',
    )
    .addHelpText(
      'after',
      `\nExamples:\n  $ echo '{"cmd": "theorem t : 1 + 1 = 2 := rfl"}' | proofloop lean-repl`,
    )
    .action(
      cli.action(async (options) => {
        const { config } = await configure(options, io);
        const { runLeanRepl } = await import('../../../lean/embedded/lean-repl.ts');
        const code = await runLeanRepl({
          cacheDir: join(config.dirs.cache, 'lean'),
          input: io.stdin,
          output: io.stdout,
          say: io.say,
        });
        return code === 0 ? EXIT.ok : EXIT.fault;
      }),
    );
};
