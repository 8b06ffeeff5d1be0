import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcess } from '../../src/temporal/process-identity.ts';
import { stopDevServer } from '../../src/temporal/server.ts';
import { readShared } from './shared.ts';

export default async function globalTeardown(): Promise<void> {
  const dir = process.env.PROOFLOOP_TEST_DIR;
  if (dir === undefined) return;
  const shared = await readShared(dir);
  if (shared !== null) await stopDevServer(shared.server);
  for (const name of await readdir(dir))
    if (name.startsWith('postgres-'))
      await endProcess(JSON.parse(await readFile(join(dir, name), 'utf8')), 5_000);
  await rm(dir, { recursive: true, force: true });
}
