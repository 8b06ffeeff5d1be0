import { ProofloopError } from '../model/index.ts';
import {
  asksModel,
  guardedKeys,
  isLocal,
  type ProverProfile,
  profileOf,
  proverProfile,
  READY_PROVERS,
} from '../prover/index.ts';
import { untrusted } from './guarded.ts';
import { unknownName } from './issues.ts';
import { type Named, namedTables } from './named.ts';
import type { Found } from './settings.ts';
import { type FileSource, isTable, lookUp } from './sources.ts';
import { httpUrl } from './values.ts';

export type Untrusted = Readonly<Record<string, { readonly file: string; readonly profile: ProverProfile }>>;

export type ResolvedProvers = {
  readonly use: readonly string[];
  readonly profiles: Named<ProverProfile>;
  /** Of a project's file that nobody said to trust; they are shown, and no prover is made of them. */
  readonly untrusted: Untrusted;
  /** Made of a name with an address in it (`openai:goedel@http://…`): only this process knows them. */
  readonly inline: readonly string[];
};

/**
 * The prover profiles of all files, and those that `provers.use` makes by naming an address.
 * Throws CONFIG_INVALID, PROVER_UNKNOWN, PROFILE_UNTRUSTED.
 */
export const resolveProvers = (
  files: readonly FileSource[],
  use: Found<readonly string[]>,
  doubtful: ReadonlySet<string>,
): ResolvedProvers => {
  const all = namedTables(files, 'provers', proverProfile, READY_PROVERS, (name) => name === 'use');
  const apart: Record<string, { file: string; profile: ProverProfile }> = {};
  const profiles: Record<string, { value: ProverProfile; from: string }> = { ...all };
  for (const { file, table } of files.filter(({ file }) => doubtful.has(file))) {
    const tables = lookUp(table, 'provers');
    for (const [name, raw] of isTable(tables) ? Object.entries(tables) : []) {
      const profile = all[name];
      if (profile === undefined || profile.from !== file || !isTable(raw)) continue;
      if (!guardedKeys(profile.value).some((key) => Object.hasOwn(raw, key))) continue;
      apart[name] = { file, profile: profile.value };
      delete profiles[name];
    }
  }

  const inline: string[] = [];
  const names = use.value.map((name) => {
    if (Object.hasOwn(apart, head(name))) throw untrustedProfile(head(name), apart[head(name)]!.file);
    const made = atAddress(name, profiles, use.from);
    if (made === null) return name;
    if (doubtful.has(use.from)) throw untrustedProfile(name, use.from);
    profiles[made.profileName] = { value: made.profile, from: use.from };
    inline.push(made.profileName);
    return made.name;
  });
  const source = { provers: { use: names, profiles: valuesOf(profiles) } };
  for (const name of names) {
    if (!isLocal(source, name) && profileOf(source, name) === undefined)
      throw unknownName('prover', name, use.from, Object.keys(profiles));
    // A key in the environment spends money only because the user said so.
    if (doubtful.has(use.from) && asksModel(source, name))
      throw untrusted(`The prover "${name}", which may cost money, is named`, use.from);
  }
  return { use: names, profiles, untrusted: apart, inline };
};

/** `replay:` before a name says nothing of whose profile it is. */
const head = (name: string): string => name.replace(/^replay:/, '').split(':')[0] ?? name;

const untrustedProfile = (name: string, file: string): ProofloopError =>
  untrusted(`The prover "${name}" names an address, a key or a program`, file);

/** The profile that `PROFILE:MODEL@ADDRESS` means, with a name that holds no secret; null where there is no address. */
const atAddress = (
  written: string,
  profiles: Named<ProverProfile>,
  from: string,
): { readonly name: string; readonly profileName: string; readonly profile: ProverProfile } | null => {
  const match = /^(replay:)?(.+?)@(https?:\/\/.*)$/i.exec(written);
  if (match === null) return null;
  const [, replay = '', short = '', address = ''] = match;
  const base = profileOf({ provers: { use: [], profiles: valuesOf(profiles) } }, short);
  const bad = (why: string) =>
    new ProofloopError('CONFIG_INVALID', `${from} names the prover "${short}@…": ${why}`);
  if (base === undefined) throw unknownName('prover', short, from, Object.keys(profiles));
  if (base.kind !== 'openai' || base.model === null)
    throw bad(
      'only a profile of kind "openai" takes an address, as in openai:MODEL@http://127.0.0.1:8000/v1',
    );
  if (!httpUrl.safeParse(address).success) throw bad('expected an http or https address behind @');
  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || url.search !== '')
    throw bad('expected an address without user, password and parameters; a key is named by api_key_env');
  const place = `${url.host}${url.pathname.replace(/\/+$/, '')}`;
  const profileName = `${short}@${place}`;
  return {
    name: `${replay}${profileName}`,
    profileName,
    profile: { ...base, baseUrl: `${url.protocol}//${place}` },
  };
};

export const valuesOf = <T>(named: Named<T>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(named).map(([name, { value }]) => [name, value]));
