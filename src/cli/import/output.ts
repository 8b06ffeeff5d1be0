import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ProofloopError } from '../../model/errors.ts';
import type { Outcome } from '../../suite/import/import.ts';
import { inOrder, suiteLine } from '../../suite/import/record.ts';

/** The files of an import. */
export type Outputs = {
  /** As it is told. */
  readonly suite: string;
  readonly rejected: string;
  readonly paths: { readonly suite: string; readonly rejected: string };
};

/** `suite.jsonl` -> `suite.rejected.jsonl`; a mapped suite has `-core` in its name. */
export function outputsOf(output: string, mapCore: boolean, cwd: string): Outputs {
  const [, stem, extension] = /^(.*?)(\.jsonl|\.ndjson|\.json)?$/su.exec(output) as unknown as [
    string,
    string,
    string?,
  ];
  const name = mapCore && !stem.endsWith('-core') ? `${stem}-core` : stem;
  const suite = `${name}${extension ?? ''}`;
  const rejected = `${name}.rejected.jsonl`;
  return { suite, rejected, paths: { suite: resolve(cwd, suite), rejected: resolve(cwd, rejected) } };
}

/** Before any Lean is asked. Throws USAGE where a source would be overwritten, FILE_NOT_WRITTEN. */
export async function mayBeWritten(
  { suite, paths }: Outputs,
  sources: readonly string[],
  cwd: string,
): Promise<void> {
  const files = sources.map((name) => resolve(cwd, name));
  for (const path of Object.values(paths))
    if (files.includes(path))
      throw new ProofloopError('USAGE', `${suite} is a source, and would be overwritten`, {
        fix: 'Name another file with -o.',
      });
  try {
    await mkdir(dirname(paths.suite), { recursive: true });
    if ((await stat(paths.suite)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT')
      throw new ProofloopError('FILE_NOT_WRITTEN', `${suite} cannot be written (${code})`, { cause });
  }
}

/** The suite: what is imported or unchecked, in the order of the sources. */
export const suiteText = (outcomes: readonly Outcome[]): string =>
  outcomes
    .map((o) => (o.status === 'imported' || o.status === 'unchecked' ? suiteLine(o.theorem) : ''))
    .join('');

/** What is not in the suite: where it was read, why, and the record where there is one. */
const rejectedText = (outcomes: readonly Outcome[]): string =>
  outcomes
    .flatMap((o): string[] => {
      const { status, place, id } = o;
      if (status === 'imported' || status === 'unchecked') return [];
      const { file, line } = place;
      const code = status === 'bad' ? 'bad' : o.code;
      const record = status === 'bad' || o.theorem === null ? null : inOrder(o.theorem);
      return [`${JSON.stringify({ file, line, id, status, code, reason: o.reason, record })}\n`];
    })
    .join('');

/**
 * Each is replaced in one step. The list of what is not in the suite is written where there is something, or was before.
 * Throws FILE_NOT_WRITTEN.
 */
export async function writeImport({ paths }: Outputs, outcomes: readonly Outcome[]): Promise<void> {
  const [suite, rejected] = [suiteText(outcomes), rejectedText(outcomes)];
  try {
    if (suite !== '') await writeFileAtomic(paths.suite, suite);
    const before = await stat(paths.rejected).catch(() => null);
    if (rejected !== '' || before !== null) await writeFileAtomic(paths.rejected, rejected);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ProofloopError('FILE_NOT_WRITTEN', `${paths.suite} cannot be written (${code})`, { cause });
  }
}
