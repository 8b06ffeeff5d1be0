import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One folder for what test files share; the Temporal server in it is started by the first that needs it. */
export default async function globalSetup(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'proofloop-tests-'));
  process.env.PROOFLOOP_TEST_DIR = dir;
  // Tests start hundreds of commands; without it each strips and compiles the same files anew.
  process.env.NODE_COMPILE_CACHE ??= join(dir, 'compiled');
}
