import type { Interval, Prediction } from '../../model/index.ts';
import type { Why } from '../../scheduler/choose.ts';
import type { Forecast } from '../../scheduler/forecast.ts';
import { count, dollars, duration, plural } from '../../words/units.ts';
import type { Schedule, TheoremJob } from '../run/schedule.ts';
import type { Paint } from './paint.ts';
import { type Column, renderTable } from './table.ts';

const share = (p: number): string => `${Math.round(100 * p)} %`;

const between = ({ mean, low, high }: Interval, unit: (x: number) => string): string =>
  low === high ? unit(mean) : `${unit(mean)} (${unit(low)} to ${unit(high)})`;

const cost = ({ usd }: Prediction): string => (usd === null ? 'unknown' : between(usd, dollars));

const WHY: Readonly<Record<Why, string>> = {
  time: 'longer than the limit',
  money: 'dearer than the limit',
  room: 'others bring more',
};

const figures = ({ prediction }: TheoremJob, paid: boolean): readonly string[] =>
  prediction === null
    ? ['no data', '-', ...(paid ? ['-'] : [])]
    : [between(prediction.ms, duration), share(prediction.probability), ...(paid ? [cost(prediction)] : [])];

const rowOf = (job: TheoremJob, paid: boolean): readonly string[] => [
  job.id,
  job.difficulty ?? '-',
  job.theorem.category ?? '-',
  ...figures(job, paid),
];

const head = (paid: boolean): Column[] => [
  { head: 'theorem' },
  { head: 'difficulty' },
  { head: 'category' },
  { head: 'time (80 %)', align: 'right' },
  { head: 'solved', align: 'right' },
  ...(paid ? [{ head: 'cost (80 %)', align: 'right' } as const] : []),
];

const whole = (n: number): string => String(Math.round(n));

const solvedAndCost = ({ jobs, unknown }: Schedule, { solved, usd }: Forecast): string =>
  `${solved.mean.toFixed(1)} of ${count(jobs.length - unknown)} solved (${whole(solved.low)} to ${whole(solved.high)}), ${usd === null ? 'at an unknown price' : `for ${between(usd, dollars)}`}`;

/** What is expected of a run as a whole. */
export const forecastLines = (schedule: Schedule, withinMs: number | null): string[] => {
  const { unknown, forecast, selection, reordered } = schedule;
  if (forecast === null) return ['No data yet on these theorems: the order goes by difficulty alone.'];
  const { makespan, lowerBoundMs, within } = forecast;
  const lines = [
    `Expected: ${between(makespan, duration)}; no order takes less than ${duration(lowerBoundMs)}.`,
    `          ${solvedAndCost(schedule, forecast)}.`,
  ];
  if (withinMs !== null && within !== null)
    lines.push(
      `          It ends within ${duration(withinMs)} with a chance of ${share(within)}, and is stopped then.`,
    );
  if (selection !== null)
    lines.push(
      selection.exact
        ? 'No other choice of theorems has more expected solved.'
        : `No choice of theorems has more than ${selection.bound.toFixed(1)} expected solved.`,
    );
  if (reordered) lines.push('In the order of the policy some would end too late and are moved.');
  if (unknown > 0)
    lines.push(
      `${plural(unknown, 'theorem')} without data: not in these figures${withinMs === null ? '' : ', and last in the order'}.`,
    );
  return lines;
};

const NAMED = 5;

/** What is told of the plan when a run begins; nothing where nothing is known. */
export const scheduleLines = (schedule: Schedule): string[] => {
  const { order, left, forecast } = schedule;
  if (forecast === null) return [];
  const names = left.slice(0, NAMED).map(({ job }) => job.id);
  const more = left.length > NAMED ? ` and ${left.length - NAMED} more` : '';
  return [
    `Order ${order}; expected: ${between(forecast.makespan, duration)}, ${solvedAndCost(schedule, forecast)}.`,
    ...(left.length === 0 ? [] : [`Left out: ${names.join(', ')}${more}; --dry-run says why.`]),
  ];
};

/** The plan of a run: what it takes, in its order, and what it leaves out. */
export const planLines = (schedule: Schedule, width: number, paint: Paint): string[] => {
  const { jobs, left } = schedule;
  const all = [...jobs, ...left.map(({ job }) => job)];
  const paid = all.some(({ prediction }) => prediction !== null && prediction.usd?.mean !== 0);
  const rows = jobs.map((job) => rowOf(job, paid));
  if (left.length === 0) return renderTable(head(paid), rows, width, paint);
  return [
    ...renderTable(head(paid), rows, width, paint),
    '',
    `${paint('bold', 'Left out')}`,
    ...renderTable(
      [...head(paid).toSpliced(1, 2), { head: 'why' }],
      left.map(({ job, why }) => [...rowOf(job, paid).toSpliced(1, 2), WHY[why]]),
      width,
      paint,
    ),
  ];
};
