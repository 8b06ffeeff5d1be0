import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { writeSuite } from '../e2e/support.ts';
import { numbers, putFinished, resultOf } from '../predictor/support.ts';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';

let home: Home;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(() => home.remove());

const withStore = async <T>(act: (store: Store) => Promise<T>): Promise<T> => {
  await mkdir(join(home.dir, 'data', 'proofloop'), { recursive: true });
  const store = await openStore(join(home.dir, 'data', 'proofloop', 'store.db'));
  try {
    return await act(store);
  } finally {
    await store.close();
  }
};
const fill = (count: number) =>
  withStore((store) =>
    putFinished(
      store,
      'filled',
      numbers(count).map((n) => resultOf(n)),
    ),
  );

test('says "no data" where there is none, for people and as a record', async () => {
  const people = await startCli(home, ['predictor', 'eval']);
  expect([people.exitCode, people.stdout]).toEqual([0, '']);
  expect(people.stderr).toContain('No data: no run has come to its end yet.');
  await fill(10);
  for (const what of ['eval', 'show', 'train']) {
    const few = await startCli(home, ['predictor', what]);
    expect([few.exitCode, few.stdout]).toEqual([0, '']);
    expect(few.stderr).toContain('local: no data. 10 usable records; it takes 30 of 20 theorems to train.');
    const record = jsonLines((await startCli(home, ['predictor', what, '--json'])).stdout);
    expect(record).toMatchObject([{ type: 'noData', prover: 'local', records: 10 }]);
  }
  const other = await startCli(home, ['predictor', 'eval', '--prover', 'gemini']);
  expect(other.stderr).toContain('none of gemini; runs are there of local');
}, 120_000);

test('evaluates, trains and shows', async () => {
  await fill(90);
  const evaluated = await startCli(home, ['predictor', 'eval']);
  expect(evaluated.exitCode).toBe(0);
  expect(evaluated.stdout).toMatch(/^local: trained on 62 records before .*, tested on 28 from then on\n/);
  expect(evaluated.stdout).toMatch(/error of time, all +28 /);
  expect(evaluated.stdout).toMatch(/Brier score of success, new +28 /);
  const [half] = jsonLines((await startCli(home, ['predictor', 'eval', '--split', '0.5', '--json'])).stdout);
  expect(half).toMatchObject({ type: 'evaluation', prover: 'local', trainedOn: 45, testedOn: 45 });
  expect((await startCli(home, ['predictor', 'show'])).stderr).toContain('nothing is trained yet');
  expect((await startCli(home, ['predictor', 'train'])).stdout).toMatch(
    /trained on 90 records of 90 theorems/,
  );
  const shown = await startCli(home, ['predictor', 'show']);
  expect(shown.stdout).toMatch(/^local {2}version 1, trained /);
  expect(shown.stdout).toMatch(/time +size \+\d+ %/);
  const wrong = await startCli(home, ['predictor', 'eval', '--split', '2']);
  expect([wrong.exitCode, wrong.stderr.includes('between 0 and 1')]).toEqual([1, true]);
}, 120_000);

test('a run of real Lean refreshes it', async () => {
  await fill(60);
  await startCli(home, ['predictor', 'train']);
  const suite = await writeSuite(home, 'three', 3);
  expect((await startCli(home, ['bench', suite, '--no-cache'])).exitCode).toBe(0);
  const model = await withStore(async (store) => store.latestPredictor('local'));
  expect(model?.version).toBe(2);
  expect(JSON.parse(model?.json ?? '{}')).toMatchObject({ rows: 63, theorems: 63, runs: 2 });
}, 240_000);
