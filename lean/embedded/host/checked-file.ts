import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** sha256 in hexadecimal digits, by path below a folder. */
export type Hashes = Readonly<Record<string, string>>;

/** Content of a file, hashed in a thread of its own; rejects with an error that names the hash when it is another. */
export async function checkedFile(folder: string, path: string, expected: Hashes): Promise<Buffer> {
  const bytes = await readFile(join(folder, path));
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  const found = Buffer.from(digest).toString('hex');
  if (found !== expected[path]) throw new Error(`${path} has sha256 ${found}`);
  return bytes;
}
