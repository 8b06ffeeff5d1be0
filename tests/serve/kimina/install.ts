import { hash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/proofloop-tests/', import.meta.url));

/** The folder with the client's Python packages (for PYTHONPATH), installed from PyPI once. */
export async function installClient(): Promise<string> {
  const folder = `${CACHE}kimina-${hash('sha256', readFileSync(REQUIREMENTS)).slice(0, 12)}`;
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${randomUUID()}`;
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
  await execa('python3', [...pip, '--target', fresh, '--requirement', REQUIREMENTS]);
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
  return folder;
}
