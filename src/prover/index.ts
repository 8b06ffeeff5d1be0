import type { Config, GeminiProfile } from '../config/config.ts';
import { ProofloopError } from '../model/index.ts';
import { GeminiProver } from './gemini/prover.ts';
import type { ModelProver } from './prover.ts';

export { localProver } from './local/prover.ts';

type Source = Pick<Config, 'provers' | 'prices'>;

/** Makes a ModelProver of a profile; one entry for each kind of profile that asks a model. */
const MAKERS = {
  gemini: (name: string, profile: GeminiProfile, prices: Config['prices']): ModelProver =>
    new GeminiProver({ name, profile, prices }),
} as const;

/**
 * The model provers by name. A name is a profile's (`gemini`) or `PROFILE:MODEL`
 * (`gemini:gemini-3.8-flash`): that profile with another model; so `get` answers more names than are listed.
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
    const colon = name.indexOf(':');
    const profileName = colon < 0 ? name : name.slice(0, colon);
    const profiles = this.#source.provers.profiles;
    const profile = Object.hasOwn(profiles, profileName) ? profiles[profileName] : undefined;
    if (profile === undefined || profile.kind === 'local') return undefined;
    const model = colon < 0 ? profile.model : name.slice(colon + 1);
    // Model ids are a path segment of the request: nothing else may be smuggled in by a name.
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(model)) return undefined;
    return MAKERS[profile.kind](name, { ...profile, model }, this.#source.prices);
  }
}

export const createProvers = (source: Source): Map<string, ModelProver> => new Provers(source);

const isLocal = (source: Source, name: string): boolean =>
  name === 'local' || source.provers.profiles[name]?.kind === 'local';

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
