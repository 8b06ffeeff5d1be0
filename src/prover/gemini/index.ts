import { proverKind } from '../kind.ts';
import { DEFAULT_GEMINI, type GeminiProfile, geminiTable } from './profile.ts';
import { GeminiProver } from './prover.ts';

/** Model ids are a path segment of the request: nothing else may be smuggled in by a name. */
const MODEL = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

export const gemini = proverKind<GeminiProfile>({
  kind: 'gemini',
  table: () => geminiTable,
  ready: { gemini: DEFAULT_GEMINI },
  guarded: ['base_url', 'api_key_env'],
  with: (profile, model) => ({ ...profile, model }),
  make: (name, profile, { prices }) =>
    MODEL.test(profile.model) ? new GeminiProver({ name, profile, prices }) : undefined,
});
