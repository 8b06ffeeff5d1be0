import type { Because, RunContext } from '../../temporal/runs.ts';
import { type AddCommand, type Cli, examples } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { configure, withLean, withTemporal } from '../options.ts';
import { findRun } from '../run/find.ts';
import { withHeartbeat } from '../run/heartbeat.ts';
import { openWorkbench } from '../run/workbench.ts';

type Runs = typeof import('../../temporal/runs.ts');
type Act = (runs: Runs, ctx: RunContext, runId: string, why: Because) => Promise<string>;
type SteerOptions = Parameters<typeof configure>[0] & { readonly reason?: string };

/** Reaches a run on its server; a worker has to answer, so one is hosted for the moment if nobody serves. */
const steer = async (
  cli: Cli,
  id: string,
  name: string,
  options: SteerOptions,
  act: Act,
): Promise<ExitCode> => {
  const { io } = cli;
  const { config } = await configure(options, io);
  const bench = await openWorkbench(config);
  try {
    const { run } = await findRun(bench.store, id);
    if (run.state !== 'running' && run.state !== 'paused') {
      io.say(`Run ${run.runId} is at its end (${run.state}); there is nothing to change.`);
      return EXIT.ok;
    }
    const session = await withHeartbeat(io.say, (say) => bench.connect('host-if-needed', say));
    const runs = await import('../../temporal/runs.ts');
    const why = runs.because(options.reason === undefined ? name : `${name}: ${options.reason}`);
    io.say(await act(runs, { ...session, store: bench.store }, run.runId, why));
    if (session.hostsWorker && run.state !== 'paused')
      io.say(`No other worker serves it, so it rests until: proofloop attach ${run.runId}`);
    return EXIT.ok;
  } finally {
    await bench.close();
  }
};

const ID = 'id of a run, or the beginning of one';
const REASON = 'why, for those who read `show`';

export const addCancel: AddCommand = (program, cli) => {
  withLean(withTemporal(program.command('cancel')))
    .summary('end a run for good; what it has reached stays')
    .description(
      'Ends a run for good: Lean and model requests of it stop within a second. What it has reached stays.',
    )
    .argument('<id>', ID)
    .option('--reason <text>', REASON)
    .addHelpText('after', examples('cancel bench-hard-0123456789ab'))
    .action(
      cli.action((id: string, options) =>
        steer(cli, id, 'cancel', options, async (runs, ctx, runId, why) => {
          await runs.cancelRun(ctx, runId, why);
          const { state, results, theoremIds } = await runs.waitForRun(ctx, runId);
          const solved = results.filter((r) => r.outcome === 'solved').length;
          return `Run ${runId}: ${state}; ${solved} of ${theoremIds.length} solved. \`proofloop show ${runId}\``;
        }),
      ),
    );
};

export const addPause: AddCommand = (program, cli) => {
  withLean(withTemporal(program.command('pause')))
    .summary('start no new work of a run')
    .description('Starts no new work of a run until `resume`; what is under way ends.')
    .argument('<id>', ID)
    .option('--reason <text>', REASON)
    .addHelpText('after', examples('pause bench-hard-0123456789ab'))
    .action(
      cli.action((id: string, options) =>
        steer(cli, id, 'pause', options, async (runs, ctx, runId, why) => {
          await runs.pauseRun(ctx, runId, why);
          return `Run ${runId} is paused; it goes on with: proofloop resume ${runId}`;
        }),
      ),
    );
};

export const addResume: AddCommand = (program, cli) => {
  withLean(withTemporal(program.command('resume')))
    .summary('let a paused run go on')
    .description('Lets a paused run go on.')
    .argument('<id>', ID)
    .option('--reason <text>', REASON)
    .addHelpText('after', examples('resume bench-hard-0123456789ab'))
    .action(
      cli.action((id: string, options) =>
        steer(cli, id, 'resume', options, async (runs, ctx, runId, why) => {
          await runs.resumeRun(ctx, runId, why);
          return `Run ${runId} goes on.`;
        }),
      ),
    );
};

export const addSet: AddCommand = (program, cli) => {
  withLean(withTemporal(program.command('set')))
    .summary('change the limits of a run that is at work')
    .description(
      'Changes the limits of a run (jobs, max-cost, run-max-tokens, run-timeout) and of each theorem of it (max-rounds, ' +
        'samples, max-samples, max-tokens, theorem-max-cost, timeout), also of those at work.',
    )
    .argument('<id>', ID)
    .option('--reason <text>', REASON)
    .argument('<changes...>', 'NAME=VALUE; `none` takes a limit away')
    .addHelpText(
      'after',
      examples('set bench-hard-0123456789ab max-cost=5 jobs=4', 'set bench-hard timeout=none'),
    )
    .action(
      cli.action(async (id: string, texts: string[], options) => {
        const { parseChanges } = await import('../run/changes.ts');
        const { budget, limits } = parseChanges(texts);
        return steer(cli, id, 'set', options, async (runs, ctx, runId, why) => {
          if (Object.keys(budget).length > 0) await runs.setRunBudget(ctx, runId, budget, why);
          if (Object.keys(limits).length > 0) await runs.setRunLimits(ctx, runId, limits, why);
          return `Run ${runId}: ${texts.join(', ')}`;
        });
      }),
    );
};
