import { expect, test } from '@jest/globals';
import { plain } from '../../../src/cli/render/paint.ts';
import { forecastLines, planLines, scheduleLines } from '../../../src/cli/render/plan.ts';
import type { TheoremJob } from '../../../src/cli/run/schedule.ts';
import type { Prediction } from '../../../src/model/index.ts';
import { planRun } from '../../../src/scheduler/plan.ts';
import { interval, prediction } from '../../scheduler/jobs.ts';

const job = (id: string, of: Prediction | null): TheoremJob => ({
  ...{ id, header: '', difficulty: 'easy', prediction: of },
  theorem: { id, name: id, header: '', context: '', statement: `theorem ${id} : True`, category: 'Nat' },
});
const paid = (ms: number, usd: number, probability: number) =>
  prediction(ms, { probability, usd: interval(usd, 0.2) });
const jobs = [
  job('good', paid(4_000, 0.1, 0.9)),
  job('slow', paid(90_000, 0.1, 0.5)),
  job('weak', paid(9_000, 0.2, 0.1)),
  job('new', null),
];
const asked = { lanes: 1, order: null, withinMs: 10_000, maxCostUsd: 1 } as const;

test('a plan has a row a theorem with its figures and intervals, and what is left out with the reason', () => {
  const lines = planLines(planRun(jobs, asked), 120, plain);
  expect(lines.map((line) => line.replace(/\s+/g, ' '))).toEqual([
    'theorem difficulty category time (80 %) solved cost (80 %)',
    'good easy Nat 4.0 s (2.0 s to 6.0 s) 90 % $0.10 ($0.08 to $0.12)',
    'new easy Nat no data - -',
    '',
    'Left out',
    'theorem time (80 %) solved cost (80 %) why',
    'slow 90.0 s (45.0 s to 2 min 15 s) 50 % $0.10 ($0.08 to $0.12) longer than the limit',
    'weak 9.0 s (4.5 s to 13.5 s) 10 % $0.20 ($0.16 to $0.24) others bring more',
  ]);
});

test('the run as a whole: wall clock, proofs, money, how good the choice is, what has no data', () => {
  const text = forecastLines(planRun(jobs, asked), asked.withinMs).join('\n');
  expect(text).toMatch(/Expected: 4\.0 s \(.* to .*\); no order takes less than 4\.0 s\./);
  expect(text).toMatch(/0\.9 of 1 solved \(\d to 1\), for \$0\.10 \(\$0\.0\d+ to \$0\.1\d\)\./);
  expect(text).toContain('It ends within 10.0 s with a chance of 100 %, and is stopped then.');
  expect(text).toContain('No other choice of theorems has more expected solved.');
  expect(text).toContain('1 theorem without data: not in these figures, and last in the order.');
});

test('where nothing costs money there is no column for it, and a run tells what it leaves out', () => {
  const free = [1_000, 2_000].map((ms, i) => job(`t${i}`, prediction(ms)));
  const plan = planRun(free, { ...asked, withinMs: null });
  expect(planLines(plan, 120, plain)[0]).not.toContain('cost');
  expect(scheduleLines(plan)).toHaveLength(1);
  expect(scheduleLines(planRun(jobs, asked))[1]).toBe('Left out: slow, weak; --dry-run says why.');
  expect(scheduleLines(planRun([job('new', null)], asked))).toEqual([]);
});
