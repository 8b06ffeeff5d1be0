import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** sha256 in hexadecimal digits, by path below a folder. */
export type Hashes = Readonly<Record<string, string>>;

/** Throws an error that names the hash when it is not the expected one. */
export function checkHash(bytes: Uint8Array, path: string, expected: Hashes): void {
  const found = hash('sha256', bytes);
  if (found !== expected[path]) throw new Error(`${path} has sha256 ${found}`);
}

export const checkFile = (folder: string, path: string, expected: Hashes): void =>
  checkHash(readFileSync(join(folder, path)), path, expected);
