import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { learnFrom } from '../../src/cli/run/learn.ts';
import { openStore } from '../../src/store/index.ts';
import { numbers, putFinished, resultOf } from '../predictor/support.ts';

test('what fails in training is told, and no more', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proofloop-learn-'));
  const store = await openStore(join(folder, 'store.db'));
  await putFinished(
    store,
    'one',
    numbers(40).map((n) => resultOf(n)),
  );
  const run = (await store.getRunHead('one'))!;
  const said: string[] = [];
  await learnFrom(store, run, (line) => said.push(line));
  expect(said).toEqual([]);
  expect(await store.listPredictors()).toMatchObject([{ name: 'local', version: 1 }]);
  await store.close();
  await learnFrom(store, run, (line) => said.push(line));
  expect(said).toEqual([expect.stringMatching(/^The predictor is as it was: /)]);
  await rm(folder, { recursive: true });
});
