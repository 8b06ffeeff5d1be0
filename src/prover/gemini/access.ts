import type { GeminiProfile } from './profile.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Which API is asked, and with what: the SDK's precedence of profile and environment, read without calling it. */
export type Access = {
  readonly vertex: boolean;
  /** The API key that the SDK will send; null = Application Default Credentials (Vertex) or none. */
  readonly key: string | null;
  /** The variable that holds the key, or the one to set. */
  readonly keyVariable: string;
  readonly project: string | null;
  /** On Vertex the SDK's default is `global`. */
  readonly location: string | null;
  /** Null: Google's own address. */
  readonly baseUrl: string | null;
};

const read = (env: Env, name: string): string | null => {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? null : value;
};

function wantsVertex(profile: GeminiProfile, env: Env): boolean {
  if (profile.vertex !== null) return profile.vertex;
  // A variable that is set, even to something else than `true`, hides the ones behind it.
  const flag = env.GOOGLE_GENAI_USE_ENTERPRISE ?? env.GOOGLE_GENAI_USE_VERTEXAI;
  return flag?.trim().toLowerCase() === 'true';
}

/** Precedence as @google/genai 3.1 has it: a project or location set nearer than the key beats the key. */
export function accessOf(profile: GeminiProfile, env: Env): Access {
  const vertex = wantsVertex(profile, env);
  const envVariable = read(env, 'GOOGLE_API_KEY') !== null ? 'GOOGLE_API_KEY' : 'GEMINI_API_KEY';
  const keyVariable = profile.apiKeyEnv ?? envVariable;
  const ownKey = profile.apiKeyEnv === null ? null : read(env, profile.apiKeyEnv);
  const envKey = read(env, envVariable);
  const envProject = read(env, 'GOOGLE_CLOUD_PROJECT');
  const envLocation = read(env, 'GOOGLE_CLOUD_LOCATION');
  const baseUrl = profile.baseUrl ?? read(env, vertex ? 'GOOGLE_VERTEX_BASE_URL' : 'GOOGLE_GEMINI_BASE_URL');
  if (!vertex) {
    const key = profile.apiKeyEnv === null ? envKey : ownKey;
    return { vertex, key, keyVariable, project: null, location: null, baseUrl };
  }
  const ownPlace = profile.project !== null || profile.location !== null;
  const key = ownKey ?? (ownPlace || envProject !== null || envLocation !== null ? null : envKey);
  const keyHidesPlace = ownKey !== null && !ownPlace;
  const project = keyHidesPlace ? null : (profile.project ?? envProject);
  const location = keyHidesPlace ? null : (profile.location ?? envLocation);
  return {
    vertex,
    key,
    keyVariable,
    project,
    location: location ?? (key === null ? 'global' : null),
    baseUrl,
  };
}
