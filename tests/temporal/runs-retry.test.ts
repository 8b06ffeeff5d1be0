import { expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { retryRun, startFileRun, startSuiteRun, waitForRun } from '../../src/temporal/runs.ts';
import { runWorld, suiteRun } from '../support/run-context.ts';
import { fileOf, theorems } from '../support/runs.ts';
import { accepted, answer, plan, proof } from '../support/theorems.ts';

const { ctx, pages, recorded } = runWorld();

test('retry repeats errors only, in a new run', async () => {
  let down = true;
  const noted = recorded('again', {
    generate: async ({ theorem }) => {
      if (theorem.id === 'again.2' && down) throw ApplicationFailure.nonRetryable('no', 'MODEL_REFUSED');
      return answer(proof(theorem.id === 'again.3' ? 'wrong' : 'good'));
    },
  });
  await startSuiteRun(ctx(), suiteRun('again', 3, { plan: plan({ rounds: 1 }) }));
  expect((await waitForRun(ctx(), 'run-again')).results.map((r) => r.outcome)).toEqual([
    'solved',
    'error',
    'unsolved',
  ]);
  down = false;
  const before = noted.generated.length;
  const started = await retryRun(ctx(), 'run-again', { provenance: { machine: 'another' } });
  const record = await waitForRun(ctx(), started.runId);
  expect(record.results.map((r) => [r.theoremId, r.outcome])).toEqual([['again.2', 'solved']]);
  expect(record.provenance).toMatchObject({ product: 'test', machine: 'another', retryOf: 'run-again' });
  expect(noted.generated.slice(before).map((g) => g.theorem.id)).toEqual(['again.2']);
  await expect(retryRun(ctx(), started.runId)).rejects.toMatchObject({ code: 'USAGE' });
  await expect(retryRun(ctx(), 'no-such-run')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
});

test('a file is proved as a run, and retry keeps the proofs that it has in place', async () => {
  let down = true;
  const contexts: string[] = [];
  recorded('file', {
    lookupProof: async ({ theorem }) => {
      contexts.push(theorem.context);
      return null;
    },
    generate: async ({ theorem }) => {
      if (theorem.name === 'b' && down) throw ApplicationFailure.nonRetryable('no', 'MODEL_REFUSED');
      return answer(proof('good'));
    },
  });
  const run = {
    runId: 'run-file',
    path: 'x.lean',
    file: fileOf('file', ['a', 'b', 'c']),
    plan: plan(),
    limits: { lanes: 1, costUsd: null },
    provenance: {},
  };
  await startFileRun(ctx(), run);
  expect((await waitForRun(ctx(), 'run-file')).results.map((r) => r.outcome)).toEqual([
    'solved',
    'error',
    'solved',
  ]);
  down = false;
  contexts.length = 0;
  const started = await retryRun(ctx(), 'run-file');
  expect((await waitForRun(ctx(), started.runId)).results.map((r) => [r.name, r.outcome])).toEqual([
    ['b', 'solved'],
  ]);
  expect(contexts).toEqual(['theorem a : True := good\n']);
});

test('theorems that are too many for an input are paged from the store', async () => {
  const informal = 'x'.repeat(10_000);
  const many = theorems('paged', 30).map((t) => ({ ...t, informal }));
  recorded('paged', {
    lookupProof: async () => ({
      submission: proof('known'),
      verdict: accepted,
      cached: true,
      leanMs: 0,
      cacheMs: 0,
    }),
  });
  await startSuiteRun(ctx(), suiteRun('paged', 0, { theorems: many, limits: { lanes: 8, costUsd: null } }));
  const record = await waitForRun(ctx(), 'run-paged');
  expect(record.results).toHaveLength(30);
  expect(pages.map((p) => [p.source.kind, p.offset])).toEqual([
    ['stored', 0],
    ['stored', 25],
  ]);
});
