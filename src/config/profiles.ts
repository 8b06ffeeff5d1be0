import { z } from 'zod';
import type { GeminiProfile, LeanProfile, Price, ProverProfile } from './config.ts';
import { command, duration, path, text, wholeNumber } from './values.ts';

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

export const DEFAULT_PROVERS: Readonly<Record<string, ProverProfile>> = {
  local: { kind: 'local' },
  gemini: DEFAULT_GEMINI,
};
export const DEFAULT_LEANS: Readonly<Record<string, LeanProfile>> = { embedded: { kind: 'embedded' } };

const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http or https address' });
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable');

const gemini = z
  .strictObject({
    kind: z.literal('gemini'),
    model: text('').default(DEFAULT_GEMINI.model),
    thinking: z.enum(['MINIMAL', 'LOW', 'MEDIUM', 'HIGH']).nullable().default(null),
    max_output_tokens: wholeNumber(1)('').default(DEFAULT_GEMINI.maxOutputTokens),
    timeout: duration('').default(DEFAULT_GEMINI.timeoutMs),
    api_key_env: variable.nullable().default(null),
    vertex: z.boolean().nullable().default(null),
    project: text('').nullable().default(null),
    location: text('').nullable().default(null),
    base_url: httpUrl.nullable().default(null),
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
    }),
  );

/** A table `[provers.NAME]`. */
export const proverProfile = (): z.ZodType<ProverProfile> =>
  z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('local') }), gemini], {
    error: 'expected kind = "gemini" or "local"',
  });

/** A table `[lean.profiles.NAME]`; `base` is the folder of its file. */
export const leanProfile = (base: string): z.ZodType<LeanProfile> =>
  z.discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('embedded') }),
      z
        .strictObject({
          kind: z.literal('command'),
          command: command(base),
          cwd: path(base).default(base),
          env: z.record(variable, z.string()).default({}),
          allow_unsandboxed: z.boolean().default(false),
        })
        .transform(
          ({ allow_unsandboxed, ...p }): LeanProfile => ({ ...p, allowUnsandboxed: allow_unsandboxed }),
        ),
    ],
    { error: 'expected kind = "command" or "embedded"' },
  );

const price = z.number({ error: 'expected US dollars per million tokens' }).nonnegative();
const day = z
  .union([z.date().transform((d) => d.toISOString().slice(0, 10)), z.string()])
  .refine((d) => /^\d{4}-\d\d-\d\d$/.test(d) && !Number.isNaN(Date.parse(d)), {
    error: 'expected a date such as 2026-12-31',
  });

/** A table `[[prices]]`. Cached input costs as much as other input where nothing is said. */
export const priceRow = (): z.ZodType<Price> =>
  z
    .strictObject({
      model: text(''),
      input: price,
      cached_input: price.optional(),
      output: price,
      from: day.default('1970-01-01'),
      to: day.nullable().default(null),
    })
    .transform(({ cached_input, ...p }): Price => ({ ...p, cachedInput: cached_input ?? p.input }));
