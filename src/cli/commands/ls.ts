import { InvalidArgumentError } from 'commander';
import type { RunRecord } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { type AddCommand, examples } from '../cli.ts';
import { EXIT } from '../exit.ts';
import { withConfig, withJson } from '../options.ts';
import { runList } from '../render/run.ts';
import { withStore } from './cache.ts';

const positive = (text: string): number => {
  const n = Number(text);
  if (!/^\d+$/.test(text) || n < 1) throw new InvalidArgumentError('It has to be a whole number from 1 up.');
  return n;
};

/** Runs that are not through, newest first. */
export const listOpenRuns = async (store: Store): Promise<RunRecord[]> =>
  (await store.listRuns(1000)).filter((run) => run.state === 'running' || run.state === 'paused');

export const addLs: AddCommand = (program, cli) => {
  const { io } = cli;
  withJson(withConfig(program.command('ls')))
    .summary('list runs, newest first')
    .description('Lists the runs that the store knows, newest first.')
    .option('-n, --limit <n>', 'at most so many', positive, 20)
    .addHelpText('after', examples('ls', 'ls --limit 100 --json'))
    .action(
      cli.action((options) =>
        withStore(cli, options, async (store) => {
          const runs = await store.listRuns(options.limit);
          if (options.json) for (const run of runs) io.out(JSON.stringify({ type: 'run', ...run }));
          else if (runs.length === 0) io.say('No runs yet. `proofloop demo` makes the first.');
          else
            for (const line of runList(runs, io.stdout.columns ?? 100, Date.now(), io.paintOut)) io.out(line);
          return EXIT.ok;
        }),
      ),
    );
};
