import type { GenerateContentConfig, GoogleGenAI, InlinedRequest } from '@google/genai';
import type { BatchAnswers, BatchItem, BatchJobs, BatchLook } from '../../batch.ts';
import { ModelFault } from '../../fault.ts';
import { BATCH_PRICE_FACTOR } from '../../prices.ts';
import type { PromptSpec, RawAnswer } from '../../prover.ts';
import { downloadResponses, uploadRequests } from './file.ts';
import { inlinedResponses, outcomeOf } from './outcome.ts';

export type BatchParts = {
  readonly model: string;
  readonly timeoutMs: number;
  connect(): Promise<GoogleGenAI>;
  config(prompt: PromptSpec): GenerateContentConfig;
  /** Reads a response at the price of a batch. */
  answer(item: BatchItem, response: unknown): RawAnswer;
  /** Whatever the SDK threw as a fault. */
  fault(error: unknown): Error;
  /** More bytes than this go as a file. Absent: what the API takes. */
  readonly inlineBytes?: number;
};

/** The Developer API takes 20 MB of inlined requests a job; this leaves room for JSON around the texts. Above it goes a file. */
const INLINE_BYTES = 15_000_000;
/** A file may have 2 GB; this is what one activity makes in memory. */
const MAX_BYTES = 100_000_000;
/** Newest jobs that are looked through for a display name. */
const LOOK_THROUGH = 500;
/** Longer than any request: creating a job sends megabytes. */
const CREATE_MS = 300_000;

const bytesOf = ({ id, prompt }: BatchItem): number =>
  Buffer.byteLength(prompt.system) + Buffer.byteLength(prompt.user) + Buffer.byteLength(id) + 1_000;

/** Batch jobs of the Gemini Developer API: inlined requests with their ids as metadata, or a file of lines with them as keys. */
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
    bytesOf,

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
        const bytes = items.reduce((sum, item) => sum + bytesOf(item), 0);
        const sending = options(signal, CREATE_MS);
        const src =
          bytes > (parts.inlineBytes ?? INLINE_BYTES)
            ? { fileName: await uploadRequests(ai, displayName, items, parts.config, sending) }
            : items.map(
                ({ id, prompt }): InlinedRequest => ({
                  contents: [{ role: 'user', parts: [{ text: prompt.user }] }],
                  config: parts.config(prompt),
                  metadata: { id },
                }),
              );
        const job = await ai.batches.create({
          model: parts.model,
          src,
          config: { displayName, ...sending },
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
        const fileName = job.dest?.fileName;
        const responses =
          fileName === undefined
            ? inlinedResponses(job)
            : await downloadResponses(ai, fileName, options(signal, CREATE_MS));
        return outcomeOf(job, responses, items, parts.answer);
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
