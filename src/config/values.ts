import { resolve } from 'node:path';
import { parseCommandString } from 'execa';
import { z } from 'zod';
import { isPostgres } from '../store/place.ts';

/**
 * Forms of single values. Flags and the environment bring text, a file brings typed values: each form takes
 * both. `base` is the folder that relative paths are meant from.
 */
export type Form<T> = (base: string) => z.ZodType<T>;

const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/)
    .transform(Number),
]);

const refined =
  <T>(schema: z.ZodType<T>): Form<T> =>
  () =>
    schema;

export const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER): Form<number> => {
  const upTo = most === Number.MAX_SAFE_INTEGER ? 'or more' : `to ${most}`;
  const error = `expected a whole number, ${least} ${upTo}`;
  return refined(
    z
      .any()
      .pipe(z.union([number], { error }))
      .refine((n) => Number.isSafeInteger(n) && n >= least && n <= most, { error }),
  );
};

/** A part of a whole: 0.8, "0.8" or "80%". */
export const share = (least: number, most: number): Form<number> =>
  refined(
    z.union([z.number(), z.string()]).transform((value, ctx) => {
      const match = /^\s*(\d+\.?\d*|\.\d+)\s*(%)?\s*$/.exec(String(value));
      const part = match === null ? Number.NaN : Number(match[1]) / (match[2] === '%' ? 100 : 1);
      if (part >= least && part <= most) return part;
      ctx.addIssue(`expected a share from ${100 * least}% to ${100 * most}%, such as 0.8 or "80%"`);
      return z.NEVER;
    }),
  );

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds from "500ms", "20s", "10m", "2h", or a number of seconds. */
export const duration: Form<number> = refined(
  z.union([z.number(), z.string()]).transform((value, ctx) => {
    const match = /^\s*(\d+\.?\d*|\.\d+)\s*(ms|s|m|h)?\s*$/.exec(String(value));
    const ms =
      match === null ? 0 : Math.round(Number(match[1]) * UNITS[(match[2] ?? 's') as keyof typeof UNITS]);
    if (ms > 0 && Number.isSafeInteger(ms)) return ms;
    ctx.addIssue(
      'expected a time above zero such as "500ms", "20s", "10m" or "2h" (a bare number is seconds)',
    );
    return z.NEVER;
  }),
);

/** US dollars: 0.5, "0.50", "$2". */
export const dollars: Form<number> = refined(
  z.union([z.number(), z.string()]).transform((value, ctx) => {
    const match = /^\s*\$?\s*(\d+\.?\d*|\.\d+)\s*$/.exec(String(value));
    if (match !== null) return Number(match[1]);
    ctx.addIssue('expected US dollars such as 0.5 or "$2"');
    return z.NEVER;
  }),
);

const orWord =
  <T, W>(form: Form<T>, word: string, meaning: W): Form<T | W> =>
  (base) =>
    z.unknown().transform((value, ctx): T | W => {
      if (value === word) return meaning;
      const parsed = form(base).safeParse(value);
      if (parsed.success) return parsed.data;
      ctx.addIssue(`${parsed.error.issues[0]?.message ?? 'not valid'}, or "${word}"`);
      return z.NEVER;
    });

/** The form, or "none" for no limit. */
export const orNone = <T>(form: Form<T>): Form<T | null> => orWord(form, 'none', null);

/** The form, or "auto" for a value that is tuned while it is in use. */
export const orAuto = <T>(form: Form<T>): Form<T | 'auto'> => orWord(form, 'auto', 'auto' as const);

export const text: Form<string> = refined(
  z.string({ error: 'expected a text' }).trim().min(1, 'expected a text'),
);

/** An absolute path; `~/` is the user's home only where a shell made it so, hence refused here. */
export const path: Form<string> = (base) =>
  z
    .string({ error: 'expected a path' })
    .min(1, 'expected a path')
    .refine((p) => !p.startsWith('~'), { error: 'expected a path; "~" is not expanded here' })
    .transform((p) => resolve(base, p));

/** A file, or the address of a PostgreSQL database. */
export const storePlace: Form<string> = (base) =>
  z.unknown().transform((value, ctx): string => {
    const form = typeof value === 'string' && isPostgres(value) ? postgresAddress : path(base);
    const parsed = form.safeParse(value);
    if (parsed.success) return parsed.data;
    ctx.addIssue(parsed.error.issues[0]?.message ?? 'not valid');
    return z.NEVER;
  });

const postgresAddress = z
  .string()
  .refine((address) => URL.canParse(address) && new URL(address).pathname.length > 1, {
    error: 'expected postgres://USER@HOST/DATABASE',
  });

export const choice = <const T extends string>(...choices: readonly T[]): Form<T> =>
  refined(z.enum(choices, { error: `expected ${choices.map((c) => `"${c}"`).join(' or ')}` }));

export const yesOrNo: Form<boolean> = refined(
  z
    .union([z.boolean(), z.enum(['true', 'false', '1', '0'])], { error: 'expected true or false' })
    .transform((v) => v === true || v === 'true' || v === '1'),
);

/** A list of names, in a file also as an array. */
export const names: Form<readonly string[]> = refined(
  z
    .union([z.array(z.string()), z.string().transform((s) => s.split(','))], {
      error: 'expected names, separated by commas',
    })
    .transform((list) => list.map((name) => name.trim()).filter((name) => name !== ''))
    .refine((list) => list.length > 0, { error: 'expected at least one name' }),
);

/** A program and its arguments: an array, or one line (spaces separate, a backslash keeps one). No shell. */
export const command: Form<readonly string[]> = refined(
  z
    .union([z.array(z.string()), z.string().transform((s) => parseCommandString(s))], {
      error: 'expected a command such as "lake exe repl"',
    })
    .refine((words) => words.length > 0 && words[0] !== '', { error: 'expected a command' }),
);

export const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http or https address' });

/** The NAME of an environment variable. */
export const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable');
