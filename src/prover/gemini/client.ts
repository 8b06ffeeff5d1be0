import type { GoogleGenAI } from '@google/genai';
import { ModelFault } from '../fault.ts';
import { redact, secretsOf } from '../redact.ts';
import { type Access, accessOf, type Env } from './access.ts';
import { COMMANDS } from './commands.ts';
import { detectProject } from './credentials.ts';
import { geminiFetch } from './fetch.ts';
import type { GeminiProfile } from './profile.ts';

/**
 * The SDK reports by console (also on standard output, which belongs to `--json`) while it is constructed;
 * what it says there is repeated by `diagnose` where it matters.
 */
function quietly<T>(make: () => T): T {
  const { warn, debug } = console;
  console.warn = () => {};
  console.debug = () => {};
  try {
    return make();
  } finally {
    console.warn = warn;
    console.debug = debug;
  }
}

/**
 * Builds the SDK's client. What the profile leaves null is not passed, so that the SDK's own environment
 * variables decide. Faults are `ModelFault` MODEL_CREDENTIALS.
 */
export async function createClient(
  profile: GeminiProfile,
  env: Env,
): Promise<{ ai: GoogleGenAI; access: Access }> {
  const access = accessOf(profile, env);
  if (!access.vertex && access.key === null) {
    throw new ModelFault('MODEL_CREDENTIALS', `No API key for Gemini: ${access.keyVariable} is not set.`, {
      retryable: false,
      fix: COMMANDS.exportKey(access.keyVariable),
    });
  }
  // `gcloud config set project` is no variable of the SDK's, so it is looked up for it.
  const found = access.vertex && access.key === null && access.project === null && access.baseUrl === null;
  const project = found ? await detectProject() : access.project;
  if (found && project === null) {
    throw new ModelFault('MODEL_CREDENTIALS', 'Vertex AI needs a project id and none is set.', {
      retryable: false,
      fix: COMMANDS.setProject,
    });
  }
  // A third of a second to load, which a command that asks no model does not pay.
  const { GoogleGenAI: Client } = await import('@google/genai');
  try {
    const ai = quietly(
      () =>
        new Client({
          ...(profile.apiKeyEnv === null || access.key === null ? {} : { apiKey: access.key }),
          ...(profile.vertex === null ? {} : { vertexai: profile.vertex }),
          ...(profile.project === null && !found ? {} : { project: project ?? '' }),
          ...(profile.location === null ? {} : { location: profile.location }),
          httpOptions: {
            fetch: geminiFetch,
            ...(profile.baseUrl === null ? {} : { baseUrl: profile.baseUrl }),
          },
        }),
    );
    return { ai, access: { ...access, project } };
  } catch (error) {
    const said = redact(String((error as Error).message), secretsOf(env, [profile.apiKeyEnv]));
    throw new ModelFault('MODEL_CREDENTIALS', `The Gemini SDK refuses this configuration: ${said}`, {
      retryable: false,
    });
  }
}
