import type { GeminiProfile } from '../../src/config/config.ts';
import { type Theorem, theoremSchema } from '../../src/model/index.ts';
import { GeminiProver } from '../../src/prover/gemini/prover.ts';
import type { GenerateRequest } from '../../src/prover/prover.ts';

export const geminiProfile = (part: Partial<GeminiProfile> = {}): GeminiProfile => ({
  kind: 'gemini',
  model: 'gemini-3.8-flash',
  thinking: 'LOW',
  maxOutputTokens: 8_192,
  timeoutMs: 20_000,
  apiKeyEnv: null,
  vertex: null,
  project: null,
  location: null,
  baseUrl: null,
  ...part,
});

export const theoremOf = (part: Partial<Theorem> = {}): Theorem =>
  theoremSchema.parse({
    id: 'add_swap',
    name: 'add_swap',
    statement: 'theorem add_swap (a b : Nat) : a + b = b + a',
    ...part,
  });

export const requestOf = (part: Partial<GenerateRequest> = {}): GenerateRequest => ({
  theorem: theoremOf(),
  round: 1,
  sample: 0,
  feedback: [],
  leanVersion: '4.28.0',
  ...part,
});

export const proverOf = (part: Partial<GeminiProfile> = {}, now?: () => number): GeminiProver =>
  new GeminiProver({
    name: 'gemini',
    profile: geminiProfile(part),
    prices: [],
    ...(now === undefined ? {} : { now }),
  });

const CREDENTIALS = /^(GEMINI_|GOOGLE_|OPENAI_|GCE_METADATA|METADATA_SERVER|CLOUDSDK_|GCLOUD_)/;

/** Sets the environment for credentials to exactly this; HOME and PATH may be given too. Returns what undoes it. */
export function useEnvironment(env: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (CREDENTIALS.test(name)) delete process.env[name];
  Object.assign(process.env, env);
  return () => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  };
}

/** The rejection's reason; fails if it does not reject. */
export async function faultOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it was expected to fail');
}
