import type {
  Accepted,
  Attempt,
  Guard,
  LeanOptions,
  Ledger,
  Lemma,
  RefuteEffort,
  Step,
  Submission,
  Theorem,
  TheoremResult,
  Verdict,
} from '../src/model/index.ts';
import type { Stage } from '../src/prover/prompts/learning/trial.ts';
import type { Feedback } from '../src/prover/prover.ts';
import type { Held } from '../src/scheduler/control/hold.ts';

/** What activities take and answer: plain data, which is also what stands in a history. */

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
  runId: string;
  /** null: trials of the run itself count too, so what ended before decides. */
  seed: number | null;
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
/** A proof that was accepted, and whose it was. */
export type FoundBefore = {
  readonly prover: string | null;
  readonly submission: Submission;
  readonly verdict: Accepted;
  readonly cached: boolean;
};

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
  /** A proof that was accepted before; more samples are judged all the same (`exhaust`). Absent: none. */
  readonly found?: FoundBefore;
};

/** How a theorem's workflow stands on the server. `fault` null: it was cancelled. */
export type TheoremEnd =
  | { readonly kind: 'working' }
  | { readonly kind: 'ended'; readonly result: TheoremResult }
  | { readonly kind: 'failed'; readonly fault: { readonly code: string; readonly message: string } | null };
