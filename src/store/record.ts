import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type RunRecord, submissionSchema, type TheoremResult, verdictSchema } from '../model/index.ts';
import { STAGES } from '../prover/prompts/learning/trial.ts';

/** Where a record came from, and who is told when it cannot be read. */
export type RecordSource = {
  readonly db: { readonly location: string };
  /** Told of each row that cannot be read; such a row counts as absent. */
  readonly report: (message: string) => void;
};

/** Reads a record written as JSON; null (and a report) if it is damaged or of a form that is no longer known. */
export const parseRecord = <T>(
  { db, report }: RecordSource,
  schema: z.ZodType<T>,
  record: unknown,
  what: string,
): T | null => {
  try {
    const parsed = schema.safeParse(JSON.parse(String(record)));
    if (parsed.success) return parsed.data;
    report(
      `${what} in "${db.location}" is not readable and counts as absent: ${parsed.error.issues[0]?.message}`,
    );
  } catch (e) {
    report(`${what} in "${db.location}" is not readable and counts as absent: ${(e as Error).message}`);
  }
  return null;
};

/** A row's last use is written at most once in this many milliseconds. */
export const TOUCH_MS = 60_000;

export const sha256Of = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export const storedProofSchema = z
  .object({ submission: submissionSchema, verdict: verdictSchema, at: z.number() })
  .readonly();

/** A row of counted trials. */
export const trialCountSchema = z.object({
  variant: z.string(),
  model: z.string(),
  stage: z.enum(STAGES),
  category: z.string(),
  difficulty: z.string(),
  trials: z.number(),
  wins: z.number(),
});

/** A run with its results in the order of its theorems; what is not among them stays in the order of writing, behind. */
export const withResults = (run: RunRecord, results: readonly TheoremResult[]): RunRecord => {
  const place = new Map(run.theoremIds.map((id, i) => [id, i]));
  const placeOf = ({ theoremId }: TheoremResult): number => place.get(theoremId) ?? run.theoremIds.length;
  return { ...run, results: [...results].sort((a, b) => placeOf(a) - placeOf(b)) };
};

/** Versions of one name of predictor that stay, so that a store does not grow with each run. */
export const PREDICTORS_KEPT = 5;

/** A run's texts may be stored a while before its record says that it started (no worker yet). */
export const BEFORE_START_MS = 24 * 3_600_000;

export const OPEN_RUN = "state IN ('running', 'paused')";

export const reportRow = (message: string): void =>
  process.emitWarning(message, { code: 'PROOFLOOP_STORE_ROW' });
