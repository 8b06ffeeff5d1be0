import { condition, workflowInfo } from '@temporalio/workflow';
import type {
  Accepted,
  Attempt,
  Budget,
  Ledger,
  ProveTheoremInput,
  Submission,
  TheoremProgress,
  TheoremResult,
  Verdict,
} from '../../src/model/index.ts';
import { EMPTY_LEDGER } from './ledger.ts';
import type { Spent } from './prover-budget.ts';

/** What a proof that was found amounts to. */
export type Found = {
  readonly prover: string | null;
  readonly submission: Submission;
  readonly verdict: Accepted | Extract<Verdict, { status: 'conditional' }>;
  readonly cached: boolean;
};

/** All that a theorem's workflow knows; the stages read and change it. */
export class TheoremState {
  readonly input: ProveTheoremInput;
  readonly startedAt: number;
  budget: Budget;
  /** By an update to this theorem, or by its run. */
  paused = false;
  runPaused = false;
  phase: TheoremProgress['phase'] = 'queued';
  round = 0;
  attempts = 0;
  ledger: Ledger = EMPTY_LEDGER;
  /** By the prover's name. */
  readonly spentBy = new Map<string, Spent>();
  notes: string[] = [];
  lastVerdict: Verdict | null = null;
  /** Samples of the model stages, kept for their feedback. */
  samples: Attempt[] = [];
  result: TheoremResult | null = null;

  constructor(input: ProveTheoremInput, now: number) {
    this.input = input;
    this.startedAt = now;
    this.budget = input.plan.budget;
  }

  get isPaused(): boolean {
    return this.paused || this.runPaused;
  }

  /** Waits while the theorem is paused; call it before each piece of new work. */
  async gate(): Promise<void> {
    if (this.isPaused) await condition(() => !this.isPaused);
  }

  progress(): TheoremProgress {
    return {
      theoremId: this.input.theorem.id,
      name: this.input.theorem.name,
      phase: this.phase,
      round: this.round,
      attempts: this.attempts,
      paused: this.isPaused,
      workflowId: workflowInfo().workflowId,
      result: this.result,
    };
  }
}
