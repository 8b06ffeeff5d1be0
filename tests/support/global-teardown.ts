import { rm } from 'node:fs/promises';
import { stopDevServer } from '../../src/temporal/server.ts';
import { readShared } from './shared.ts';

export default async function globalTeardown(): Promise<void> {
  const dir = process.env.PROOFLOOP_TEST_DIR;
  if (dir === undefined) return;
  const shared = await readShared(dir);
  if (shared !== null) await stopDevServer(shared.server);
  await rm(dir, { recursive: true, force: true });
}
