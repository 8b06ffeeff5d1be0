import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { isProofloopError, ProofloopError } from '../model/index.ts';
import type { Dirs } from './dirs.ts';
import { sha256 } from './trust.ts';

export type Table = Readonly<Record<string, unknown>>;

/** A configuration file: `file` absolute; relative paths in it are meant from `base`. */
export type FileSource = {
  readonly file: string;
  readonly base: string;
  readonly table: Table;
  /** ./proofloop.toml, found and not named: it may have come with a cloned repository. */
  readonly project: boolean;
  /** Of its bytes. */
  readonly sha256: string;
};

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** What lies under a dotted key, or undefined. */
export const lookUp = (table: Table, key: string): unknown => {
  let value: unknown = table;
  for (const name of key.split('.')) value = isTable(value) ? value[name] : undefined;
  return value;
};

const readToml = async (
  file: string,
  { required, project }: { readonly required: boolean; readonly project: boolean },
): Promise<FileSource | null> => {
  try {
    const bytes = await readFile(file);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { file, base: dirname(file), table: parse(text), project, sha256: sha256(bytes) };
  } catch (e) {
    if (isProofloopError(e)) throw e;
    if (e instanceof TomlError)
      throw new ProofloopError(
        'CONFIG_INVALID',
        `"${file}" is not TOML: line ${e.line}, column ${e.column}: ${e.message.split('\n')[0]}`,
        { cause: e },
      );
    const code = (e as NodeJS.ErrnoException).code;
    if ((code === 'ENOENT' || code === 'ENOTDIR') && !required) return null;
    if (code === 'ENOENT')
      throw new ProofloopError('FILE_NOT_FOUND', `There is no configuration file "${file}"`, { cause: e });
    throw new ProofloopError('FILE_UNREADABLE', `The configuration file "${file}": ${(e as Error).message}`, {
      cause: e,
    });
  }
};

/** The files that there are, the strongest first: the named one or ./proofloop.toml, then the user's own. */
export const readSources = async (
  cwd: string,
  dirs: Dirs,
  named: string | undefined,
): Promise<readonly FileSource[]> => {
  const project = named === undefined ? join(cwd, 'proofloop.toml') : resolve(cwd, named);
  const own = join(dirs.config, 'config.toml');
  const read = [
    await readToml(project, {
      required: named !== undefined,
      project: named === undefined && project !== own,
    }),
    project === own ? null : await readToml(own, { required: false, project: false }),
  ];
  return read.filter((source) => source !== null);
};
