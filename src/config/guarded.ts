import { ProofloopError } from '../model/index.ts';
import { isPostgres, shownPlace } from '../store/place.ts';
import type { LeanProfile } from './config.ts';
import type { Named } from './named.ts';
import { type Resolved, SETTINGS, type SettingPath } from './settings.ts';
import { type FileSource, lookUp } from './sources.ts';

/** The default of run.max_cost: what a project's file may lower and not raise. */
const ORDINARY_COST_USD = 1;

const always = (): boolean => true;

/**
 * What runs a program, chooses where work goes, or opens the machine to others. A project's own file, which may have come
 * with a cloned repository, sets it only when the user trusts it.
 */
const GUARDED: Partial<Record<SettingPath, (value: unknown) => boolean>> = {
  'temporal.address': always,
  'temporal.profile': always,
  'temporal.cli': always,
  // Programs are taken from there.
  'dirs.cache': always,
  // Whoever is named there is offered the user's own password.
  store: (value) => isPostgres(String(value)),
  'lean.command': always,
  'lean.allowUnsandboxed': (value) => value === true,
  'serve.host': always,
  'serve.allowedHosts': always,
  'serve.allowNoKey': (value) => value === true,
};

/** The same for what decides over money, where a model is asked at all. */
const GUARDED_WITH_MODEL: typeof GUARDED = {
  'run.maxCostUsd': (value) => typeof value !== 'number' || value > ORDINARY_COST_USD,
};

export const untrusted = (what: string, file: string): ProofloopError =>
  new ProofloopError('PROFILE_UNTRUSTED', `${what} in "${file}", and that file is not trusted`);

/** Refuses the first setting that holds and that a doubtful file may not make. Throws PROFILE_UNTRUSTED. */
export const refuseUntrusted = (
  s: Resolved,
  files: readonly FileSource[],
  doubtful: ReadonlySet<string>,
  asksModel: boolean,
): void => {
  const guarded = asksModel ? { ...GUARDED, ...GUARDED_WITH_MODEL } : GUARDED;
  for (const { path, key } of SETTINGS) {
    const { value, from } = s[path];
    if (doubtful.has(from) && guarded[path]?.(value) === true)
      throw untrusted(`"${key}" is set${path === 'store' ? ` to ${shownPlace(String(value))}` : ''}`, from);
  }
  if (!asksModel) return;
  for (const { file, table } of files)
    if (doubtful.has(file) && lookUp(table, 'prices') !== undefined)
      throw untrusted('[[prices]] say what a model costs', file);
};

/** Lean profiles without the programs of doubtful files; those apart, by name, with their file. */
export const trustedLeans = (
  all: Named<LeanProfile>,
  doubtful: ReadonlySet<string>,
): { readonly leans: Named<LeanProfile>; readonly set: ReadonlyMap<string, string> } => {
  const isSafe = (profile: LeanProfile, from: string) => profile.kind === 'embedded' || !doubtful.has(from);
  const entries = Object.entries(all);
  return {
    leans: Object.fromEntries(entries.filter(([, { value, from }]) => isSafe(value, from))),
    set: new Map(
      entries.flatMap(([name, { value, from }]) => (isSafe(value, from) ? [] : [[name, from] as const])),
    ),
  };
};
