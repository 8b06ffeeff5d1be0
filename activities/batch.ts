import { z } from 'zod';
import type { ModelAnswer } from '../src/model/index.ts';
import { ProofloopError } from '../src/model/index.ts';
import type { BatchItem, BatchJobs } from '../src/prover/batch.ts';
import { whileAlive } from './alive.ts';
import type { BatchActivities, BatchRef, GenerateInput } from './api.ts';
import { textRef } from './bounds.ts';
import { type Prepared, prepare, type RequestDeps } from './request.ts';
import { shareAnswer } from './share.ts';

/** A request of a job as it lies in the store: the input that a single request would have. */
const storedInput = z.custom<GenerateInput>((value) => typeof value === 'object' && value !== null);

/** Activities that keep a batch job, on the queue `proofloop-llm`. Throws PROVER_UNKNOWN, STORE_UNUSABLE. */
export const batchActivities = (deps: RequestDeps): BatchActivities => {
  const jobsOf = (name: string): BatchJobs => {
    const jobs = deps.provers.get(name)?.batch;
    if (jobs === undefined)
      throw new ProofloopError('PROVER_UNKNOWN', `this worker has no prover '${name}' with batch jobs`);
    return jobs;
  };

  const load = async ({ sha256 }: BatchRef): Promise<{ input: GenerateInput; prepared: Prepared }> => {
    const text = await deps.store.getText(sha256);
    if (text === null)
      throw new ProofloopError('STORE_UNUSABLE', `the store lacks the request ${sha256} of a batch job`);
    const input = storedInput.parse(JSON.parse(text));
    return { input, prepared: await prepare(deps, input) };
  };
  const itemOf = ({ id }: BatchRef, { prompt, request }: Prepared): BatchItem => ({ id, prompt, request });

  return {
    batchCreate: ({ prover, displayName, requests }) =>
      whileAlive(async (signal) => {
        const jobs = jobsOf(prover);
        // A try before this one may have made the job and died before it could say so.
        const made = await jobs.find(displayName, signal);
        if (made !== null) return { name: made, found: true };
        const items: BatchItem[] = [];
        for (const ref of requests) items.push(itemOf(ref, (await load(ref)).prepared));
        return { name: await jobs.create(displayName, items, signal), found: false };
      }),

    batchLook: ({ prover, name }) => whileAlive((signal) => jobsOf(prover).look(name, signal)),

    batchCollect: ({ prover, name, requests }) =>
      whileAlive(async (signal) => {
        const loaded = new Map<string, { input: GenerateInput; prepared: Prepared }>();
        for (const ref of requests) loaded.set(ref.id, await load(ref));
        const items = requests.flatMap((ref) => {
          const one = loaded.get(ref.id);
          return one === undefined ? [] : [itemOf(ref, one.prepared)];
        });
        const { answers, failed } = await jobsOf(prover).collect(name, items, signal);
        for (const [id, { answerText, ...answer }] of answers) {
          const one = loaded.get(id);
          if (one === undefined) continue;
          const { prompt, key } = one.prepared;
          const value: ModelAnswer = {
            ...answer,
            prompt: await textRef(deps.store, `${prompt.system}\n\n${prompt.user}`),
            answer: await textRef(deps.store, answerText),
            cached: false,
            askedBy: one.input.askedBy,
          };
          // Where somebody else's answer came first, this one was bought for nothing, and its request says so.
          await deps.store.putResponse(key, one.input.askedBy, JSON.stringify(value));
          await shareAnswer(deps.store, one.prepared, one.input.askedBy, JSON.stringify(value));
        }
        return {
          answered: [...answers].map(([id, { costUsd, tokens }]) => ({ id, costUsd, tokens })),
          failed: [...failed].map(([id, why]) => ({ id, why: why.slice(0, 300) })),
        };
      }),

    batchCancel: ({ prover, name }) => whileAlive((signal) => jobsOf(prover).cancel(name, signal)),
  };
};
