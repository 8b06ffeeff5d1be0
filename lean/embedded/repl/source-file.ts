import { readFile, stat } from 'node:fs/promises';
import { systemErrorText } from './system-errors.ts';

/** Bytes; Lean takes no file of this size in a useful time. */
const MAX_BYTES = 64 << 20;

/** The text of a file that a request names, or what to answer instead. */
export async function readSource(path: string): Promise<{ text: string } | { message: string }> {
  try {
    const info = await stat(path);
    // A device or a pipe may never end.
    if (!info.isFile()) return { message: `${path} is no file` };
    if (info.size > MAX_BYTES) return { message: `${path} is larger than ${MAX_BYTES >> 20} MiB` };
    const bytes = await readFile(path);
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return { message: `Tried to read file '${path}' containing non UTF-8 data.` };
    return { message: systemErrorText(error, path) };
  }
}
