import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One folder for what test files share; the Temporal server in it is started by the first that needs it. */
export default async function globalSetup(): Promise<void> {
  process.env.PROOFLOOP_TEST_DIR = await mkdtemp(join(tmpdir(), 'proofloop-tests-'));
}
