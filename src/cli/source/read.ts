import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ProofloopError } from '../../model/errors.ts';

export const STANDARD_INPUT = '-';

/** A Lean text as it was when it was read. `text` decodes `bytes` without loss: a BOM and CRLF are still in it. */
export type SourceText = {
  /** As the user named it; '-' for standard input. */
  readonly name: string;
  /** Absolute, or null for standard input. */
  readonly path: string | null;
  readonly bytes: Buffer;
  readonly text: string;
  /** sha256 of `bytes`, in hex. */
  readonly sha256: string;
};

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const decode = (name: string, bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ProofloopError('FILE_UNREADABLE', `${name} is not UTF-8 text`, { cause });
  }
};

/** What a file-system error means to the user. */
export const fileFault = (name: string, error: unknown): ProofloopError => {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new ProofloopError('FILE_NOT_FOUND', `there is no file ${name}`, { cause: error });
  const why = code === 'EISDIR' ? 'is a folder' : `cannot be read (${code ?? String(error)})`;
  return new ProofloopError('FILE_UNREADABLE', `${name} ${why}`, { cause: error });
};

/** Reads a file, or standard input for '-'. Throws FILE_NOT_FOUND, FILE_UNREADABLE. */
export const readSource = async (
  name: string,
  stdin: NodeJS.ReadStream,
  cwd: string,
): Promise<SourceText> => {
  const path = name === STANDARD_INPUT ? null : resolve(cwd, name);
  let bytes: Buffer;
  try {
    bytes = path === null ? await buffer(stdin) : await readFile(path);
  } catch (error) {
    throw fileFault(name, error);
  }
  return { name, path, bytes, text: decode(name, bytes), sha256: sha256(bytes) };
};

/** Before anything is spent: may the file be replaced in the end? Throws FILE_NOT_WRITTEN. */
export const mustBeWritable = async (source: SourceText): Promise<void> => {
  if (source.path === null)
    throw new ProofloopError('USAGE', '--write needs a file, and standard input is none', {
      fix: 'Leave --write out: the text with its proofs goes to standard output.',
    });
  try {
    await access(source.path, constants.W_OK);
  } catch (cause) {
    throw new ProofloopError('FILE_NOT_WRITTEN', `${source.name} may not be written`, { cause });
  }
};
