import { condition, workflowInfo } from '@temporalio/workflow';
import type {
  AttemptPlan,
  Budget,
  Guard,
  Outcome,
  OutcomeCounts,
  RunLimits,
  RunProgress,
  RunState as RunStatus,
  Theorem,
  TheoremProgress,
  TheoremResult,
} from '../../src/model/index.ts';
import type { Held } from '../../src/scheduler/control/hold.ts';
import { type Amount, NOTHING } from '../budget/account.ts';
import type { RunChange } from '../messages.ts';
import { LOCAL } from '../theorem/local.ts';
import type { Batches } from './batches.ts';
import { compact } from './compact.ts';
import { type FundsCarried, RunFunds } from './money.ts';
import { openedBy } from './reopen.ts';
import type { Room, Why } from './turn.ts';

const NO_OUTCOMES: OutcomeCounts = { solved: 0, unsolved: 0, conditional: 0, refuted: 0, error: 0 };

/** What a run is given, whatever its kind. */
export type RunBasis = {
  readonly runId: string;
  readonly label: string;
  readonly suite: string;
  readonly total: number;
  readonly plan: AttemptPlan;
  readonly limits: RunLimits;
  readonly guard: Guard;
  /** US dollars that a request may cost at most. Absent: not known. */
  readonly requestUsd?: number | undefined;
};

/** What goes on into the next execution when a history has become long. */
export type Carried = {
  readonly limits: RunLimits;
  readonly plan: AttemptPlan;
  readonly paused: boolean;
  readonly funds: FundsCarried;
  readonly startedAt: number;
  /** Of the lanes that are tuned. */
  readonly tuning?: Held;
  readonly outcomes: OutcomeCounts;
  readonly changes: number;
};

export type InFlight = {
  readonly theorem: Pick<Theorem, 'id' | 'name'>;
  readonly workflowId: string;
  /** Tells the theorem's workflow of a pause or another budget. */
  readonly tell: (change: RunChange) => Promise<void>;
};

/** Results that the query answers with; all are in the store. */
const RECENT = 20;

/** A theorem that begins has something to do before it asks a model. */
const worksUnpaid = ({ provers, race }: AttemptPlan): boolean =>
  race === true ? provers.includes(LOCAL) : provers[0] === LOCAL;

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
  readonly outcomes: Record<Outcome, number>;
  /** How often limits were changed. */
  changes: number;
  /** The last ones, shortened. */
  readonly #recent: TheoremResult[] = [];
  /** Has theorems that ended at a limit come again; returns how many of each outcome. Only where a run can. */
  reopen: (opens: (why: Why) => boolean) => Partial<OutcomeCounts> = () => ({});

  constructor(
    basis: RunBasis,
    carried?: Carried,
    { outcomes = {}, spent = NOTHING }: { outcomes?: Partial<OutcomeCounts>; spent?: Amount } = {},
  ) {
    this.basis = basis;
    this.plan = carried?.plan ?? basis.plan;
    this.limits = carried?.limits ?? basis.limits;
    this.paused = carried?.paused ?? false;
    this.tuning = carried?.tuning ?? null;
    this.funds = new RunFunds(
      carried?.funds ?? {
        ...{ spent, money: {}, tokens: {} },
        need: { usd: basis.requestUsd ?? null, tokens: null },
      },
    );
    this.startedAt = carried?.startedAt ?? Date.now();
    this.changes = carried?.changes ?? 0;
    this.outcomes = { ...NO_OUTCOMES, ...outcomes, ...carried?.outcomes };
  }

  done(result: TheoremResult): void {
    this.outcomes[result.outcome] += 1;
    this.#recent.push(compact(result));
    if (this.#recent.length > RECENT) this.#recent.shift();
  }

  /** Changes limits of the run or of its theorems; what they had stopped goes on. */
  change({ limits = {}, budget = {} }: { limits?: Partial<RunLimits>; budget?: Partial<Budget> }): void {
    const before = { budget: this.plan.budget, limits: this.limits };
    this.changes += 1;
    this.limits = { ...this.limits, ...limits };
    this.plan = { ...this.plan, budget: { ...this.plan.budget, ...budget } };
    const opened = this.reopen(openedBy(before, { budget: this.plan.budget, limits: this.limits }));
    this.outcomes.unsolved -= opened.unsolved ?? 0;
    this.outcomes.solved -= opened.solved ?? 0;
  }

  /** Whether a theorem that ended with this budget would go on under the present one. */
  opensFor(why: Why, budget: Budget | undefined): boolean {
    const { limits, plan } = this;
    return budget !== undefined && openedBy({ budget, limits }, { budget: plan.budget, limits })(why);
  }

  /** When the time of the run is up, milliseconds since the epoch; null = never. */
  get deadline(): number | null {
    const { wallMs = null } = this.limits;
    return wallMs === null ? null : this.startedAt + wallMs;
  }

  /** What decides how many theorems may be at work. */
  get room(): Room {
    const { limits, paused, funds, plan } = this;
    return {
      ...{ lanes: limits.lanes, paused, funded: funds.isLeft(limits), free: funds.free(limits) },
      begins: worksUnpaid(plan) || !funds.isAwaited(limits),
    };
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
      outcomes: this.outcomes,
      recent: this.#recent,
      limits: this.limits,
      spentUsd: this.funds.spent.usd,
    };
  }

  carry(): Carried {
    const { limits, plan, paused, startedAt, outcomes, changes, tuning } = this;
    return {
      ...{ limits, plan, paused, startedAt, outcomes, changes },
      funds: this.funds.carry(),
      ...(tuning !== null && { tuning }),
    };
  }

  /** A test's own limit goes before the server's advice, because that comes after thousands of events. */
  historyIsLong(limit: number | undefined): boolean {
    const info = workflowInfo();
    return info.continueAsNewSuggested || (limit !== undefined && info.historyLength >= limit);
  }
}
