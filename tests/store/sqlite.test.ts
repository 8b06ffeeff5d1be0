import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { openStore } from '../../src/store/index.ts';
import { storeContract } from './contract/contract.ts';
import { processTests } from './contract/processes.ts';

const COLUMNS = {
  verdict: 'verdicts SET record',
  proof: 'proofs SET record',
  run: 'runs SET record',
  result: 'results SET record',
  attempt: 'attempts SET record',
  text: 'texts SET text',
} as const;

storeContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proofloop-store-'));
  const path = join(folder, 'data', 'store.db');
  return {
    open: (options) => openStore(path, options),
    damage: async (what, text) => {
      const db = new DatabaseSync(path);
      db.prepare(`UPDATE ${COLUMNS[what]} = ?`).run(text);
      db.close();
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});

processTests('SQLite', async (folder) => join(folder, 'store.db'));

test('a cleared SQLite store gives its space on the disk back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proofloop-store-'));
  const store = await openStore(join(folder, 'store.db'));
  for (let i = 0; i < 300; i++) await store.putResponse(`k${i}`, 'ann', 'x'.repeat(10_000));
  const before = (await store.stats()).bytes;
  expect(before).toBeGreaterThan(3_000_000);
  await store.clear();
  expect((await store.stats()).bytes).toBeLessThan(before / 5);
  await store.close();
  await rm(folder, { recursive: true });
});
