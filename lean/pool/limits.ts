import {
  type Diagnostic,
  fullText,
  type LeanOptions,
  leanOptionsSchema,
  ProofloopError,
  type Submission,
  type Verdict,
} from '../../src/model/index.ts';
import { foreignRefusal } from '../check/foreign.ts';
import type { LeanJob } from '../service.ts';

/** UTF-8 bytes of a whole Lean file that is still given to Lean; the largest file of Mathlib has about 300 kB. */
export const MAX_TEXT_BYTES = 1_000_000;

/** Rejects with CONFIG_INVALID: limits come from the worker's configuration, never from a submission. */
export function checkedOptions(options: LeanOptions): LeanOptions {
  const parsed = leanOptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new ProofloopError('CONFIG_INVALID', `Lean limits ${JSON.stringify(options)} are not usable`, {
    cause: parsed.error,
  });
}

/** What is wrong with a text before Lean sees it, or null. */
export function textFault(text: string): string | null {
  if (!text.isWellFormed()) return 'the text holds half of a surrogate pair, so it is no Unicode text';
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_TEXT_BYTES) return `the file would have ${bytes} bytes; ${MAX_TEXT_BYTES} are the most`;
  return text.includes('\0') ? 'the text holds a NUL character' : null;
}

export const faultDiagnostic = (text: string): Diagnostic => ({
  severity: 'error',
  pos: { line: 1, column: 0 },
  endPos: null,
  text,
});

/** The verdict on a job that no instance is to see, or null. */
export function refusedUnseen(job: LeanJob, submission: Submission): Verdict | null {
  const fault = textFault(fullText(job.challenge, submission));
  if (fault !== null) return { status: 'rejected', diagnostics: [faultDiagnostic(fault)], ms: 0 };
  const foreign = foreignRefusal(job.challenge);
  return foreign === null ? null : { status: 'badChallenge', diagnostics: [foreign], ms: 0 };
}
