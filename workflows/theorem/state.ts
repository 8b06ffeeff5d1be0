import { condition, workflowInfo } from '@temporalio/workflow';
import type { FoundBefore } from '../../activities/api.ts';
import type {
  Accepted,
  Allowance,
  Asked,
  Attempt,
  Budget,
  Ledger,
  Lemma,
  ProveTheoremInput,
  TheoremProgress,
  TheoremResult,
  Verdict,
} from '../../src/model/index.ts';
import { Account, type Amount, type Caps, NOTHING } from '../budget/account.ts';
import type { BatchEnd } from '../messages.ts';
import { newest, type TheoremCarried } from './carried.ts';
import { EMPTY_LEDGER } from './ledger.ts';
import { type Position, START } from './position.ts';
import { capsOf } from './prover-budget.ts';
import { Refused } from './refused.ts';
import type { RoundPlan } from './round-plan.ts';
import type { StageEnd } from './stage.ts';

/** What a proof that was found amounts to. */
export type Found = Omit<FoundBefore, 'verdict'> & {
  readonly verdict: Accepted | Extract<Verdict, { status: 'conditional' }>;
};

/** All that a theorem's workflow knows; the stages read and change it. `carry` is all that outlives its history. */
export class TheoremState {
  readonly input: ProveTheoremInput;
  readonly startedAt: number;
  budget: Budget;
  /** What the run has set aside for this theorem. */
  allowance: Allowance;
  runDeadline: number | null;
  /** By an update to this theorem, or by its run. */
  paused: boolean;
  runPaused: boolean;
  phase: TheoremProgress['phase'] = 'queued';
  round: number;
  attempts: number;
  /** Samples begun, of all provers. */
  begun: number;
  /** Models, versions and prompts that answered, each once. */
  asked: readonly Asked[];
  ledger: Ledger;
  notes: string[];
  /** Steps of a sketch that are at work, by workflow id: tells one of a pause. */
  readonly steps = new Map<string, (paused: boolean) => Promise<void>>();
  lastVerdict: Verdict | null;
  /** Samples of the model stages, kept for their feedback; the newest ones. */
  samples: Attempt[];
  /** What the models are told of; null: not looked up in this execution. */
  lemmas: readonly Lemma[] | null = null;
  readonly refused: Refused;
  /** Of an earlier turn in this run: samples that were asked and judged (`sampleKey`), and what it had bought. */
  doneBefore: ReadonlySet<string>;
  boughtBefore: Amount;
  /** It came to the end of its rounds then, so what follows them was done. */
  searchedBefore: boolean;
  /** Its proof of an earlier turn, where more samples are judged all the same; null: none. */
  foundBefore: FoundBefore | null;
  /** Where each prover stands. */
  readonly positions: Map<string, Position>;
  /** How stages ended that came to their end in an earlier execution. */
  readonly ended: Map<string, StageEnd>;
  /** Money and tokens of the theorem, below those of its run. */
  readonly account: Account;
  readonly #ofRun: Account;
  readonly #ofProvers = new Map<string, Account>();
  readonly #historyLimit: number | undefined;
  /** What became of requests in a batch job; each is taken by who asked. */
  readonly batchEnds = new Map<string, BatchEnd>();
  /** What the samples of a round do and how they ask, by prover and round. */
  readonly roundPlans = new Map<string, Promise<RoundPlan>>();
  /** What a request may have taken that found too little of the run's; null: none was refused for that. */
  lacked: Caps | null = null;
  result: TheoremResult | null = null;

  constructor(input: ProveTheoremInput, now: number, carried?: TheoremCarried, historyLimit?: number) {
    this.input = input;
    this.startedAt = carried?.startedAt ?? now;
    this.budget = carried?.budget ?? input.plan.budget;
    this.allowance = carried?.allowance ?? input.allowance ?? { costUsd: null, tokens: null };
    this.runDeadline = carried?.runDeadline ?? input.runDeadline ?? null;
    this.paused = carried?.paused ?? false;
    this.runPaused = carried?.runPaused ?? false;
    this.round = carried?.round ?? 0;
    this.attempts = carried?.attempts ?? 0;
    this.begun = carried?.begun ?? 0;
    this.asked = carried?.asked ?? [];
    this.ledger = carried?.ledger ?? EMPTY_LEDGER;
    this.notes = [...(carried?.notes ?? [])];
    this.lastVerdict = carried?.lastVerdict ?? null;
    this.samples = [...(carried?.samples ?? [])];
    this.doneBefore = new Set(carried?.doneBefore);
    this.boughtBefore = carried?.boughtBefore ?? NOTHING;
    this.searchedBefore = carried?.searchedBefore ?? false;
    this.foundBefore = carried?.foundBefore ?? null;
    this.refused = new Refused(carried?.refused);
    this.positions = new Map(Object.entries(carried?.positions ?? {}));
    this.ended = new Map(Object.entries(carried?.ended ?? {}));
    this.#historyLimit = historyLimit;
    this.#ofRun = new Account(
      'run',
      () => ({ usd: this.allowance.costUsd, tokens: this.allowance.tokens }),
      null,
      carried?.spent.run ?? NOTHING,
    );
    this.account = new Account(
      'theorem',
      () => ({ usd: this.budget.costUsd, tokens: this.budget.tokens }),
      this.#ofRun,
      carried?.spent.theorem ?? NOTHING,
    );
    for (const [prover, spent] of Object.entries(carried?.spent.provers ?? {})) this.accountOf(prover, spent);
  }

  /** Money and tokens of one prover on this theorem, below those of the theorem. */
  accountOf(prover: string, spent: Amount = NOTHING): Account {
    const known = this.#ofProvers.get(prover);
    if (known !== undefined) return known;
    const made = new Account('prover', () => capsOf(this, prover), this.account, spent);
    this.#ofProvers.set(prover, made);
    return made;
  }

  lacks({ usd, tokens }: Caps): void {
    this.lacked = { usd: usd ?? this.lacked?.usd ?? null, tokens: tokens ?? this.lacked?.tokens ?? null };
  }

  positionOf(prover: string): Position {
    const position = this.positions.get(prover) ?? { ...START };
    this.positions.set(prover, position);
    return position;
  }

  get isPaused(): boolean {
    return this.paused || this.runPaused;
  }

  /** Hands the present state of pause on to the steps at work. One that has just ended need not be told. */
  tellSteps(): void {
    for (const tell of this.steps.values()) tell(this.isPaused).catch(() => {});
  }

  /** Waits while the theorem is paused; call it before each piece of new work. */
  async gate(): Promise<void> {
    if (this.isPaused) await condition(() => !this.isPaused);
  }

  /** A test's own limit goes before the server's advice, because that comes after thousands of events. */
  get historyIsLong(): boolean {
    const info = workflowInfo();
    const limit = this.#historyLimit;
    return info.continueAsNewSuggested || (limit !== undefined && info.historyLength >= limit);
  }

  /** Call it when nothing is under way. */
  carry(): TheoremCarried {
    const { startedAt, budget, allowance, runDeadline, paused, runPaused, round, attempts, begun } = this;
    const { asked, ledger, notes, lastVerdict } = this;
    return {
      ...{ startedAt, budget, allowance, runDeadline, paused, runPaused, round, attempts, begun },
      ...{ asked, ledger, notes, lastVerdict },
      samples: newest(this.samples),
      ...(this.doneBefore.size > 0 && { doneBefore: [...this.doneBefore] }),
      ...(this.input.resumed === true && {
        boughtBefore: this.boughtBefore,
        searchedBefore: this.searchedBefore,
        ...(this.foundBefore !== null && { foundBefore: this.foundBefore }),
      }),
      refused: this.refused.carry(),
      positions: Object.fromEntries(this.positions),
      ended: Object.fromEntries(this.ended),
      spent: {
        run: this.#ofRun.spent,
        theorem: this.account.spent,
        provers: Object.fromEntries([...this.#ofProvers].map(([name, { spent }]) => [name, spent])),
      },
    };
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
