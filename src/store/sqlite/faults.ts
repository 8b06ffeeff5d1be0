import { ProofloopError } from '../../model/index.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html) that a user can do something about. */
const CAUSES: ReadonlyMap<number, readonly [what: string, fix: string]> = new Map([
  [5, ['another process kept it locked for too long', 'End the process that holds it, or try again.']],
  [6, ['another process kept it locked for too long', 'End the process that holds it, or try again.']],
  [
    8,
    [
      'it is read-only',
      'Give yourself write rights to the file and its folder, or name another with --store.',
    ],
  ],
  [10, ['reading or writing it failed', 'Check the disk and the free space on it.']],
  [11, ['the file is damaged', 'Move it away (a new one is made), or restore a copy.']],
  [
    13,
    ['the disk is full', 'Free some space (`proofloop cache prune` needs a little itself), then try again.'],
  ],
  [
    14,
    ['it cannot be opened', 'Check that the folder exists, is yours, and that the path is no folder itself.'],
  ],
  [26, ['the file is no SQLite database', 'Name another file with --store, or move this one away.']],
]);

/** `ERR_SQLITE_ERROR` of node:sqlite, with SQLite's extended result code. */
type SqliteError = Error & { readonly errcode: number; readonly errstr?: string };
const isSqliteError = (e: unknown): e is SqliteError =>
  typeof e === 'object' && e !== null && 'errcode' in e && typeof e.errcode === 'number';

export const isBusy = (e: unknown): boolean =>
  isSqliteError(e) && ((e.errcode & 0xff) === 5 || (e.errcode & 0xff) === 6);

/** The one translator of SQLite's and the file system's errors into STORE_UNUSABLE. */
export const storeFault = (location: string, e: unknown): unknown => {
  if (e instanceof ProofloopError) return e;
  if (isSqliteError(e)) {
    const [what, fix] = CAUSES.get(e.errcode & 0xff) ?? [e.message, undefined];
    const detail = `The store "${location}" is unusable: ${what} (SQLite ${e.errcode}: ${e.errstr ?? e.message})`;
    return new ProofloopError('STORE_UNUSABLE', detail, fix === undefined ? { cause: e } : { fix, cause: e });
  }
  const message = String((e as Error | null)?.message ?? e);
  return new ProofloopError('STORE_UNUSABLE', `The store "${location}" is unusable: ${message}`, {
    cause: e,
  });
};
