import type { Dirs, Env } from './dirs.ts';
import { badValue, unknownKey } from './issues.ts';
import {
  type ConfigFlags,
  envName,
  type Found,
  flagName,
  type Resolved,
  SETTINGS,
  type Setting,
  type SettingPath,
} from './settings.ts';
import { type FileSource, isTable, lookUp, type Table } from './sources.ts';

export const RANK = { default: 0, file: 10, environment: 20, flag: 30 } as const;

type Candidate = {
  readonly raw: unknown;
  readonly base: string;
  readonly from: string;
  /** As a message names it. */
  readonly where: string;
  readonly rank: number;
};

const isSet = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

const candidates = function* (
  setting: Setting,
  inputs: { flags: ConfigFlags; env: Env; cwd: string; files: readonly FileSource[] },
): Generator<Candidate> {
  const { flags, env, cwd, files } = inputs;
  const flag = setting.flag === undefined ? undefined : (flags as Table)[setting.flag];
  if (setting.flag !== undefined && flag !== undefined) {
    const name = flagName(setting.flag);
    yield { raw: flag, base: cwd, from: name, where: name, rank: RANK.flag };
  }
  for (const name of [envName(setting.key), setting.temporalEnv])
    if (name !== undefined && isSet(env[name]))
      yield { raw: env[name], base: cwd, from: name, where: name, rank: RANK.environment };
  for (const [i, { file, base, table }] of files.entries()) {
    const raw = lookUp(table, setting.key);
    if (raw !== undefined)
      yield { raw, base, from: file, where: `"${setting.key}" in "${file}"`, rank: RANK.file - i };
  }
};

/** Takes the strongest value of each setting, and checks all the weaker ones too: a bad value is never silent. */
export const resolveSettings = (
  inputs: { flags: ConfigFlags; env: Env; cwd: string; files: readonly FileSource[] },
  dirs: Dirs,
): Resolved => {
  const found = {} as Record<SettingPath, Found>;
  const read = (setting: Setting & { readonly path: SettingPath }, defaults: Dirs): Found => {
    const values = [...candidates(setting, inputs)].map(({ raw, base, from, where, rank }): Found => {
      const parsed = setting.form(base).safeParse(raw);
      if (!parsed.success)
        throw badValue(where, setting.key, raw, parsed.error.issues[0]?.message ?? 'not valid');
      return { value: parsed.data, from, rank };
    });
    return values[0] ?? { value: setting.default(defaults), from: 'default', rank: RANK.default };
  };
  let known = dirs;
  for (const setting of SETTINGS) {
    found[setting.path] = read(setting, known);
    const [, dir] = /^dirs\.(\w+)$/.exec(setting.path) ?? [];
    if (dir !== undefined) known = { ...known, [dir]: found[setting.path].value };
  }
  return found as Resolved;
};

const KEYS = SETTINGS.map((s) => s.key);

/** Tables whose own entries are checked by the schemas of profiles and prices. */
const isProfileKey = (key: string, value: unknown): boolean =>
  key === 'prices' ||
  key === 'lean.profiles' ||
  (/^provers\.[^.]+$/.test(key) && key !== 'provers.use' && isTable(value));

/** Throws CONFIG_INVALID for the first key of a file, or variable of ours, that nothing reads. */
export const refuseUnknown = (files: readonly FileSource[], env: Env): void => {
  const check = (file: string, table: Table, prefix: string): void => {
    for (const [name, value] of Object.entries(table)) {
      const key = prefix === '' ? name : `${prefix}.${name}`;
      if (KEYS.some((k) => k === key) || isProfileKey(key, value)) continue;
      const isSection = key === 'provers' || KEYS.some((k) => k.startsWith(`${key}.`));
      if (!isSection || !isTable(value)) throw unknownKey(`"${file}"`, key, value, KEYS);
      check(file, value, key);
    }
  };
  for (const { file, table } of files) check(file, table, '');
  const variables = [...KEYS.map(envName), 'PROOFLOOP_CONFIG', 'PROOFLOOP_VERBOSE'];
  for (const [name, value] of Object.entries(env))
    if (/^PROOFLOOP_(?!TEST_)/.test(name) && isSet(value) && !variables.includes(name))
      throw unknownKey('The environment', name, value, variables);
};
