import { brief } from './alive.ts';
import type { MainActivities } from './api.ts';
import { prepare, type RequestDeps } from './request.ts';

/** What a request may take at most, before anything is sent. */
export const quoteActivities = (deps: RequestDeps): Pick<MainActivities, 'quote'> => ({
  quote: (input) =>
    brief(async () => {
      const { prover, prompt, key } = await prepare(deps, input);
      return {
        usd: prover.upperBoundUsd(prompt),
        tokens: prover.upperBoundTokens(prompt),
        stored: await deps.store.hasResponse(key),
      };
    }),
});
