import type {
  Attempt,
  Load,
  RunEvent,
  RunRecord,
  Submission,
  TheoremResult,
  Verdict,
} from '../model/index.ts';
import type { Trial, TrialCount } from '../prover/prompts/learning/trial.ts';

export type StoreOptions = {
  /** Milliseconds since the epoch; the clock of the machine that holds the store where not given. */
  readonly now?: () => number;
  /** Told of rows that cannot be read; a Node warning where not given. */
  readonly report?: (message: string) => void;
};

export type StoredProof = { readonly submission: Submission; readonly verdict: Verdict; readonly at: number };

export type ResultPage = { readonly results: readonly TheoremResult[]; readonly cursor: number };

/** `json` is of a format that its reader knows, and names; `version` counts from 1 under each name. */
export type StoredPredictor = {
  readonly name: string;
  readonly version: number;
  readonly at: number;
  readonly json: string;
};

/** What a lease says: the value is there, or it is ours to make, or somebody else is at it until `until` (ms epoch). */
export type Lease =
  | { readonly status: 'ready'; readonly value: string }
  | { readonly status: 'mine' }
  | { readonly status: 'busy'; readonly until: number };

export type CacheStats = {
  readonly verdicts: number;
  readonly proofs: number;
  readonly responses: number;
  readonly texts: number;
  readonly runs: number;
  readonly bytes: number;
  readonly hits: number;
  readonly misses: number;
};

/**
 * What outlives a run: verdicts, accepted proofs, model responses, run records, large texts.
 * Keys are made by `src/store/keys.ts`. All methods are safe with several processes on one store.
 * Times are milliseconds since the epoch. Faults are `ProofloopError` STORE_UNUSABLE.
 */
export interface Store {
  /** A UUID made with the store; a run's input names it, so that no worker writes elsewhere. */
  readonly id: string;
  /** `sqlite` serves one machine, `postgres` several. */
  readonly kind: 'sqlite' | 'postgres';
  /** For people: the file, or the address without its password. */
  readonly location: string;

  getVerdict(key: string): Promise<Verdict | null>;
  putVerdict(key: string, verdict: Verdict): Promise<void>;
  getProof(theoremKey: string): Promise<StoredProof | null>;
  putProof(theoremKey: string, proof: StoredProof): Promise<void>;

  /**
   * Asks for the response under `key`; if there is none and nobody holds a live lease, `owner` gets it for `ttlMs`.
   * The same owner asking again (a retried activity) gets `mine` again.
   */
  leaseResponse(key: string, owner: string, ttlMs: number): Promise<Lease>;
  /** Whether the response is there; a look that counts as no use. */
  hasResponse(key: string): Promise<boolean>;
  extendLease(key: string, owner: string, ttlMs: number): Promise<boolean>;
  /** Writes the response and ends the lease; a response that is already there stays. */
  putResponse(key: string, owner: string, value: string): Promise<void>;
  releaseLease(key: string, owner: string): Promise<void>;

  /** Content-addressed large texts; returns the sha256 in hex. */
  putText(text: string): Promise<string>;
  getText(sha256: string): Promise<string | null>;

  putRun(run: RunRecord): Promise<void>;
  getRun(runId: string): Promise<RunRecord | null>;
  /** The record alone, with no results: what costs the same however many theorems a run has. */
  getRunHead(runId: string): Promise<RunRecord | null>;
  /**
   * Up to `limit` results of a run in the order in which they were written, after `cursor` (0 = from the first), and the
   * cursor to go on with. A result that is written again comes again.
   */
  resultsAfter(runId: string, cursor: number, limit: number): Promise<ResultPage>;
  getResult(runId: string, theoremId: string): Promise<TheoremResult | null>;
  /** Newest first. */
  listRuns(limit: number): Promise<readonly RunRecord[]>;
  /** The same, with no results. */
  listRunHeads(limit: number): Promise<readonly RunRecord[]>;
  /** Upsert by (run, theorem). Also updates the run record's results. */
  putResult(runId: string, result: TheoremResult): Promise<void>;
  /** Upsert by (run, theorem, n): a retried activity writes the same attempt twice. */
  putAttempt(runId: string, theoremId: string, attempt: Attempt): Promise<void>;
  listAttempts(runId: string, theoremId: string): Promise<readonly Attempt[]>;
  /** Ids under which the run has attempts, sorted: its theorems and the steps of their sketches. */
  attemptedIds(runId: string): Promise<readonly string[]>;

  /** How often each kind of step was part of a proof that the local prover found, for theorems of a shape. */
  searchExperience(shape: string): Promise<ReadonlyMap<string, number>>;

  /** What an attempt says of its prompt; upsert by (run, theorem, n). Outlives its run. */
  putTrial(
    of: { readonly runId: string; readonly theoremId: string; readonly n: number },
    trial: Trial,
  ): Promise<void>;
  /** All trials but those of one run, counted by variant, model, stage, category and difficulty. */
  trialCounts(except?: string | null): Promise<readonly TrialCount[]>;
  /** Removes the trials of a model, or all (null); returns how many there were. */
  forgetTrials(model: string | null): Promise<number>;

  /** Upsert by (run, at, what, by): a retried activity writes the same event twice. */
  putEvent(runId: string, event: RunEvent): Promise<void>;
  /** In the order of their times. */
  listEvents(runId: string): Promise<readonly RunEvent[]>;
  /** Upsert by (worker, at). */
  putLoad(load: Load): Promise<void>;
  /** Samples that ended after `from` and not after `to`, milliseconds since the epoch, in the order of their times. */
  listLoads(from: number, to: number): Promise<readonly Load[]>;

  /** Keeps what was trained under a name as its next version; only the last few versions stay. Returns the version. */
  putPredictor(name: string, predictor: { readonly at: number; readonly json: string }): Promise<number>;
  latestPredictor(name: string): Promise<StoredPredictor | null>;
  /** The latest of each name, without what was trained. */
  listPredictors(): Promise<readonly Omit<StoredPredictor, 'json'>[]>;

  /** Archive of a finished Temporal history as JSON. */
  putHistory(workflowId: string, json: string): Promise<void>;
  getHistory(workflowId: string): Promise<string | null>;

  stats(): Promise<CacheStats>;
  /** Removes what is older than `before` and not needed by a run that is running or paused; returns rows removed. */
  prune(before: number): Promise<number>;
  /** Removes verdicts, proofs and responses (not runs); what an open run needs stays. Returns rows removed. */
  clear(): Promise<number>;
  close(): Promise<void>;
}
