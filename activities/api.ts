import type {
  Attempt,
  AttemptPlan,
  Canary,
  Guard,
  LeanOptions,
  ModelAnswer,
  Refutation,
  RunLimits,
  RunState,
  ScheduledSuiteInput,
  Theorem,
  TheoremResult,
  TheoremSource,
  Tokens,
} from '../src/model/index.ts';
import type { Held } from '../src/scheduler/control/hold.ts';
import type {
  AdviseLanesInput,
  BatchJobInput,
  BatchRef,
  ChoosePromptsInput,
  EarlierWork,
  GenerateInput,
  Hints,
  HintsInput,
  Judged,
  LocalInput,
  LookupInput,
  Quote,
  RefuteInput,
  SketchChecked,
  SketchInput,
  TheoremEnd,
  VerifyInput,
} from './data.ts';

export type * from './data.ts';

/** What workflows may ask of the world. Workflows import types only; `createActivities` builds it. */

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
