import type { ProofExplorer } from '../../lean/service.ts';
import type {
  Diagnostic,
  GoalAt,
  Lemma,
  ModelAnswer,
  SearchReport,
  Submission,
  Theorem,
  UnknownName,
} from '../model/index.ts';
import type { BatchJobs } from './batch.ts';

/** A refused attempt that the next prompt may learn from. Diagnostics are positioned in the theorem's full text. */
export type Feedback = {
  readonly submission: Submission;
  readonly diagnostics: readonly Diagnostic[];
  readonly why: string;
  /** Goals at the places of the first errors. */
  readonly openGoals?: readonly GoalAt[];
  /** Names that Lean did not know, with existing ones like them. */
  readonly unknown?: readonly UnknownName[];
  /** How often the same proof came again after it had been refused; Lean was not asked again. */
  readonly repeated?: number;
  /** How many samples of this round before this one repair the same attempt; above 0 another approach is asked for. */
  readonly again?: number;
};

export type GenerateRequest = {
  /** A whole proof, or a sketch: steps with `sorry`, and the proof from them. Absent: a whole proof. */
  readonly kind?: 'proof' | 'sketch';
  readonly theorem: Theorem;
  /** 1-based. */
  readonly round: number;
  /** 0-based within the round. */
  readonly sample: number;
  /** Refused attempts, the newest last; sample 0 repairs the newest, others earlier ones. */
  readonly feedback: readonly Feedback[];
  readonly leanVersion: string;
  /** Name of the prompt variant; absent: the default. */
  readonly variant?: string;
  /** Declarations that may help, the most relevant first. */
  readonly lemmas?: readonly Lemma[];
};

/** Everything that decides a model's answer; part of the response key. */
export type PromptSpec = {
  readonly model: string;
  readonly system: string;
  readonly user: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Variant of our own prompt, e.g. `short/1`. Absent: the prover has a form of its own, and variants change nothing. */
  readonly variant?: string;
};

/**
 * Who proposes proofs by asking a model. `prompt` is pure; `ask` sends exactly one request, no retries, and
 * throws `ModelFault` (src/prover/fault.ts) for what is not an answer. Answers that are empty, cut or blocked
 * are values (`unusable`). Answers are plain data, so they can be stored under the response key.
 */
export interface ModelProver {
  readonly name: string;
  /** The model id that will be asked for. */
  readonly model: string;
  /** Milliseconds after which a request is given up. */
  readonly timeoutMs: number;
  /** Its answers come from the store only: nobody is asked, nothing is paid. */
  readonly storedOnly?: boolean;
  prompt(request: GenerateRequest): PromptSpec;
  ask(
    prompt: PromptSpec,
    request: GenerateRequest,
    options: { readonly signal: AbortSignal },
  ): Promise<RawAnswer>;
  /** US dollars for at most one request of this prompt (output limit at price), null when the price is unknown. */
  upperBoundUsd(prompt: PromptSpec): number | null;
  /** Tokens that one request of this prompt can take at most: prompt and output limit, thoughts included. */
  upperBoundTokens(prompt: PromptSpec): number;
  /** Absent: this provider has no batch jobs. */
  readonly batch?: BatchJobs;
  /** One line per thing that is wrong with credentials or configuration, with the command that mends it; [] = fine as far as can be seen offline. */
  diagnose(): Promise<readonly { readonly ok: boolean; readonly what: string; readonly fix: string }[]>;
}

/** A model's answer before it is cut into texts by the activity. */
export type RawAnswer = Omit<ModelAnswer, 'prompt' | 'answer' | 'cached'> & { readonly answerText: string };

/** What a search by the local prover may take. */
export type LocalLimits = {
  /** Heartbeats of all steps together, in thousands: decides, so that the result does not depend on the machine. */
  readonly heartbeats: number;
  /** Of the whole search, an outer limit. */
  readonly wallMs: number;
};

export type LocalSearchOptions = {
  readonly limits: LocalLimits;
  /** How often each kind of step was part of a proof of a theorem of this shape; empty: the order that is built in. */
  readonly experience: (shape: string) => Promise<ReadonlyMap<string, number>>;
  readonly signal?: AbortSignal | undefined;
};

export type LocalFinding =
  /** The shortest first, all of one search; none is a proof before it was judged. */
  | { readonly status: 'found'; readonly proofs: readonly Submission[]; readonly report: SearchReport }
  /** `exhausted`: by heartbeats or because nothing was left to try, so that it would end like this again. */
  | { readonly status: 'nothing'; readonly exhausted: boolean; readonly report: SearchReport }
  /** The statement has no goal to search: what is wrong with it a check will say. */
  | { readonly status: 'unusable'; readonly why: string };

/** The local prover: no model, no money. */
export interface LocalProver {
  readonly name: 'local';
  /** The most that one candidate may take of Lean's maxHeartbeats; absent: what the run allows. */
  readonly heartbeats?: number;
  /** Pure: proofs to try, cheapest first, where there are no proof states to search (a `command` backend). */
  candidates(theorem: Theorem): readonly Submission[];
  /** Searches over proof states. Absent: only candidates. */
  readonly search?: {
    /** Changes with everything that decides what a search finds. */
    readonly version: string;
    readonly limits: LocalLimits;
    /** False: the order that is built in, whatever was learned. */
    readonly learn: boolean;
    find(theorem: Theorem, explorer: ProofExplorer, options: LocalSearchOptions): Promise<LocalFinding>;
  };
}
