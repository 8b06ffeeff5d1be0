import type { OpenAI } from 'openai';
import { ModelFault } from '../fault.ts';
import { patientFetch } from '../http/patient-fetch.ts';
import type { Place } from './place.ts';

/** Builds the SDK's client. One request an `ask`: Temporal retries, the SDK does not. */
export async function createClient(place: Place, timeoutMs: number): Promise<OpenAI> {
  const { baseUrl, key, keyVariable, needsKey } = place;
  if (needsKey && key === null)
    throw new ModelFault('MODEL_CREDENTIALS', `No API key for ${baseUrl}: ${keyVariable} is not set.`, {
      retryable: false,
      fix: `export ${keyVariable}=…`,
    });
  // Loaded when it is needed: a command that asks no model does not pay for it.
  const { OpenAI: Client } = await import('openai');
  return new Client({
    baseURL: baseUrl,
    // The SDK wants one; without a key of ours the header is left out.
    apiKey: key ?? 'none',
    adminAPIKey: null,
    ...(key === null ? { defaultHeaders: { Authorization: null } } : {}),
    // The organisation's and the project's names are OpenAI's business, not that of another address.
    ...(needsKey ? {} : { organization: null, project: null }),
    maxRetries: 0,
    // Our own deadline is the one that counts; the SDK's only covers the time until the headers.
    timeout: timeoutMs + 60_000,
    logLevel: 'off',
    fetch: patientFetch,
  });
}
