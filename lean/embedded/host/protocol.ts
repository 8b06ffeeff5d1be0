import type { Diagnostic, LeanOptions, ScoredLemma, UnknownName, Verdict } from '../../../src/model/index.ts';
import type { CheckRequest, FileRequest } from '../../backend.ts';
import type { LeanJob, RelevantOptions, SnippetRequest } from '../../service.ts';
import type { SnippetOutcome } from '../instance/snippet.ts';
import type { InstanceRequest, ReplAnswer } from '../repl/protocol.ts';
import type { Sorry } from '../runtime/types.ts';
import type { ProofAnswer, ProofRequest } from '../search/protocol.ts';

/** What an instance can be asked. Headers are those of the text, known to exist in the library. */
export type Job =
  | { readonly kind: 'warm'; readonly header: string }
  /** `fresh`: the instance has run no other submission. */
  | { readonly kind: 'check'; readonly request: CheckRequest; readonly fresh: boolean }
  | { readonly kind: 'checkFile'; readonly request: FileRequest; readonly fresh: boolean }
  | { readonly kind: 'elaborate'; readonly text: string; readonly options: LeanOptions }
  | { readonly kind: 'snippet'; readonly snippet: SnippetRequest }
  | { readonly kind: 'relevant'; readonly job: LeanJob; readonly options: RelevantOptions }
  | {
      readonly kind: 'nearest';
      readonly job: LeanJob;
      readonly names: readonly string[];
      readonly limit: number;
    }
  | { readonly kind: 'repl'; readonly request: InstanceRequest }
  /** A step of a proof search. */
  | { readonly kind: 'proof'; readonly request: ProofRequest }
  /** Back to a snapshot, as if the instance had been started from it. */
  | { readonly kind: 'reset'; readonly snapshot: string };

/** `badHeader`: Lean could not import it. `stopped`: a stop was asked for, and nothing is known of the text. */
export type Outcome =
  | { readonly kind: 'warm' }
  | { readonly kind: 'check'; readonly verdict: Verdict }
  | { readonly kind: 'checkFile'; readonly verdicts: readonly Verdict[] }
  | {
      readonly kind: 'elaborate';
      readonly messages: readonly Diagnostic[];
      readonly sorries: readonly Sorry[];
      readonly exhausted: boolean;
    }
  | ({ readonly kind: 'snippet' } & SnippetOutcome)
  | { readonly kind: 'relevant'; readonly lemmas: readonly ScoredLemma[] }
  | { readonly kind: 'nearest'; readonly unknown: readonly UnknownName[] }
  | { readonly kind: 'repl'; readonly answer: ReplAnswer }
  | { readonly kind: 'proof'; readonly answer: ProofAnswer }
  /** `done`: false when the instance cannot go back and is as it was. */
  | { readonly kind: 'reset'; readonly done: boolean }
  | { readonly kind: 'badHeader'; readonly errors: readonly string[] }
  | { readonly kind: 'stopped' };

/** Client to host, over Node's IPC channel. Instances are numbered by the client. */
export type ToHost =
  | {
      readonly type: 'open';
      readonly folder: string;
      /** Of the files that are loaded, by their path below the folder. */
      readonly sha256: Readonly<Record<string, string>>;
      readonly memoryMiB: number;
      /** The snapshot that the first instance will be started from. */
      readonly snapshot: string;
    }
  | { readonly type: 'start'; readonly instance: number; readonly snapshot: string }
  | { readonly type: 'ask'; readonly instance: number; readonly id: number; readonly job: Job }
  | { readonly type: 'stop'; readonly instance: number; readonly id: number }
  | { readonly type: 'end'; readonly instance: number };

/**
 * Host to client. `fault` answers a request that failed while the instance lives on; `refused`: a file is not what it
 * should be, and the host is of no use.
 */
export type FromHost =
  | { readonly type: 'open'; readonly pid: number }
  | { readonly type: 'refused'; readonly detail: string }
  | { readonly type: 'ready'; readonly instance: number }
  | {
      readonly type: 'answer';
      readonly instance: number;
      readonly id: number;
      readonly outcome: Outcome;
      readonly memoryBytes: number;
    }
  | { readonly type: 'fault'; readonly instance: number; readonly id: number; readonly detail: string }
  | { readonly type: 'gone'; readonly instance: number; readonly detail: string };

/** Host to instance (worker thread). */
export type ToInstance = { readonly id: number; readonly job: Job };

/** Instance to host. `begun` comes before the work: where to set the cancel token, a Bool in the shared memory. */
export type FromInstance =
  | { readonly type: 'ready'; readonly memory: WebAssembly.Memory }
  | { readonly type: 'begun'; readonly id: number; readonly token: number }
  | {
      readonly type: 'answer';
      readonly id: number;
      readonly outcome: Outcome;
      readonly memoryBytes: number;
    }
  | { readonly type: 'fault'; readonly id: number; readonly detail: string }
  | { readonly type: 'dead'; readonly detail: string }
  /** A file is not what it should be; the thread does no more. */
  | { readonly type: 'refused'; readonly detail: string };
