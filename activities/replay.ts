import { type ModelAnswer, modelAnswerSchema } from '../src/model/index.ts';
import type { Store } from '../src/store/store.ts';
import { textRef } from './bounds.ts';
import type { Prepared } from './request.ts';

/** Leases end by themselves; this one is only a way to read, and given back at once where there is nothing. */
const LEASE_MS = 1_000;

/** The stored answer to a request, or a value that says that there is none. Nothing is sent, nothing is stored. */
export const replayed = async (
  store: Store,
  { prover, prompt, request }: Prepared,
  keys: readonly string[],
  owner: string,
  signal: AbortSignal,
): Promise<ModelAnswer> => {
  for (const key of new Set(keys)) {
    if (!(await store.hasResponse(key))) continue;
    const lease = await store.leaseResponse(key, owner, LEASE_MS);
    if (lease.status === 'ready')
      return { ...modelAnswerSchema.parse(JSON.parse(lease.value)), cached: true, ms: 0 };
    if (lease.status === 'mine') await store.releaseLease(key, owner);
  }
  const { answerText, ...missing } = await prover.ask(prompt, request, { signal });
  return {
    ...missing,
    prompt: await textRef(store, `${prompt.system}\n\n${prompt.user}`),
    answer: await textRef(store, answerText),
    cached: true,
  };
};
