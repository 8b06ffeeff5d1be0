import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files below a path; null if there is nothing. Links are not followed. */
export const sizeOf = async (path: string): Promise<number | null> => {
  const info = await lstat(path).catch(() => null);
  if (info === null) return null;
  if (!info.isDirectory()) return info.size;
  const names = await readdir(path).catch(() => []);
  const sizes = await Promise.all(names.map((name) => sizeOf(join(path, name))));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
};
