import type { BatchJobs } from '../src/prover/batch.ts';
import { brief } from './alive.ts';
import type { BatchQuote, GenerateInput, MainActivities } from './api.ts';
import { type Prepared, prepare, type RequestDeps } from './request.ts';

/** What a request may take at most, before anything is sent. */
export const quoteActivities = (deps: RequestDeps): Pick<MainActivities, 'quote'> => ({
  quote: (input) =>
    brief(async () => {
      const { batch, ...single } = input;
      const prepared = await prepare(deps, single);
      const { prover, prompt, key } = prepared;
      const jobs = batch === true ? prover.batch : undefined;
      return {
        usd: prover.upperBoundUsd(prompt),
        tokens: prover.upperBoundTokens(prompt),
        stored: await deps.store.hasResponse(key),
        ...(jobs !== undefined && { batch: await batchQuote(deps, single, prepared, jobs) }),
      };
    }),
});

const batchQuote = async (
  { store }: RequestDeps,
  input: GenerateInput,
  { prover, prompt, request }: Prepared,
  jobs: BatchJobs,
): Promise<BatchQuote> => {
  const usd = prover.upperBoundUsd(prompt);
  return {
    sha256: await store.putText(JSON.stringify(input)),
    bytes: jobs.bytesOf({ id: input.askedBy, prompt, request }),
    maxBytes: jobs.maxBytes,
    usd: usd === null ? null : usd * jobs.priceFactor,
  };
};
