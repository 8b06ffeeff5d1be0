import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse, stringify, type TomlTable } from 'smol-toml';
import writeFileAtomic from 'write-file-atomic';
import type { Look } from './steps.ts';

/** A profile as the configuration file has it. */
export type ProfileTable = {
  readonly kind: 'command';
  readonly command: readonly string[];
  readonly cwd: string;
};

/** Puts a named Lean profile behind what the file says already; what is there is never changed. */
export async function lookForProfile(file: string, name: string, profile: ProfileTable): Promise<Look> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const table = stringify({ lean: { profiles: { [name]: profile } } }).trim();
  const there = existing(text, name);
  if (isDeepStrictEqual(there, { ...profile }))
    return { state: 'ok', detail: `[lean.profiles.${name}] in ${file}` };
  if (there !== undefined) {
    return { state: 'blocked', detail: `${file} has another profile ${name}; make it\n${table}` };
  }
  const whole = `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${text === '' ? '' : '\n'}${table}\n`;
  if (!isDeepStrictEqual(existing(whole, name), { ...profile })) {
    return { state: 'blocked', detail: `${file} has a form that takes no table at its end; add\n${table}` };
  }
  return {
    state: 'missing',
    detail: `${file} has no profile ${name}`,
    remedy: {
      kind: 'own',
      shown: `add to ${file}:\n${table}`,
      run: async () => {
        await mkdir(dirname(file), { recursive: true });
        await writeFileAtomic(file, whole);
      },
    },
  };
}

/** The profile as plain data; undefined where there is none, null where the file is no TOML. */
function existing(text: string, name: string): unknown {
  try {
    const lean = parse(text).lean as TomlTable | undefined;
    const profiles = lean?.profiles as TomlTable | undefined;
    const table = profiles?.[name];
    return table === undefined ? undefined : JSON.parse(JSON.stringify(table));
  } catch {
    return null;
  }
}
