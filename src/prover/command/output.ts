import { z } from 'zod';
import type { Theorem, Tokens } from '../../model/index.ts';
import { type Cleaned, clean, cleanCode } from '../clean.ts';

const count = z.number().nonnegative().default(0);
/** The JSON form of an answer; fields that are not named here are of no concern. */
const answerSchema = z.object({
  /** What follows `:=`, or the whole theorem, or helper lemmas and the theorem; null: the program gives up. */
  proof: z.string().nullish(),
  /** A text with the proof in a code block, as a model would write it. */
  answer: z.string().nullish(),
  /** Why there is no proof. */
  reason: z.string().nullish(),
  model: z.string().nullish(),
  tokens: z.object({ input: count, cachedInput: count, output: count, thoughts: count }).nullish(),
  costUsd: z.number().nonnegative().nullish(),
});

export type Printed = {
  readonly cleaned: Cleaned;
  readonly tokens: Tokens | null;
  /** Null: the program did not say. */
  readonly costUsd: number | null;
  readonly model: string | null;
};

const objectIn = (text: string): unknown => {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const unusable = (why: string): Cleaned => ({ submission: null, unusable: why });

/** Reads what a program printed: JSON of the form above, or text with the proof in it. Total: never throws. */
export function readOutput(text: string, theorem: Theorem): Printed {
  const object = objectIn(text);
  if (object === null) {
    const cleaned = text.trim() === '' ? unusable('the program printed nothing') : clean(text, theorem);
    return { cleaned, tokens: null, costUsd: null, model: null };
  }
  const parsed = answerSchema.safeParse(object);
  if (!parsed.success) {
    const cleaned = unusable(`the program's JSON is not of the form: ${z.prettifyError(parsed.error)}`);
    return { cleaned, tokens: null, costUsd: null, model: null };
  }
  const { proof, answer, reason, tokens, costUsd, model } = parsed.data;
  const cleaned =
    typeof proof === 'string'
      ? cleanCode(proof, theorem)
      : typeof answer === 'string'
        ? clean(answer, theorem)
        : unusable(`the program gave up${reason ? `: ${reason}` : ''}`);
  return { cleaned, tokens: tokens ?? null, costUsd: costUsd ?? null, model: model ?? null };
}
