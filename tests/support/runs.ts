import type { RunSuiteInput, Theorem } from '../../src/model/index.ts';
import { GUARD, plan, theorem } from './theorems.ts';

/** Theorems of one test: ids `test.1`, `test.2`, … */
export const theorems = (test: string, count: number): Theorem[] =>
  Array.from({ length: count }, (_, i) => theorem(`${test}.${i + 1}`));

export const suiteInput = (
  test: string,
  count: number,
  more: Partial<RunSuiteInput> = {},
): RunSuiteInput => ({
  runId: `run-${test}`,
  suite: 'tests',
  suiteSha256: '',
  source: { kind: 'inline', theorems: theorems(test, count) },
  plan: plan(),
  limits: { lanes: 2, costUsd: null },
  guard: GUARD,
  ...more,
});
