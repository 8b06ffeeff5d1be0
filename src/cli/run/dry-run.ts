import type { Config } from '../../config/config.ts';
import type { Theorem } from '../../model/index.ts';
import { openStore } from '../../store/index.ts';
import { plural } from '../../words/units.ts';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { forecastLines, planLines } from '../render/plan.ts';
import { boundLine, boundOf, reserveLine } from './bound.ts';
import { proversOf } from './identify.ts';
import { writeRecord } from './records.ts';
import { type Schedule, scheduleOf } from './schedule.ts';

/**
 * What a run would do: the order, what is expected of each theorem, the calls and the most that it can cost. Nothing is
 * asked or started but the store, whose records the predictions are made of.
 */
export const dryRun = async (
  { io }: Cli,
  config: Config,
  label: string,
  theorems: readonly Theorem[],
  json: boolean,
): Promise<ExitCode> => {
  const store = await openStore(config.store);
  const schedule = await scheduleOf(store, config, theorems).finally(() => store.close());
  const chosen = schedule.jobs.map(({ theorem }) => theorem);
  const bound = boundOf(config, await proversOf(config), chosen);
  if (json) {
    writePlan(schedule, (type, record) => writeRecord(io, type, record));
    const { order, reordered, selection, unknown, forecast, left } = schedule;
    const { lanes, withinMs } = config.run;
    const plan = { order, reordered, lanes, withinMs, leftOut: left.length, unknown, selection, forecast };
    writeRecord(io, 'plan', { label, total: chosen.length, provers: config.provers.use, ...plan, ...bound });
    return EXIT.ok;
  }
  for (const line of planLines(schedule, io.stdout.columns ?? 100, io.paintOut)) io.out(line);
  io.out('');
  io.out(
    `${plural(chosen.length, 'theorem')} of ${label}, ${schedule.order}, ${config.run.lanes} at once; provers: ${config.provers.use.join(', ')}`,
  );
  for (const line of forecastLines(schedule, config.run.withinMs)) io.out(line);
  io.out(boundLine(bound) ?? 'No model is asked: 0 calls, $0.00.');
  // A batch job has prices of its own.
  const reserve = config.run.batch ? null : reserveLine(bound, Math.min(config.run.lanes, chosen.length));
  if (reserve !== null) io.out(reserve);
  return EXIT.ok;
};

const writePlan = ({ jobs, left }: Schedule, write: (type: string, record: object) => void): void => {
  const of = ({ id, difficulty, prediction, theorem }: Schedule['jobs'][number]) => ({
    theoremId: id,
    difficulty,
    category: theorem.category ?? null,
    prediction,
  });
  for (const [i, job] of jobs.entries()) write('planned', { n: i + 1, ...of(job) });
  for (const { job, why } of left) write('leftOut', { ...of(job), why });
};
