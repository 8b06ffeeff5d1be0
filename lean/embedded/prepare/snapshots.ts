import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { ProofloopError } from '../../../src/model/errors.ts';
import type { HostCode } from '../host/code.ts';
import { NODE_FLAGS } from '../host/flags.ts';
import { SNAPSHOTS } from './snapshot-names.ts';

const MEMORY_MIB = 2_048;
const READ_ONLY = 0o444;

/** Adds the snapshots to a folder that has all else. Takes 3 to 5 s. Throws LEAN_START_FAILED. */
export async function makeSnapshots(folder: string, code: HostCode): Promise<void> {
  const args = [...NODE_FLAGS, code.maker, folder, String(MEMORY_MIB)];
  const made = await execa(process.execPath, args, {
    reject: false,
    extendEnv: false,
    env: {},
    stdin: 'ignore',
  });
  if (made.failed) {
    const why = made.stderr.slice(-2_000) || made.shortMessage;
    throw new ProofloopError('LEAN_START_FAILED', `Lean's start could not be prepared in ${folder}: ${why}`);
  }
  for (const { file } of SNAPSHOTS) await chmod(join(folder, file), READ_ONLY);
}
