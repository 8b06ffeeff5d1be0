import type {
  Attempt,
  AttemptPlan,
  Canary,
  Guard,
  LeanOptions,
  Ledger,
  Lemma,
  ModelAnswer,
  Refutation,
  RefuteEffort,
  RunLimits,
  RunState,
  ScheduledSuiteInput,
  Step,
  Submission,
  Theorem,
  TheoremResult,
  TheoremSource,
  Tokens,
  Verdict,
} from '../src/model/index.ts';
import type { Stage } from '../src/prover/prompts/learning/trial.ts';
import type { Feedback } from '../src/prover/prover.ts';
import type { Held } from '../src/scheduler/control/hold.ts';

/** What workflows may ask of the world. Workflows import this type only; `createActivities` builds it. */

export type Judged = {
  readonly submission: Submission;
  readonly verdict: Verdict;
  /** The verdict came from the store. */
  readonly cached: boolean;
  readonly leanMs: number;
  /** Milliseconds spent on looking into the store. */
  readonly cacheMs: number;
};

/** With `cache` false it only checks the guard. */
export type LookupInput = { theorem: Theorem; lean: LeanOptions; guard: Guard; cache: boolean };
export type LocalInput = {
  runId: string;
  theorem: Theorem;
  lean: LeanOptions;
  cache: boolean;
  /** Number of the first attempt; the activity records its attempts itself, because there are many small ones. */
  firstAttempt: number;
};
export type VerifyInput = {
  runId: string;
  theorem: Theorem;
  lean: LeanOptions;
  submission: Submission;
  cache: boolean;
};
export type RefuteInput = {
  theorem: Theorem;
  lean: LeanOptions;
  cache: boolean;
  effort: RefuteEffort;
};
export type HintsInput = {
  theorem: Theorem;
  lean: LeanOptions;
  /** Lemmas at most. */
  limit: number;
  /** Take them from the store, if they were found before. */
  cache: boolean;
};
export type Hints = { readonly lemmas: readonly Lemma[]; readonly leanMs: number };
export type SketchInput = { theorem: Theorem; lean: LeanOptions; cache: boolean; submission: Submission };
/** What became of a sketch. `judged` alone: it is no sketch that can be used (or a whole proof, if it is accepted). */
export type SketchChecked = {
  readonly judged: Judged;
  /** Why it is of no use although it elaborates; null where `judged` says all. */
  readonly why: string | null;
  /** In the order of the gaps; [] = of no use. */
  readonly steps: readonly Step[];
};
export type GenerateInput = {
  runId: string;
  theorem: Theorem;
  prover: string;
  round: number;
  sample: number;
  /** Absent: a whole proof. */
  kind?: 'proof' | 'sketch';
  feedback: readonly Feedback[];
  /** Declarations that may help, the most relevant first. */
  lemmas?: readonly Lemma[];
  cache: boolean;
  /** Name of the prompt variant. Absent: the default. */
  variant?: string;
  /** Who asks: the same for each try of one request, and for nothing else. */
  askedBy: string;
  /** Refuse before sending if the request's upper bound is above these; null = not limited. */
  maxCostUsd: number | null;
  maxTokens: number | null;
};

export type ChoosePromptsInput = {
  theorem: Theorem;
  prover: string;
  round: number;
  /** What each sample of the round does, in their order. */
  stages: readonly Stage[];
  seed: number;
};

/** What a request may take at most: US dollars (null = no price is known), tokens; `stored`: it is answered already. */
export type Quote = {
  readonly usd: number | null;
  readonly tokens: number;
  readonly stored: boolean;
  /** With `batch` asked for and a provider that has batch jobs: what the request takes in one. */
  readonly batch?: BatchQuote;
};

/** The request lies in the store; `usd` is its bound at the price of a batch. */
export type BatchQuote = {
  readonly sha256: string;
  readonly bytes: number;
  readonly maxBytes: number;
  readonly usd: number | null;
};

/** A request of a batch job: its id (`askedBy`) and where its input lies in the store. */
export type BatchRef = { readonly id: string; readonly sha256: string };
export type BatchJobInput = {
  readonly prover: string;
  readonly name: string;
};

/** What a run knows of itself; `state` is what the advice before answered, null = the first. */
export type AdviseLanesInput = {
  runId: string;
  lanes: number;
  most: number;
  inFlight: number;
  left: number;
  /** Provers that ask a model, and whether the local one works before them. */
  models: number;
  leanFirst: boolean;
  state: Held | null;
};

/** What a theorem did before in its run. */
export type EarlierWork = {
  readonly ledger: Ledger;
  /** The number of its last attempt. */
  readonly attempts: number;
  /** Samples that were answered and judged, by `sampleKey`. */
  readonly done: readonly string[];
  /** What each prover took. */
  readonly spent: readonly {
    readonly prover: string;
    readonly usd: number | null;
    readonly tokens: number;
  }[];
  /** The newest attempts of models, for feedback. */
  readonly samples: readonly Attempt[];
  /** The local prover was through. */
  readonly local: boolean;
  /** All rounds were through, and what follows them. */
  readonly searched: boolean;
};

/** How a theorem's workflow stands on the server. `fault` null: it was cancelled. */
export type TheoremEnd =
  | { readonly kind: 'working' }
  | { readonly kind: 'ended'; readonly result: TheoremResult }
  | { readonly kind: 'failed'; readonly fault: { readonly code: string; readonly message: string } | null };

/** Milliseconds each: run as local activities, beside the workflows of queue `proofloop`. */
export interface MainActivities {
  /** Also the guard: throws STORE_MISMATCH or WORKFLOW_VERSION_MISMATCH, not retryable. */
  lookupProof(input: LookupInput): Promise<Judged | null>;
  /** The upper bound of a request. Nothing is sent. */
  quote(input: GenerateInput & { batch?: boolean }): Promise<Quote>;
  /** The prompt variant of each sample of a round, by what won before; null: this prover has a form of its own. */
  choosePrompts(input: ChoosePromptsInput): Promise<readonly (string | null)[]>;
  /** Also counts what the attempt says of its prompt, for theorems of this category and difficulty. */
  recordAttempt(input: {
    runId: string;
    theoremId: string;
    attempt: Attempt;
    category?: string;
    difficulty?: string;
  }): Promise<void>;
  recordResult(input: { runId: string; result: TheoremResult }): Promise<void>;
  /** null: it was never at work. */
  earlierWork(input: { runId: string; theoremId: string }): Promise<EarlierWork | null>;
  /** Asks the server, for theorems that would have told their run of their end. */
  lookAtTheorems(input: {
    workflowIds: readonly string[];
  }): Promise<readonly { readonly workflowId: string; readonly end: TheoremEnd }[]>;
  /** The record itself is written by whoever starts the run; a run without one is left without. */
  recordRunState(input: {
    runId: string;
    state: RunState;
    limits: RunLimits;
    endedAt: number | null;
  }): Promise<void>;
  /** Of a schedule: writes the record of its next run, and says what that run's workers must match. */
  beginRun(input: { runId: string; input: ScheduledSuiteInput; startedAt: number }): Promise<Guard>;
  /** How many theorems the run should have in work, from backlog, load and refusals; a change is recorded with its reason. */
  adviseLanes(input: AdviseLanesInput): Promise<{ readonly lanes: number; readonly state: Held }>;
  loadTheorems(input: {
    source: TheoremSource;
    guard: Guard;
    offset: number;
    limit: number;
  }): Promise<readonly Theorem[]>;
}

/** Queue `proofloop-lean`: as many at once as there are Lean slots. */
export interface LeanActivities {
  /** The local prover's whole portfolio on one slot; the accepted one, if any, is judged fresh and is the last. */
  proveLocally(input: LocalInput): Promise<readonly Judged[]>;
  /** Judges a false statement with typical cheats and a true one, and writes what came of it into the run's record. */
  canary(input: { runId: string; header: string; lean: LeanOptions }): Promise<Canary>;
  /** Looks for a proof of the negation; what it finds is judged as strictly as a proof. */
  refute(input: RefuteInput): Promise<{ readonly refutation: Refutation | null; readonly leanMs: number }>;
  /** What library and context have for a theorem; asked once, before the first model request. */
  hints(input: HintsInput): Promise<Hints>;
  /** Does a sketch elaborate, and what are its steps as theorems of their own? */
  checkSketch(input: SketchInput): Promise<SketchChecked>;
  /** Screens, and judges in a fresh instance what the screen accepts; stores the verdict before it returns. */
  verify(input: VerifyInput): Promise<Judged>;
}

/** ApplicationFailure type of `generate` when the request's upper bound is above `maxCostUsd` or `maxTokens`; details = [US dollars, { usd, tokens }]. */
export const OVER_BUDGET = 'OVER_BUDGET';

/** Queue `proofloop-llm`. Throws ApplicationFailure made by `src/prover/fault.ts`. */
export interface LlmActivities {
  generate(input: GenerateInput): Promise<ModelAnswer>;
}

/** Batch jobs, on the queue `proofloop-llm` too. */
export interface BatchActivities {
  /** Makes the job, or finds the one that an earlier try made. */
  batchCreate(input: {
    prover: string;
    displayName: string;
    requests: readonly BatchRef[];
  }): Promise<{ name: string; found: boolean }>;
  batchLook(input: BatchJobInput): Promise<{ state: 'working' | 'ended'; detail: string }>;
  /** Writes the answers into the store, where the single requests find them; says what each took, or why there is none. */
  batchCollect(input: BatchJobInput & { requests: readonly BatchRef[] }): Promise<{
    answered: readonly { id: string; costUsd: number | null; tokens: Tokens | null }[];
    failed: readonly { id: string; why: string }[];
  }>;
  batchCancel(input: BatchJobInput): Promise<void>;
}

export type Activities = MainActivities & LeanActivities & LlmActivities & BatchActivities;
export type { AttemptPlan };
