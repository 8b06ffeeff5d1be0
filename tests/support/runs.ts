import type { FilePiece, LeanFile, ProveFileInput, RunSuiteInput, Theorem } from '../../src/model/index.ts';
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

/** A file whose targets are `theorem NAME : True`, each on a line of its own. */
export const fileOf = (test: string, names: readonly string[]): LeanFile => ({
  pieces: [
    { kind: 'header', text: 'import Init\n' },
    ...names.flatMap((name, i): FilePiece[] => [
      {
        kind: 'target',
        id: `${test}.${name}`,
        name,
        statement: `theorem ${name} : True `,
        placeholder: ':= by sorry',
        line: i + 2,
      },
      { kind: 'text', text: '\n' },
    ]),
  ],
  skipped: [],
  sha256: '',
});

export const fileInput = (test: string, names: readonly string[]): ProveFileInput => ({
  runId: `run-${test}`,
  path: `${test}.lean`,
  file: fileOf(test, names),
  plan: plan({ rounds: 1 }),
  limits: { lanes: 4, costUsd: null },
  guard: GUARD,
});
