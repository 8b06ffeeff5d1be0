import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ProofloopError } from '../../model/errors.ts';

/** Makes the folder of `-o` before anything is spent. Throws FILE_NOT_WRITTEN. */
export const outputFolder = async (name: string, cwd: string): Promise<string> => {
  const folder = resolve(cwd, name);
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new ProofloopError('FILE_NOT_WRITTEN', `the folder '${name}' cannot be made (${why})`, {
      cause,
      fix: 'Name a folder with -o that you may write.',
    });
  }
  return folder;
};

/** Each file is replaced in one step, so that a reader never sees half of one. */
export const writeOutputs = async (
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> => {
  for (const file of files) await writeFileAtomic(join(folder, file.name), file.text);
};

/** Writes one file in one step. Throws FILE_NOT_WRITTEN. */
export const writeDocument = async (name: string, text: string, cwd: string): Promise<void> => {
  try {
    await writeFileAtomic(resolve(cwd, name), text);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new ProofloopError('FILE_NOT_WRITTEN', `'${name}' cannot be written (${why})`, {
      cause,
      fix: 'Name a file in a folder that is there and that you may write to.',
    });
  }
};
