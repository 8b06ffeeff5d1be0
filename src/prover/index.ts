import { z } from 'zod';
import type { Config } from '../config/config.ts';
import { ProofloopError, type ProverBudget } from '../model/index.ts';
import { command } from './command/index.ts';
import { gemini } from './gemini/index.ts';
import type { ProverKind } from './kind.ts';
import { local } from './local/index.ts';
import { SEARCH_LIMITS } from './local/limits.ts';
import { createLocalProver } from './local/prover.ts';
import { openai } from './openai/index.ts';
import type { LocalProver, ModelProver } from './prover.ts';
import { replay } from './replay/index.ts';

export { localProver } from './local/prover.ts';

/** One line for each kind of prover. */
const KINDS = [local, gemini, openai, replay, command] as const;

type ProfileOf<K> = K extends ProverKind<infer P> ? P : never;
export type ProverProfile = ProfileOf<(typeof KINDS)[number]>;
type AnyKind = ProverKind<ProverProfile>;

const kindOf = (profile: ProverProfile): AnyKind =>
  // A kind only ever sees profiles of its own.
  KINDS.find(({ kind }) => kind === profile.kind) as unknown as AnyKind;

/** Profiles that are there without a table in any file. */
export const READY_PROVERS: Readonly<Record<string, ProverProfile>> = Object.assign(
  {},
  ...KINDS.map(({ ready }) => ready),
);

/** A table `[provers.NAME]`; `base` is the folder of its file. */
export const proverProfile = (base: string): z.ZodType<ProverProfile> => {
  const [first, ...rest] = KINDS.map(({ table }) => table(base) as unknown as Form);
  return z.discriminatedUnion('kind', [first!, ...rest], {
    error: `expected kind = ${KINDS.map(({ kind }) => `"${kind}"`).join(' or ')}`,
  }) as unknown as z.ZodType<ProverProfile>;
};
type Form = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

type Source = Pick<Config, 'provers' | 'prices'>;

/**
 * The model provers by name. A name is a profile's (`gemini`) or `PROFILE:REST` (`gemini:gemini-3.8-flash`):
 * that profile with another model, so `get` answers more names than are listed.
 * Nothing is asked of a model until somebody calls `ask` on a prover that the user named.
 */
class Provers extends Map<string, ModelProver> {
  readonly #source: Source;

  constructor(source: Source) {
    super();
    this.#source = source;
    for (const name of Object.keys(source.provers.profiles)) this.get(name);
  }

  override get(name: string): ModelProver | undefined {
    const known = super.get(name);
    if (known !== undefined) return known;
    const made = this.#make(name);
    if (made !== undefined) super.set(name, made);
    return made;
  }

  override has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  #make(name: string): ModelProver | undefined {
    const profile = profileOf(this.#source, name);
    if (profile === undefined) return undefined;
    const { make } = kindOf(profile);
    const context = { prices: this.#source.prices, find: (other: string) => this.get(other) };
    return make === null ? undefined : make(name, profile, context);
  }
}

export const createProvers = (source: Source): Map<string, ModelProver> => new Provers(source);

/** The profile that a name means: one of that name, or `PROFILE:REST`. */
export const profileOf = (source: Pick<Config, 'provers'>, name: string): ProverProfile | undefined => {
  const { profiles } = source.provers;
  if (Object.hasOwn(profiles, name)) return profiles[name];
  const colon = name.indexOf(':');
  const [head, rest] = [name.slice(0, Math.max(0, colon)), name.slice(colon + 1)];
  const profile = Object.hasOwn(profiles, head)
    ? profiles[head]
    : (KINDS as readonly unknown[] as readonly AnyKind[]).find(({ kind }) => kind === head)?.bare;
  if (profile === undefined || rest === '') return undefined;
  return kindOf(profile).with(profile, rest) ?? undefined;
};

/** The local prover with the limits of the profile `local`. */
export const localProverOf = ({ provers }: Pick<Config, 'provers'>): LocalProver => {
  const profile = provers.profiles.local;
  if (profile?.kind !== 'local') return createLocalProver();
  const { heartbeats = SEARCH_LIMITS.heartbeats, timeoutMs = SEARCH_LIMITS.wallMs, learn = true } = profile;
  return createLocalProver({ limits: { heartbeats, wallMs: timeoutMs }, learn });
};

/** True if Lean itself runs it and no model is asked. */
export const isLocal = (source: Pick<Config, 'provers'>, name: string): boolean => {
  const profile = profileOf(source, name);
  return name === 'local' || (profile !== undefined && kindOf(profile).make === null);
};

/** True if a model, or a program, is asked, which may cost money. */
export const asksModel = (source: Pick<Config, 'provers'>, name: string): boolean => {
  const profile = profileOf(source, name);
  return !isLocal(source, name) && (profile === undefined || kindOf(profile).storedOnly !== true);
};

/** Keys of its table that need the user's trust. */
export const guardedKeys = (profile: ProverProfile): readonly string[] => kindOf(profile).guarded;

/** What the plan of a run allows the prover of that name for itself. */
export const ownBudgetOf = (source: Pick<Config, 'provers'>, name: string): ProverBudget | undefined => {
  const profile = profileOf(source, name);
  return profile !== undefined && 'budget' in profile ? profile.budget : undefined;
};

/** Refuses names that are neither `local` nor resolved by `createProvers`: ProofloopError PROVER_UNKNOWN. */
export function checkProverNames(source: Source, names: readonly string[]): void {
  const provers = createProvers(source);
  for (const name of names) {
    if (isLocal(source, name) || provers.has(name)) continue;
    const known = [...new Set(['local', ...Object.keys(source.provers.profiles)])].join(', ');
    throw new ProofloopError('PROVER_UNKNOWN', `There is no prover "${name}".`, {
      fix: `Known provers: ${known}; a profile may be given a model, e.g. gemini:gemini-3.8-flash.`,
    });
  }
}
