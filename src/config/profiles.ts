import { z } from 'zod';
import type { LeanProfile, Price } from './config.ts';
import { command, path, text, variable } from './values.ts';

export const DEFAULT_LEANS: Readonly<Record<string, LeanProfile>> = { embedded: { kind: 'embedded' } };

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
