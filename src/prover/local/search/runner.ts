import type { ExploredGoal, ProofExplorer, ProofStep } from '../../../../lean/service.ts';

export type SearchLimits = {
  /** Heartbeats of all steps together, in thousands: decides, so that the result does not depend on the machine. */
  readonly heartbeats: number;
  /** Of the whole search; an outer limit. */
  readonly wallMs: number;
};

/** Of the clock, for one step, and as a share of the whole where that is patient: what takes longer hangs. */
const STEP_MS = 3_000;
const STEP_SHARE = 0.25;
/** Of the clock, for a step that may have to make an index of the library first. */
const PATIENT_MS = 8_000;
/** What a step that hung or ended Lean is charged, in thousands of heartbeats. */
const HUNG = 2_000;
/** What looking for lemmas is charged, since Lean counts nothing for it. */
const LOOK_UP = 400;
const MOST_LEMMAS = 32;

/** Runs tactics within the limits of one search, and counts what they take. */
export class Runner {
  readonly #explorer: ProofExplorer;
  readonly #signal: AbortSignal | undefined;
  readonly #ends: number;
  readonly #stepMs: number;
  #steps = 0;
  #used = 0;
  #hung = false;
  #lemmas: readonly string[] | null = null;

  constructor(explorer: ProofExplorer, limits: SearchLimits, signal?: AbortSignal) {
    this.#explorer = explorer;
    this.#signal = signal;
    this.#ends = performance.now() + limits.wallMs;
    this.#stepMs = Math.max(STEP_MS, STEP_SHARE * limits.wallMs);
  }

  /** Tactics run so far. */
  get steps(): number {
    return this.#steps;
  }
  /** Heartbeats used so far, in thousands. */
  get used(): number {
    return this.#used;
  }
  /** The clock has run out. */
  get late(): boolean {
    return performance.now() >= this.#ends;
  }
  /** The clock had a part in how it ended, so that another machine may find another end. */
  get hitClock(): boolean {
    return this.#hung || this.late;
  }

  /** Theorems of the library that may help; they are looked for once, at a price that is always the same. */
  async lemmas(): Promise<readonly string[]> {
    this.#signal?.throwIfAborted();
    this.#lemmas ??= ((await this.#explorer.relevant?.(MOST_LEMMAS)) ?? []).filter(isUsable);
    this.#used += LOOK_UP;
    return this.#lemmas;
  }

  /** Runs a tactic within the limits of the search. */
  async run(goal: ExploredGoal, tactic: string, heartbeats: number, patient = false): Promise<ProofStep> {
    this.#signal?.throwIfAborted();
    const most = patient ? Math.max(PATIENT_MS, this.#stepMs) : this.#stepMs;
    const wallMs = Math.max(50, Math.min(most, this.#ends - performance.now()));
    const step = await this.#explorer.run(goal, asOne(tactic), { heartbeats, wallMs });
    this.#steps += 1;
    this.#used += 'used' in step ? step.used : HUNG;
    this.#hung ||= step.status === 'timeout' || step.status === 'crashed';
    return step;
  }
}

/** Of data; not of equality as such, nor what Lean makes for a type by itself. */
const isUsable = (lemma: string): boolean =>
  /^(Nat|Int|Rat|List|Array|Option|Bool|Prod|Fin|BitVec|Char|String)\./.test(lemma) &&
  !/(congr|brecOn|sizeOf|noConfusion|\.eq_\d+|injEq|\.rec)/.test(lemma);

/** Several lines are one tactic in brackets. */
const asOne = (tactic: string): string => (tactic.includes('\n') ? `(\n${tactic}\n)` : tactic);
