import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { ProofloopError, type Suite, type Theorem } from '../model/index.ts';
import { suitesFolder } from './folder.ts';
import { parseSuite } from './parse.ts';

/** Shipped with the package, easiest first. */
export const BUILT_IN_SUITES = ['basic', 'medium', 'hard'] as const;

const isBuiltIn = (name: string): boolean => (BUILT_IN_SUITES as readonly string[]).includes(name);

/**
 * Loads a suite: the name of a built-in one, or the path of a JSON-lines file (`theoremSchema`, one a line).
 *
 * @throws ProofloopError SUITE_NOT_FOUND, FILE_UNREADABLE, or SUITE_INVALID with the line of the fault.
 */
export async function loadSuite(nameOrPath: string): Promise<Suite> {
  const path = isBuiltIn(nameOrPath) ? join(suitesFolder(), `${nameOrPath}.jsonl`) : nameOrPath;
  const bytes = await readBytes(path, nameOrPath);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ProofloopError('FILE_UNREADABLE', `\`${nameOrPath}\` is not UTF-8 text.`, { cause });
  }
  // Who wrote a file is not for the file to say.
  const from = isBuiltIn(nameOrPath) ? {} : ({ provenance: 'foreign' } as const);
  const theorems = parseSuite(text, nameOrPath).map(
    ({ provenance: _, ...theorem }): Theorem => ({ ...theorem, ...from }),
  );
  return {
    name: basename(path, extname(path)),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    theorems,
  };
}

async function readBytes(path: string, named: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw await notFound(named, cause);
    throw new ProofloopError('FILE_UNREADABLE', `\`${named}\` cannot be read: ${code}.`, { cause });
  }
}

/** Names the built-in suite that was perhaps meant, and the files of the folder that could be one. */
async function notFound(named: string, cause: unknown): Promise<ProofloopError> {
  const near = BUILT_IN_SUITES.find((name) => distance(name, named) <= 2);
  const here = (await readdir('.').catch(() => [])).filter((file) => file === `${named}.jsonl`);
  const meant = [...(near === undefined ? [] : [near]), ...here].map((name) => `\`${name}\``).join(' or ');
  const hint = meant === '' ? '' : ` Did you mean ${meant}?`;
  return new ProofloopError('SUITE_NOT_FOUND', `There is no suite or file \`${named}\`.${hint}`, { cause });
}
