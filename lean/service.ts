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
  /** Warm verdict: may run in an instance that has run other submissions. */
  screen(job: LeanJob, submission: Submission, call?: LeanCall): Promise<Verdict>;
  /** The same in an instance that has run no other submission (`assurance.fresh`). */
  judge(job: LeanJob, submission: Submission, call?: LeanCall): Promise<Verdict>;
  /** Tries candidates in order on one slot until one is accepted (it is then the last of the list). */
  firstAccepted(job: LeanJob, candidates: readonly Submission[], call?: LeanCall): Promise<readonly Tried[]>;
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
