import { z } from 'zod';
import type { LeanService } from '../../../lean/service.ts';
import { feedbackFor, why } from '../../../workflows/theorem/feedback.ts';
import type { Config } from '../../config/config.ts';
import {
  type Attempt,
  diagnosticSchema,
  goalAtSchema,
  ProofloopError,
  submissionSchema,
  type Theorem,
  unknownNameSchema,
} from '../../model/index.ts';
import { cleanCode } from '../../prover/clean.ts';
import type { Feedback } from '../../prover/prover.ts';
import type { Io } from '../io.ts';
import { readSource } from '../source/read.ts';

const feedbackSchema = z
  .strictObject({
    submission: submissionSchema,
    diagnostics: z.array(diagnosticSchema).readonly().default([]),
    why: z.string().default('Lean reports errors'),
    openGoals: z.array(goalAtSchema).readonly().optional(),
    unknown: z.array(unknownNameSchema).readonly().optional(),
    repeated: z.number().int().nonnegative().optional(),
    again: z.number().int().nonnegative().optional(),
  })
  .transform((f) => Object.fromEntries(Object.entries(f).filter(([, v]) => v !== undefined)) as Feedback);

/** A refused attempt as JSON: `{submission, diagnostics, why, openGoals, unknown, repeated}`. Throws FILE_UNREADABLE. */
export async function feedbackIn(path: string, io: Io): Promise<Feedback> {
  const { text } = await readSource(path, io.stdin, io.cwd);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ProofloopError('FILE_UNREADABLE', `${path} is not JSON: ${(cause as Error).message}`, {
      fix: 'It is to hold a refused attempt: {"submission": {"form": "proof", "text": "by simp"}, "diagnostics": […]}.',
      cause,
    });
  }
  const parsed = feedbackSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ProofloopError('FILE_UNREADABLE', `${path}: ${issue?.path.join('.')}: ${issue?.message}`, {
    fix: 'It is to hold a refused attempt: {"submission": {"form": "proof", "text": "by simp"}, "diagnostics": […]}.',
  });
}

/**
 * What Lean says of the proof in a file, as the next prompt is told it; null: Lean accepts it.
 * Throws CHALLENGE_INVALID.
 */
export async function feedbackAfter(
  path: string,
  theorem: Theorem,
  lean: LeanService,
  { lean: { wallMs, heartbeats } }: Config,
  io: Io,
): Promise<Feedback | null> {
  const { text } = await readSource(path, io.stdin, io.cwd);
  const cleaned = cleanCode(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'), theorem);
  if (cleaned.submission === null)
    throw new ProofloopError('USAGE', `${path} holds no proof of '${theorem.name}': ${cleaned.unusable}`, {
      fix: 'It is to hold the theorem with its proof, or the proof alone (`by …`).',
    });
  const { submission } = cleaned;
  const verdict = await lean.screen({ challenge: theorem, options: { wallMs, heartbeats } }, submission);
  if (verdict.status === 'accepted') return null;
  if (verdict.status === 'badHeader' || verdict.status === 'badChallenge')
    throw new ProofloopError('CHALLENGE_INVALID', `'${theorem.name}': ${why(verdict)}`);
  const attempt = { n: 1, submission, verdict } as Attempt;
  return feedbackFor([attempt], { kind: 'repair', of: 1, again: 0, repeated: 0 })[0] ?? null;
}
