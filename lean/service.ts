import type {
  Challenge,
  Diagnostic,
  LeanOptions,
  Position,
  ScoredLemma,
  Submission,
  UnknownName,
  Verdict,
} from '../src/model/index.ts';
import type { FileRequest } from './backend.ts';
import type { InfoTreeJson, InfoTreeMode } from './embedded/repl/protocol.ts';

/** Which Lean judges: part of every verdict key. */
export type LeanIdentity = {
  /** e.g. `embedded` or the profile's name. */
  readonly backend: string;
  /** e.g. `4.28.0`. */
  readonly version: string;
  /** Hash over what decides a verdict on the Lean side: the wasm and library, or command and its version answer. */
  readonly buildHash: string;
  /** What the sandbox really is on this machine, e.g. `permission model + network namespace`. */
  readonly sandbox: string;
};

export type LeanJob = { readonly challenge: Challenge; readonly options: LeanOptions };
export type LeanCall = {
  readonly signal?: AbortSignal | undefined;
  /** Called when an instance starts on the job (queue time is over). */
  readonly onStart?: (() => void) | undefined;
};

export type ElaborateAnswer = {
  /** Positions are those of the whole text. */
  readonly messages: readonly Diagnostic[];
  readonly sorries: readonly { readonly line: number; readonly column: number; readonly goal: string }[];
  readonly ms: number;
} & (
  | { readonly status: 'ok' }
  | Extract<Verdict, { status: 'badHeader' | 'timeout' | 'crashed' | 'exhausted' }>
);

/** A whole file of somebody who is not trusted. */
export type SnippetRequest = {
  readonly text: string;
  readonly options: LeanOptions;
  /** Which information trees to answer; null = none. */
  readonly infotree: InfoTreeMode | null;
};

/** Positions are those of the whole text, as in the REPL. */
export type SnippetSorry = { readonly pos: Position; readonly endPos: Position; readonly goal: string };

export type SnippetAnswer = { readonly ms: number } & (
  | {
      readonly status: 'done';
      /** Lean's, and an error of ours where the file is not as honest as they say. */
      readonly messages: readonly Diagnostic[];
      readonly sorries: readonly SnippetSorry[];
      /** As the REPL answers them; none where the backend is not asked, or has none. */
      readonly infotree: readonly InfoTreeJson[];
      readonly ran: SnippetRun;
    }
  | Extract<Verdict, { status: 'badHeader' | 'timeout' | 'crashed' }>
);

/** What a snippet took; null = not known. */
export type SnippetRun = {
  /** Of the process it ran in. */
  readonly pid: number;
  readonly cpuMs: number | null;
  readonly memoryBytes: number | null;
};

export type RelevantOptions = {
  /** The most that are answered. */
  readonly limit: number;
  /** Only names that hold this text, upper and lower case alike; theorems that have nothing in common with the goal too. */
  readonly name?: string | undefined;
};

/** A goal of a proof search, as Lean prints it: `case`, hypotheses, `⊢ target`. Known by its identity. */
export type ExploredGoal = { readonly text: string };

export type StepLimits = {
  /** Lean's own, in thousands: the same everywhere. */
  readonly heartbeats: number;
  readonly wallMs: number;
};

/** What came of a tactic on one goal. `used`: heartbeats, in thousands; no goals: it closes the goal. */
export type ProofStep = { readonly ms: number } & (
  | {
      readonly status: 'goals';
      readonly goals: readonly ExploredGoal[];
      readonly used: number;
      /** What the tactic said without failing, e.g. `Try this: …`. */
      readonly said: readonly string[];
    }
  | { readonly status: 'failed'; readonly error: string; readonly used: number }
  | { readonly status: 'timeout' }
  | { readonly status: 'crashed'; readonly detail: string }
);

/**
 * Proof states of one theorem. Nothing that comes of it is a proof before `judge` has said so: it screens steps, not proofs.
 * A step that ends Lean costs only itself: the goals are reached again in another instance.
 */
export interface ProofExplorer {
  /** The theorem itself; a text says why there is none. */
  open(): Promise<ExploredGoal | string>;
  run(goal: ExploredGoal, tactic: string, limits: StepLimits): Promise<ProofStep>;
  /** Names of theorems of header and context that may help with the theorem, the best first. Absent where nobody can say. */
  relevant?(limit: number): Promise<readonly string[]>;
}

export type Tried = { readonly submission: Submission; readonly verdict: Verdict };

export type PoolStatus = {
  readonly slots: number;
  readonly busy: number;
  readonly waiting: number;
  readonly instances: readonly {
    /** Counts the instances that the pool has started: the same number is the same instance. */
    readonly id: number;
    readonly pid: number;
    readonly state: string;
    readonly requests: number;
    readonly headers: number;
  }[];
};

/**
 * The Lean engine as activities see it. A pool stands behind it; a call waits for a free slot.
 * A cancelled call rejects with the signal's reason, after its Lean work has really ended.
 * Crashes: once more in a fresh process, then the verdict `crashed`. Faults of the infrastructure are
 * `ProofloopError` LEAN_*.
 */
export interface LeanService {
  identity(): Promise<LeanIdentity>;
  /**
   * Changes how many instances work at once: more start when they are first needed, fewer are ended as their jobs end.
   * Nobody who waits or works is disturbed.
   */
  resize(slots: number): void;
  /** Warm verdict: may run in an instance that has run other submissions. */
  screen(job: LeanJob, submission: Submission, call?: LeanCall): Promise<Verdict>;
  /** The same in an instance that has run no other submission (`assurance.fresh`). */
  judge(job: LeanJob, submission: Submission, call?: LeanCall): Promise<Verdict>;
  /** Tries candidates in order on one slot until one is accepted (it is then the last of the list). */
  firstAccepted(job: LeanJob, candidates: readonly Submission[], call?: LeanCall): Promise<readonly Tried[]>;
  /**
   * Lends the proof states of a theorem to `work`, on one slot, until that is done. Null, and nothing done, where the
   * backend has no proof states to lend.
   */
  explore<T>(
    job: LeanJob,
    work: (explorer: ProofExplorer) => Promise<T>,
    call?: LeanCall,
  ): Promise<{ readonly found: T } | null>;
  /** Judges a whole file against a trusted one, in an instance that has run no other submission. */
  judgeFile(request: FileRequest, call?: LeanCall): Promise<readonly Verdict[]>;
  /** Elaborates a whole file (header included) without judging it. */
  elaborate(text: string, options: LeanOptions, call?: LeanCall): Promise<ElaborateAnswer>;
  /**
   * Elaborates a whole untrusted file and audits it: what is not an honest proof comes back as an error message.
   * `clean`: in an instance that has run no other submission.
   */
  snippet(request: SnippetRequest, call?: LeanCall & { readonly clean?: boolean }): Promise<SnippetAnswer>;
  /**
   * Theorems of the header and of the context that may help with the statement, the best first. [] when it does not
   * elaborate, its time ran out, or the backend cannot say (a repl has no such request).
   */
  relevant(job: LeanJob, options: RelevantOptions, call?: LeanCall): Promise<readonly ScoredLemma[]>;
  /** For each name existing ones like it, at most `limit`, the nearest first. None where the backend cannot say. */
  nearest(
    job: LeanJob,
    names: readonly string[],
    limit: number,
    call?: LeanCall,
  ): Promise<readonly UnknownName[]>;
  status(): PoolStatus;
  /** Ends all Lean processes; resolves when they are gone. */
  close(): Promise<void>;
}
