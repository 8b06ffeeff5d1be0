import type { Command } from 'commander';
import type { RunContext } from '../../temporal/runs.ts';
import { type AddCommand, type Cli, examples } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { configure, withJson, withTemporal } from '../options.ts';
import { scheduleList } from '../render/schedules.ts';
import { withHeartbeat } from '../run/heartbeat.ts';
import { openWorkbench } from '../run/workbench.ts';

type Schedules = typeof import('../../temporal/schedules.ts');

/** Reaches the server, or starts ours for the moment; no worker is needed. */
const onServer = async (
  cli: Cli,
  options: object,
  act: (schedules: Schedules, ctx: RunContext) => Promise<void>,
): Promise<ExitCode> => {
  const { config } = await configure(options, cli.io);
  const bench = await openWorkbench(config);
  try {
    const session = await withHeartbeat(cli.io.say, (say) => bench.connect('serve', say));
    await act(await import('../../temporal/schedules.ts'), { ...session, store: bench.store });
    return EXIT.ok;
  } finally {
    await bench.close();
  }
};

type Verb = {
  readonly name: string;
  readonly summary: string;
  readonly done: string;
  readonly act: (schedules: Schedules, ctx: RunContext, id: string) => Promise<void>;
};

const VERBS: readonly Verb[] = [
  {
    name: 'pause',
    summary: 'no run starts until `schedule resume`; one that is at work goes on',
    done: 'is paused',
    act: (schedules, ctx, id) => schedules.pauseSchedule(ctx, id),
  },
  {
    name: 'resume',
    summary: 'runs start at their times again',
    done: 'goes on',
    act: (schedules, ctx, id) => schedules.resumeSchedule(ctx, id),
  },
  {
    name: 'trigger',
    summary: 'a run now, beside its times; none if one is at work',
    done: 'was triggered; `proofloop ls` shows its run',
    act: (schedules, ctx, id) => schedules.triggerSchedule(ctx, id),
  },
  {
    name: 'delete',
    summary: 'no further runs; those that there were stay',
    done: 'is deleted; its runs stay',
    act: (schedules, ctx, id) => schedules.deleteSchedule(ctx, id),
  },
];

const addList = (schedule: Command, cli: Cli): void => {
  const { io } = cli;
  withJson(withTemporal(schedule.command('list', { isDefault: true })))
    .description('The schedules of this Temporal server, with the next and the last time of each.')
    .addHelpText('after', examples('schedule list', 'schedule list --json'))
    .action(
      cli.action((options) =>
        onServer(cli, options, async (schedules, ctx) => {
          const views = await schedules.listSchedules(ctx);
          if (options.json) for (const view of views) io.out(JSON.stringify({ type: 'schedule', ...view }));
          else if (views.length === 0)
            io.say("No schedules. `proofloop bench SUITE --schedule '0 3 * * *'` makes one.");
          else for (const line of scheduleList(views, io.stdout.columns ?? 120, io.paintOut)) io.out(line);
        }),
      ),
    );
};

export const addSchedule: AddCommand = (program, cli) => {
  const schedule = program
    .command('schedule')
    .summary('suites that run by the clock')
    .description(
      "Suites that run by the clock: `bench SUITE --schedule '0 3 * * *'` makes a schedule of Temporal.",
    )
    .addHelpText(
      'after',
      examples(
        'schedule list',
        'schedule pause schedule-hard-0a1b2c',
        'schedule delete schedule-hard-0a1b2c',
      ),
    );
  addList(schedule, cli);
  for (const { name, summary, done, act } of VERBS)
    withTemporal(schedule.command(name))
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`)
      .argument('<id>', 'id of a schedule, as `schedule list` prints it')
      .addHelpText('after', examples(`schedule ${name} schedule-hard-0a1b2c`))
      .action(
        cli.action((id: string, options) =>
          onServer(cli, options, async (schedules, ctx) => {
            await act(schedules, ctx, id);
            cli.io.say(`Schedule ${id} ${done}.`);
          }),
        ),
      );
};
