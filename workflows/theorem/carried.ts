import type { FoundBefore } from '../../activities/api.ts';
import type { Allowance, Asked, Attempt, Budget, Ledger, Verdict } from '../../src/model/index.ts';
import type { Amount } from '../budget/account.ts';
import type { Position } from './position.ts';
import type { StageEnd } from './stage.ts';

/** What goes on into the next execution of a theorem's workflow when its history has become long. */
export type TheoremCarried = {
  readonly startedAt: number;
  readonly budget: Budget;
  readonly allowance: Allowance;
  readonly runDeadline: number | null;
  readonly paused: boolean;
  readonly runPaused: boolean;
  readonly round: number;
  readonly attempts: number;
  readonly begun: number;
  /** Absent: carried on by an older version. */
  readonly asked?: readonly Asked[];
  readonly ledger: Ledger;
  readonly notes: readonly string[];
  readonly lastVerdict: Verdict | null;
  readonly samples: readonly Attempt[];
  /** Only of a theorem that was at work before in its run. */
  readonly doneBefore?: readonly string[];
  readonly boughtBefore?: Amount;
  readonly searchedBefore?: boolean;
  readonly foundBefore?: FoundBefore;
  readonly refused: readonly (readonly [string, number])[];
  readonly positions: Readonly<Record<string, Position>>;
  readonly ended: Readonly<Record<string, StageEnd>>;
  readonly spent: {
    readonly run: Amount;
    readonly theorem: Amount;
    readonly provers: Readonly<Record<string, Amount>>;
  };
};

const MOST_SAMPLES = 200;
const MOST_BYTES = 400_000;

/** An attempt without the texts that are in the store anyway. */
export const slim = (attempt: Attempt): Attempt => {
  const { answer } = attempt;
  if (answer === null) return attempt;
  return { ...attempt, answer: { ...answer, prompt: bare(answer.prompt), answer: bare(answer.answer) } };
};

const bare = <T extends { readonly text: string }>(ref: T): T => ({ ...ref, text: '' });

/** The newest attempts, which the next prompts may learn from: as many as a workflow's input carries easily. */
export const newest = (samples: readonly Attempt[], most = MOST_SAMPLES, bytes = MOST_BYTES): Attempt[] => {
  const kept: Attempt[] = [];
  let taken = 0;
  for (const attempt of samples.slice(-most).toReversed()) {
    taken += JSON.stringify(attempt).length;
    if (kept.length > 0 && taken > bytes) break;
    kept.push(attempt);
  }
  return kept.reverse();
};
