import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../src/store/index.ts';
import { storeContract } from './contract/contract.ts';

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
