import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { ProofloopError } from '../../model/errors.ts';
import { fileFault, type SourceText, sha256 } from './read.ts';

/** Throws FILE_CHANGED if the file is not, byte for byte, what was read. */
export const mustBeUnchanged = async (source: SourceText): Promise<void> => {
  const now = await readFile(source.path!).catch((error: unknown) => {
    throw fileFault(source.name, error);
  });
  if (sha256(now) !== source.sha256)
    throw new ProofloopError(
      'FILE_CHANGED',
      `${source.name} was edited while its theorems were being proved`,
    );
};

/**
 * Replaces the file by `text` in one step, keeping mode and owner; a symbolic link stays one.
 * The file is compared once more right before. Throws FILE_CHANGED, FILE_NOT_WRITTEN.
 */
export const replaceSource = async (source: SourceText, text: string): Promise<void> => {
  await mustBeUnchanged(source);
  try {
    await writeFileAtomic(source.path!, Buffer.from(text, 'utf8'));
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new ProofloopError('FILE_NOT_WRITTEN', `${source.name} could not be replaced (${why})`, { cause });
  }
};
