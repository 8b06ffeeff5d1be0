import type { GenerateRequest, PromptSpec, RawAnswer } from './prover.ts';

/** One request of a job; `id` comes back with its answer. */
export type BatchItem = {
  readonly id: string;
  readonly prompt: PromptSpec;
  readonly request: GenerateRequest;
};

export type BatchLook =
  | { readonly state: 'working'; readonly detail: string }
  /** At its end, whatever that is: some or all answers may be there. */
  | { readonly state: 'ended'; readonly detail: string };

export type BatchAnswers = {
  readonly answers: ReadonlyMap<string, RawAnswer>;
  /** What came of the others, in the provider's words. */
  readonly failed: ReadonlyMap<string, string>;
};

/**
 * Jobs of many requests at a lower price, answered within a day. Each method is one exchange with the provider and
 * throws `ModelFault`. A job has a display name, so that one whose creation was interrupted is found again.
 */
export interface BatchJobs {
  /** Part of the list price that is billed. */
  readonly priceFactor: number;
  /** Bytes that the requests of one job may have. */
  readonly maxBytes: number;
  bytesOf(item: BatchItem): number;
  find(displayName: string, signal: AbortSignal): Promise<string | null>;
  create(displayName: string, items: readonly BatchItem[], signal: AbortSignal): Promise<string>;
  look(name: string, signal: AbortSignal): Promise<BatchLook>;
  collect(name: string, items: readonly BatchItem[], signal: AbortSignal): Promise<BatchAnswers>;
  cancel(name: string, signal: AbortSignal): Promise<void>;
}
