import { expect, test } from '@jest/globals';
import { rowsOf } from '../../bench/suite/rows.ts';
import { beforeAfter } from '../../bench/suite/table.ts';
import { result } from '../store/samples.ts';
import { theorem } from '../support/theorems.ts';

const suites = [
  { name: 'one', theorems: [theorem('a'), theorem('b')] },
  { name: 'two', theorems: [theorem('c')] },
];
const timed = (id: string, totalMs: number, leanMs: number, outcome: 'solved' | 'unsolved' = 'solved') => {
  const r = result(id, outcome);
  return { ...r, ledger: { ...r.ledger, totalMs, leanMs, cacheMs: 0, modelMs: 0 } };
};
const run = {
  results: [timed('c', 4000, 3000, 'unsolved'), timed('a', 1000, 400), timed('b', 3000, 2600)],
  runMs: 8000,
  processMs: 12_000,
};
const of = { lanes: 2, cache: 'cold' } as const;

test('each suite has its own means, and the run its whole time', () => {
  const [one, two, all] = rowsOf(run, of, suites);
  expect(one).toMatchObject({
    suite: 'one',
    theorems: 2,
    solved: 2,
    mean: 2,
    lean: 1.5,
    rest: 0.5,
    run: null,
  });
  expect(two).toMatchObject({ suite: 'two', theorems: 1, solved: 0, mean: 4, lean: 3, rest: 1 });
  expect(all).toMatchObject({ suite: 'all', theorems: 3, solved: 2, run: 8, command: 12 });
});

test('a theorem without a result is a fault of the measurement', () => {
  expect(() => rowsOf({ ...run, results: run.results.slice(1) }, of, suites)).toThrow('no result of c');
});

test('the old figures stand beside ours as what they are', () => {
  const text = beforeAfter(rowsOf(run, of, suites));
  expect(text).toContain('15.92');
  expect(text).toContain('Not the same work');
  expect(text).toMatch(/from one test to the next.*4\.00/);
});
