import type { Tokens } from '../model/index.ts';
import { clean } from './clean.ts';
import type { GenerateRequest, RawAnswer } from './prover.ts';

/** What a provider's translator made of a response. */
export type Read = {
  /** As it was answered. */
  readonly text: string;
  /** Where the proof is looked for; another text than the answer's where its form says so. */
  readonly written: { readonly text: string; readonly whole: boolean };
  /** There may be a proof in it, though it was cut. */
  readonly readable: boolean;
  /** Why there is no proof in it; null: there may be one. */
  readonly unusable: string | null;
  readonly finish: string;
  readonly tokens: Tokens | null;
  readonly modelVersion: string | null;
  /** US dollars; null = unknown. */
  readonly costUsd: number | null;
  /** Milliseconds of the request. */
  readonly ms: number;
};

/** The answer of a model to a request, cleaned, whoever was asked. */
export const rawAnswer = (model: string, { theorem }: GenerateRequest, read: Read): RawAnswer => {
  const { text, written, readable, unusable, finish, tokens, modelVersion, costUsd, ms } = read;
  const cleaned = readable
    ? clean(written.text, theorem, { whole: written.whole })
    : { submission: null, unusable };
  const { submission } = cleaned;
  return {
    ...{ model, modelVersion, finish, submission, tokens, costUsd, ms },
    unusable: submission === null ? (unusable ?? cleaned.unusable) : null,
    answerText: text,
  };
};
