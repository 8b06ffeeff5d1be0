import type { GenerateContentConfig, GoogleGenAI, InlinedRequest } from '@google/genai';
import type { BatchAnswers, BatchItem, BatchJobs, BatchLook } from '../../batch.ts';
import { ModelFault } from '../../fault.ts';
import { BATCH_PRICE_FACTOR } from '../../prices.ts';
import type { PromptSpec, RawAnswer } from '../../prover.ts';
import { outcomeOf } from './outcome.ts';

export type BatchParts = {
  readonly model: string;
  readonly timeoutMs: number;
  connect(): Promise<GoogleGenAI>;
  config(prompt: PromptSpec): GenerateContentConfig;
  /** Reads a response at the price of a batch. */
  answer(item: BatchItem, response: unknown): RawAnswer;
  /** Whatever the SDK threw as a fault. */
  fault(error: unknown): Error;
};

/** The Developer API takes 20 MB of inlined requests a job; this leaves room for JSON around the texts. */
const MAX_BYTES = 15_000_000;
/** Newest jobs that are looked through for a display name. */
const LOOK_THROUGH = 500;
/** Longer than any request: creating a job sends megabytes. */
const CREATE_MS = 300_000;

/** Batch jobs of the Gemini Developer API: inlined requests, each with its id as metadata. */
export const geminiBatch = (parts: BatchParts): BatchJobs => {
  const call = async <T>(signal: AbortSignal, send: (ai: GoogleGenAI) => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    try {
      return await send(await parts.connect());
    } catch (error) {
      signal.throwIfAborted();
      throw parts.fault(error);
    }
  };
  const options = (abortSignal: AbortSignal, timeout = parts.timeoutMs) => ({
    abortSignal,
    httpOptions: { timeout },
  });
  return {
    priceFactor: BATCH_PRICE_FACTOR,
    maxBytes: MAX_BYTES,
    bytesOf: ({ id, prompt }) =>
      Buffer.byteLength(prompt.system) + Buffer.byteLength(prompt.user) + Buffer.byteLength(id) + 1_000,

    find: (displayName, signal) =>
      call(signal, async (ai) => {
        let seen = 0;
        for await (const job of await ai.batches.list({ config: { pageSize: 100, ...options(signal) } })) {
          if (job.displayName === displayName && job.name !== undefined) return job.name;
          seen += 1;
          if (seen >= LOOK_THROUGH) break;
        }
        return null;
      }),

    create: (displayName, items, signal) =>
      call(signal, async (ai) => {
        const src = items.map(
          ({ id, prompt }): InlinedRequest => ({
            contents: [{ role: 'user', parts: [{ text: prompt.user }] }],
            config: parts.config(prompt),
            metadata: { id },
          }),
        );
        const job = await ai.batches.create({
          model: parts.model,
          src,
          config: { displayName, ...options(signal, CREATE_MS) },
        });
        if (job.name === undefined)
          throw new ModelFault('MODEL_BAD_ANSWER', 'Gemini made a batch job without a name.', {
            retryable: true,
          });
        return job.name;
      }),

    look: (name, signal) =>
      call(signal, async (ai): Promise<BatchLook> => {
        const job = await ai.batches.get({ name, config: options(signal) });
        const detail = `${job.state ?? 'JOB_STATE_UNSPECIFIED'}`;
        return { state: ENDED.has(detail) ? 'ended' : 'working', detail };
      }),

    collect: (name, items, signal) =>
      call(signal, async (ai): Promise<BatchAnswers> => {
        const job = await ai.batches.get({ name, config: options(signal, CREATE_MS) });
        return outcomeOf(job, items, parts.answer);
      }),

    cancel: (name, signal) =>
      call(signal, async (ai) => {
        await ai.batches.cancel({ name, config: options(signal) });
      }),
  };
};

const ENDED: ReadonlySet<string> = new Set([
  'JOB_STATE_SUCCEEDED',
  'JOB_STATE_PARTIALLY_SUCCEEDED',
  'JOB_STATE_FAILED',
  'JOB_STATE_CANCELLED',
  'JOB_STATE_EXPIRED',
]);
