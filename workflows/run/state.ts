import { condition, workflowInfo } from '@temporalio/workflow';
import type {
  AttemptPlan,
  Guard,
  RunLimits,
  RunProgress,
  RunState as RunStatus,
  Theorem,
  TheoremProgress,
  TheoremResult,
} from '../../src/model/index.ts';
import type { Held } from '../../src/scheduler/control/hold.ts';
import type { RunChange } from '../messages.ts';
import type { Batches } from './batches.ts';
import { compact } from './compact.ts';
import { RunFunds } from './money.ts';

/** What a run is given, whatever its kind. */
export type RunBasis = {
  readonly runId: string;
  readonly label: string;
  readonly suite: string;
  readonly total: number;
  readonly plan: AttemptPlan;
  readonly limits: RunLimits;
  readonly guard: Guard;
};

/** What goes on into the next execution when a history has become long. */
export type Carried = {
  readonly offset: number;
  readonly limits: RunLimits;
  readonly plan: AttemptPlan;
  readonly paused: boolean;
  readonly spentUsd: number | null;
  readonly spentTokens: number;
  readonly startedAt: number;
  /** Of the lanes that are tuned. */
  readonly tuning?: Held;
};

type InFlight = {
  readonly theorem: Theorem;
  readonly workflowId: string;
  /** Tells the theorem's workflow of a pause or another budget. */
  readonly tell: (change: RunChange) => Promise<void>;
};

/** All that a run's workflow knows. */
export class RunState {
  readonly basis: RunBasis;
  plan: AttemptPlan;
  limits: RunLimits;
  paused: boolean;
  status: RunStatus = 'running';
  readonly funds: RunFunds;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Gathers requests into batch jobs, where the plan says so. */
  batches: Batches | null = null;
  /** The last batch job looked at, for people. */
  batch: string | null = null;
  /** What the tuning of the lanes remembers; null = nothing yet. */
  tuning: Held | null = null;
  readonly inFlight = new Map<string, InFlight>();
  /** Of this execution, shortened; the whole ones are in the store. */
  readonly results = new Map<string, TheoremResult>();

  constructor(basis: RunBasis, carried: Carried | undefined) {
    this.basis = basis;
    this.plan = carried?.plan ?? basis.plan;
    this.limits = carried?.limits ?? basis.limits;
    this.paused = carried?.paused ?? false;
    this.tuning = carried?.tuning ?? null;
    this.funds = new RunFunds({
      usd: carried?.spentUsd === undefined ? 0 : carried.spentUsd,
      tokens: carried?.spentTokens ?? 0,
    });
    this.startedAt = carried?.startedAt ?? Date.now();
  }

  done(result: TheoremResult): void {
    this.results.set(result.theoremId, compact(result));
  }

  /** When the time of the run is up, milliseconds since the epoch; null = never. */
  get deadline(): number | null {
    const { wallMs = null } = this.limits;
    return wallMs === null ? null : this.startedAt + wallMs;
  }

  async gate(): Promise<void> {
    if (this.paused) await condition(() => !this.paused);
  }

  progress(): RunProgress {
    const running = [...this.inFlight.values()].map(
      ({ theorem, workflowId }): TheoremProgress => ({
        theoremId: theorem.id,
        name: theorem.name,
        phase: 'queued',
        round: 0,
        attempts: 0,
        paused: this.paused,
        workflowId,
        result: null,
      }),
    );
    return {
      runId: this.basis.runId,
      label: this.basis.label,
      state: this.status === 'running' && this.paused ? 'paused' : this.status,
      total: this.basis.total,
      running,
      results: [...this.results.values()],
      limits: this.limits,
      spentUsd: this.funds.spent.usd,
    };
  }

  carry(offset: number): Carried {
    const { limits, plan, paused, startedAt, tuning } = this;
    const { usd: spentUsd, tokens: spentTokens } = this.funds.spent;
    return {
      offset,
      limits,
      plan,
      paused,
      spentUsd,
      spentTokens,
      startedAt,
      ...(tuning !== null && { tuning }),
    };
  }

  /** A test's own limit goes before the server's advice, because that comes after thousands of events. */
  historyIsLong(limit: number | undefined): boolean {
    const info = workflowInfo();
    return info.continueAsNewSuggested || (limit !== undefined && info.historyLength >= limit);
  }
}
