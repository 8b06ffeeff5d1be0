import { createHash } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import type { Suite, Theorem } from '../../model/index.ts';
import { dollars, momentIn, plural } from '../../words/units.ts';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { boundOf } from './bound.ts';
import { refuseElsewhere } from './elsewhere.ts';
import { withHeartbeat } from './heartbeat.ts';
import { identify, proversOf } from './identify.ts';
import { planOf } from './plan.ts';
import { limitsWithin, mustHoldSome, provenanceOf, scheduleOf } from './schedule.ts';
import { openWorkbench } from './workbench.ts';

export type ScheduleOptions = {
  readonly json: boolean;
  readonly cache: boolean;
  readonly cron: string;
  /** null: the one of this machine. */
  readonly timezone: string | null;
  /** null: made of the suite and who proves, so that the same command with another time changes the schedule. */
  readonly id: string | null;
};

/** Has the chosen theorems of a suite run by the clock. */
export const scheduleSuite = async (
  cli: Cli,
  config: Config,
  suite: Suite,
  theorems: readonly Theorem[],
  options: ScheduleOptions,
): Promise<ExitCode> => {
  const { io } = cli;
  const { knownTimezone, makeSchedule } = await import('../../temporal/schedules.ts');
  const timezone = knownTimezone(options.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const provers = await proversOf(config);
  const bound = boundOf(config, provers, theorems);
  const bench = await openWorkbench(config);
  try {
    const subject = {
      kind: 'suite',
      label: suite.name,
      sha256: suite.sha256,
      theoremIds: theorems.map((t) => t.id),
    } as const;
    const { runId, provenance } = await identify(bench, provers, subject, theorems, false);
    // The order is that of the day on which the schedule was made: what it starts is to stay the same.
    const chosen = await scheduleOf(bench.store, config, theorems);
    mustHoldSome(chosen);
    const session = await withHeartbeat(io.say, (say) => bench.connect('serve', say));
    // Whoever serves at that hour is another process, and knows no profile that only this command line makes.
    refuseElsewhere(config, { ...session, hostsWorker: false });
    const scheduleId = options.id ?? idOf(suite.name, config.provers.use);
    const { how, next } = await makeSchedule(
      { ...session, store: bench.store },
      {
        ...{
          scheduleId,
          runId,
          timezone,
          cron: options.cron,
          theorems: chosen.jobs.map((job) => job.theorem),
        },
        ...{ plan: planOf(config, options.cache), limits: limitsWithin(config) },
        ...{ suite: suite.name, suiteSha256: suite.sha256 },
        provenance: {
          ...provenance,
          ...(await provenanceOf(bench.store, config, chosen)),
          suiteSha256: suite.sha256,
        },
      },
    );
    if (options.json) {
      const { cron } = options;
      io.out(JSON.stringify({ type: 'schedule', scheduleId, how, cron, timezone, next, ...bound }));
      return EXIT.ok;
    }
    io.out(`Schedule ${scheduleId} ${how}: ${options.cron}, ${timezone}`);
    for (const at of next.slice(0, 3)) io.out(`  ${momentIn(at.getTime(), timezone)}`);
    const cost =
      bound.models.length === 0 ? 'no model is asked' : `each run costs at most ${dollars(bound.usd)}`;
    io.say(`${plural(chosen.jobs.length, 'theorem')} of ${suite.name} as they are now; ${cost}.`);
    if (options.cache && bound.models.length > 0)
      io.say('What the store has answered before is not asked again; --no-cache asks anew each time.');
    if (session.uiUrl !== null)
      io.say('It runs while `proofloop up` does; nothing starts at a time when it does not.');
    return EXIT.ok;
  } finally {
    await bench.close();
  }
};

const idOf = (suite: string, provers: readonly string[]): string => {
  const name = (suite.split('/').at(-1) ?? '').replace(/\.jsonl$/, '').replace(/[^A-Za-z0-9_-]+/g, '-');
  const hash = createHash('sha256')
    .update(JSON.stringify([suite, provers]))
    .digest('hex');
  return `schedule-${name.slice(0, 40)}-${hash.slice(0, 6)}`;
};
