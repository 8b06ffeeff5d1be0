import { z } from 'zod';
import { duration, httpUrl, text, variable, wholeNumber } from '../../config/values.ts';
import type { ProverBudget } from '../../model/index.ts';
import { OWN_BUDGET, ownBudget } from '../own-budget.ts';
import { TEMPLATE_NAMES, type TemplateName } from './templates/names.ts';

export type OpenAiProfile = {
  readonly kind: 'openai';
  /** Null: the profile is only a place, and the name says which model (`PROFILE:MODEL`). */
  readonly model: string | null;
  /** Null: OPENAI_BASE_URL, else OpenAI's own. */
  readonly baseUrl: string | null;
  /** Null: OPENAI_API_KEY for OpenAI's own address and for OPENAI_BASE_URL; no key for a `baseUrl`. */
  readonly apiKeyEnv: string | null;
  readonly template: TemplateName;
  /** Thoughts count too. */
  readonly maxOutputTokens: number;
  /** The request's name for that limit; null: what the endpoint is likely to know. */
  readonly limitField: 'max_tokens' | 'max_completion_tokens' | null;
  readonly timeoutMs: number;
  /** Null: the endpoint's own. */
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly reasoningEffort: string | null;
  /** Further fields of the request's body, for what one server knows and others do not. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly budget?: ProverBudget;
};

export const DEFAULT_OPENAI: OpenAiProfile = {
  kind: 'openai',
  model: null,
  baseUrl: null,
  apiKeyEnv: null,
  template: 'chat',
  maxOutputTokens: 16_384,
  limitField: null,
  timeoutMs: 600_000,
  temperature: null,
  topP: null,
  reasoningEffort: null,
  body: {},
};

/** What a request is made of anyway, and what would make an answer of a form that is not read. */
const TAKEN = ['model', 'messages', 'prompt', 'max_tokens', 'max_completion_tokens', 'stream', 'n', 'stop'];

const fraction = (most: number) =>
  z
    .number({ error: `expected a number from 0 to ${most}` })
    .min(0)
    .max(most)
    .nullable()
    .default(null);

export const openaiTable = z
  .strictObject({
    kind: z.literal('openai'),
    model: text('').nullable().default(null),
    base_url: httpUrl.nullable().default(null),
    api_key_env: variable.nullable().default(null),
    template: z
      .enum(TEMPLATE_NAMES, { error: `expected one of ${TEMPLATE_NAMES.join(', ')}` })
      .default('chat'),
    max_output_tokens: wholeNumber(1)('').default(DEFAULT_OPENAI.maxOutputTokens),
    limit_field: z.enum(['max_tokens', 'max_completion_tokens']).nullable().default(null),
    timeout: duration('').default(DEFAULT_OPENAI.timeoutMs),
    temperature: fraction(2),
    top_p: fraction(1),
    reasoning_effort: text('').nullable().default(null),
    body: z
      .record(z.string(), z.json())
      .refine((body) => TAKEN.every((name) => !Object.hasOwn(body, name)), {
        error: `expected none of ${TAKEN.join(', ')}: proofloop sets them`,
      })
      .default({}),
    ...OWN_BUDGET,
  })
  .transform(
    (p): OpenAiProfile => ({
      kind: 'openai',
      model: p.model,
      baseUrl: p.base_url,
      apiKeyEnv: p.api_key_env,
      template: p.template,
      maxOutputTokens: p.max_output_tokens,
      limitField: p.limit_field,
      timeoutMs: p.timeout,
      temperature: p.temperature,
      topP: p.top_p,
      reasoningEffort: p.reasoning_effort,
      body: p.body,
      ...ownBudget(p),
    }),
  );
