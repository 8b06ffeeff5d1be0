import type {
  Challenge,
  LeanOptions,
  ScoredLemma,
  Submission,
  UnknownName,
  Verdict,
} from '../src/model/index.ts';
import type { ProofAnswer, ProofRequest } from './embedded/search/protocol.ts';
import type {
  ElaborateAnswer,
  LeanIdentity,
  LeanJob,
  RelevantOptions,
  SnippetAnswer,
  SnippetRequest,
} from './service.ts';

/**
 * One running Lean (an embedded instance or a native repl process). It takes one request at a time.
 * `options.wallMs` and `signal` are enforced here: first softly where the backend can (the instance lives on),
 * then by ending it (`alive` is false afterwards). A timeout is a verdict; a cancel rejects with the signal's reason.
 * If Lean dies by itself under a request the call rejects with `InstanceDied`; the pool decides what follows.
 */
export interface LeanInstance {
  /** Of the process it lives in. */
  readonly pid: number;
  readonly alive: boolean;
  /** Resolves when it is gone, however that came. */
  readonly ended: Promise<void>;
  /** Submissions elaborated so far, accepted or not; 0 = fit to judge. Warm-up with trusted text does not count. */
  readonly submissions: number;
  /** Requests answered so far. */
  readonly requests: number;
  /** Keys (parseHeader(...).key) of the header environments that are loaded. */
  readonly headers: ReadonlySet<string>;
  /** Bytes that this instance holds, as last measured between requests; absent or null where that is not known. */
  readonly memoryBytes?: number | null;
  check(request: CheckRequest, signal?: AbortSignal): Promise<Verdict>;
  /** One verdict for each target, in their order; faults and limits as with `check`. */
  checkFile(request: FileRequest, signal?: AbortSignal): Promise<readonly Verdict[]>;
  elaborate(text: string, options: LeanOptions, signal?: AbortSignal): Promise<ElaborateAnswer>;
  snippet(request: SnippetRequest, signal?: AbortSignal): Promise<SnippetAnswer>;
  /** As `LeanService.relevant` and `nearest`; absent where the backend cannot say. Trusted text only, so it is no submission. */
  relevant?(job: LeanJob, options: RelevantOptions, signal?: AbortSignal): Promise<readonly ScoredLemma[]>;
  nearest?(
    job: LeanJob,
    names: readonly string[],
    limit: number,
    signal?: AbortSignal,
  ): Promise<readonly UnknownName[]>;
  /**
   * A step of a proof search on states that the instance holds; null when `wallMs` ran out. Absent where the backend has
   * no such thing.
   */
  proof?(request: ProofRequest, wallMs: number, signal?: AbortSignal): Promise<ProofAnswer | null>;
  /** Loads a header environment ahead of need. */
  warm(header: string): Promise<void>;
  /**
   * Makes it as if it had been started just now, with the header loaded; false, and nothing done, where it cannot.
   * Absent where the backend has no such thing.
   */
  reset?(header: string): Promise<boolean>;
  /** Ends it (also in the middle of a request); resolves when it is gone. */
  stop(): Promise<void>;
}

export type CheckRequest = {
  readonly challenge: Challenge;
  readonly submission: Submission;
  readonly options: LeanOptions;
};

/** A whole file against a whole file. Both are given to Lean with `\n` as line end and without byte order mark. */
export type FileRequest = {
  /** Trusted: definitions, and theorems whose proofs are `sorry`. */
  readonly challenge: string;
  /** Untrusted: the same with proofs, whatever else it holds. Positions in verdicts are those of this text. */
  readonly submission: string;
  /** Full names of the theorems that are to be proved; not empty. */
  readonly targets: readonly string[];
  readonly options: LeanOptions;
};

/** Where a new instance may live, and what for. */
export type StartOptions = {
  /** What it will be asked for first: it may begin with that loaded. */
  readonly header?: string;
  /** Ids of processes that it must not share, as far as the backend can avoid that. */
  readonly apartFrom?: ReadonlySet<number>;
};

/** A kind of Lean. `start` rejects with ProofloopError LEAN_START_FAILED. */
export interface LeanBackend {
  identity(): Promise<LeanIdentity>;
  start(options?: StartOptions): Promise<LeanInstance>;
  /** Ends what `start` shares between instances (host processes). */
  close(): Promise<void>;
}

/** Lean ended under a request: signal, trap, out of memory, end of stream. `fault` is for people. */
export class InstanceDied extends Error {
  readonly fault: string;
  /** False when the instance died because its host did, through no deed of this request. */
  readonly own: boolean;

  constructor(fault: string, own: boolean) {
    super(`Lean ended under a request: ${fault}`);
    this.name = 'InstanceDied';
    this.fault = fault;
    this.own = own;
  }
}
