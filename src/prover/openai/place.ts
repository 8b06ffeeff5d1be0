import type { OpenAiProfile } from './profile.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export const OPENAI = 'https://api.openai.com/v1';

/** Where requests go and with which key. */
export type Place = {
  readonly baseUrl: string;
  /** The variable that holds the key; null: no key is sent. */
  readonly keyVariable: string | null;
  /** Null: not set, or none is sent. */
  readonly key: string | null;
  /** OpenAI itself, which answers nobody without a key. */
  readonly needsKey: boolean;
};

const read = (env: Env, name: string): string | null => {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? null : value;
};

/**
 * The user's OpenAI key goes to OpenAI and to what OPENAI_BASE_URL names, both the user's environment; an address in a
 * profile gets a key only if the profile names its variable.
 */
export function placeOf(
  { baseUrl, apiKeyEnv }: Pick<OpenAiProfile, 'baseUrl' | 'apiKeyEnv'>,
  env: Env,
): Place {
  const address = (baseUrl ?? read(env, 'OPENAI_BASE_URL') ?? OPENAI).replace(/\/+$/, '');
  const keyVariable = apiKeyEnv ?? (baseUrl === null ? 'OPENAI_API_KEY' : null);
  return {
    baseUrl: address,
    keyVariable,
    key: keyVariable === null ? null : read(env, keyVariable),
    needsKey: apiKeyEnv !== null || address === OPENAI,
  };
}
