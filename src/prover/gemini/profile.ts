import { z } from 'zod';
import { duration, httpUrl, text, variable, wholeNumber } from '../../config/values.ts';
import type { ProverBudget } from '../../model/index.ts';
import { OWN_BUDGET, ownBudget } from '../own-budget.ts';

export type GeminiProfile = {
  readonly kind: 'gemini';
  readonly model: string;
  readonly thinking: 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH' | null;
  /** Thoughts count too. */
  readonly maxOutputTokens: number;
  readonly timeoutMs: number;
  /** null: the SDK's own environment variables decide. */
  readonly apiKeyEnv: string | null;
  readonly vertex: boolean | null;
  readonly project: string | null;
  readonly location: string | null;
  readonly baseUrl: string | null;
  /** How the proof is asked for; absent: `fenced`, in a code block. */
  readonly answer?: 'fenced' | 'structured';
  readonly budget?: ProverBudget;
};

export const DEFAULT_GEMINI: GeminiProfile = {
  kind: 'gemini',
  model: 'gemini-3.8-flash',
  thinking: null,
  maxOutputTokens: 32_768,
  timeoutMs: 300_000,
  apiKeyEnv: null,
  vertex: null,
  project: null,
  location: null,
  baseUrl: null,
};

/** Both become part of the address that credentials are sent to: nothing else may be smuggled in by them. */
const place = (what: string) => z.string().regex(/^[a-z0-9][a-z0-9.:-]*$/, `expected ${what}`);

export const geminiTable = z
  .strictObject({
    kind: z.literal('gemini'),
    model: text('').default(DEFAULT_GEMINI.model),
    thinking: z.enum(['MINIMAL', 'LOW', 'MEDIUM', 'HIGH']).nullable().default(null),
    max_output_tokens: wholeNumber(1)('').default(DEFAULT_GEMINI.maxOutputTokens),
    timeout: duration('').default(DEFAULT_GEMINI.timeoutMs),
    answer: z.enum(['fenced', 'structured']).optional(),
    api_key_env: variable.nullable().default(null),
    vertex: z.boolean().nullable().default(null),
    project: place('a project id').nullable().default(null),
    location: place('a location such as "europe-west4" or "global"').nullable().default(null),
    base_url: httpUrl.nullable().default(null),
    ...OWN_BUDGET,
  })
  .transform(
    (p): GeminiProfile => ({
      kind: 'gemini',
      model: p.model,
      thinking: p.thinking,
      maxOutputTokens: p.max_output_tokens,
      timeoutMs: p.timeout,
      apiKeyEnv: p.api_key_env,
      vertex: p.vertex,
      project: p.project,
      location: p.location,
      baseUrl: p.base_url,
      ...(p.answer === undefined ? {} : { answer: p.answer }),
      ...ownBudget(p),
    }),
  );
