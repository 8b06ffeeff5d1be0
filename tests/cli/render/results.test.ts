import { expect, test } from '@jest/globals';
import { plain } from '../../../src/cli/render/paint.ts';
import { resultsTable } from '../../../src/cli/render/results-table.ts';
import { unsolvedLines } from '../../../src/cli/render/run.ts';
import { summaryLines } from '../../../src/cli/render/summary.ts';
import { columns } from '../../../src/cli/render/width.ts';
import { whyNot } from '../../../src/words/why-not.ts';
import { ledger, result } from '../samples.ts';

test('the table has a row a theorem with outcome, attempts, both times and whether it was cached', () => {
  const lines = resultsTable(
    [result(), result({ theoremId: 'x', outcome: 'unsolved', attempts: 1200, cached: true })],
    100,
    plain,
  );
  expect(lines).toEqual([
    'theorem       outcome   attempts  ms in Lean  ms in all  cached',
    'add_comm      solved           3       1 234      1 500  no',
    'x             unsolved     1 200       1 234      1 500  yes',
  ]);
});

test('on a narrow terminal names are cut and numbers are not', () => {
  const lines = resultsTable([result({ theoremId: `α∀${'n'.repeat(100)}` })], 72, plain);
  for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(72);
  expect(lines[1]).toMatch(/^α∀n+…\s+solved\s+3\s+1 234\s+1 500\s+no$/);
});

test('the summary has five lines: outcome, attempts, time, model, cache', () => {
  const lines = summaryLines(
    {
      results: [
        result(),
        result({ outcome: 'error', prover: null, error: { code: 'MODEL_REFUSED', message: 'no' } }),
        result({ cached: true, ledger: { ...ledger, modelCalls: 1, costUsd: 0.25, inputTokens: 1000 } }),
        // The same verdict, but nobody was asked for the proof.
        result({ cached: true, prover: null }),
      ],
      total: 5,
      wallMs: 65_000,
    },
    plain,
  );
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe(
    'outcome   3 of 5 theorems solved · unsolved 0 · conditional 0 · refuted 0 · error 1 · not finished 1',
  );
  expect(lines[1]).toContain('made · solved by local 2');
  expect(lines[3]).toContain('1 call · 1 000 tokens in, 0 out · $0.25');
  expect(lines[4]).toContain('1 proof of 3 taken from the store');
});

test('one unknown price makes the sum unknown', () => {
  const unknown = result({ ledger: { ...ledger, costUsd: null } });
  const lines = summaryLines({ results: [result(), unknown], total: 2, wallMs: 1 }, plain);
  expect(lines[3]).toContain('unknown cost');
});

test('every outcome that is not solved has its reason', () => {
  expect(whyNot(result())).toBe('');
  expect(whyNot(result({ outcome: 'unsolved', stoppedBy: 'cost' }))).toBe('stopped by the money limit');
  expect(
    whyNot(
      result({
        outcome: 'unsolved',
        stoppedBy: 'rounds',
        verdict: { status: 'timeout', limitMs: 20_000, ms: 20_001 },
      }),
    ),
  ).toBe('all attempts refused; last no answer within 20.0 s');
  expect(whyNot(result({ outcome: 'error', error: { code: 'X', message: 'a\n b' } }))).toBe('X: a b');
  expect(whyNot(result({ outcome: 'unsolved', stoppedBy: 'rounds', verdict: null, attempts: 2 }))).toBe(
    'no attempt held a proof to judge',
  );
});

test('what mends a fault is said below it, once for all theorems that have it', () => {
  const refused = { code: 'MODEL_CREDENTIALS', message: 'refused', fix: 'export GEMINI_API_KEY=…' };
  const failed = (theoremId: string, error: { code: string; message: string; fix?: string }) =>
    result({ theoremId, outcome: 'error', error });
  expect(
    unsolvedLines(
      [failed('a', refused), failed('b', refused), failed('c', { code: 'X', message: 'y' })],
      plain,
    ),
  ).toEqual([
    'error a: MODEL_CREDENTIALS: refused',
    '  export GEMINI_API_KEY=…',
    'error b: MODEL_CREDENTIALS: refused',
    'error c: X: y',
  ]);
  // Without words of its own, those of the catalogue.
  expect(unsolvedLines([failed('a', { code: 'WORKER_LOST', message: 'gone' })], plain)[1]).toContain(
    'proofloop retry RUN',
  );
});
