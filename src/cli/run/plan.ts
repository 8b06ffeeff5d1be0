import type { Config } from '../../config/config.ts';
import type { AttemptPlan, RunLimits } from '../../model/index.ts';

/** Names of the provers that ask a model, which costs money. */
export const modelProvers = (config: Config): string[] =>
  config.provers.use.filter((name) => config.provers.profiles[name]?.kind !== 'local');

/** How each theorem is attempted, as the configuration says. */
export const planOf = (config: Config, cache: boolean): AttemptPlan => ({
  provers: config.provers.use,
  budget: {
    rounds: config.run.maxRounds,
    samples: config.run.samples,
    maxSamples: config.run.maxSamples,
    tokens: config.run.maxTokens,
    costUsd: config.run.theoremMaxCostUsd,
    wallMs: config.run.timeoutMs,
  },
  lean: { wallMs: config.lean.wallMs, heartbeats: config.lean.heartbeats },
  cache,
  onModelFailure: config.run.onModelFailure,
  ...(config.run.batch && {
    batch: {
      pollMs: config.run.batchPollMs,
      waitMs: config.run.batchWaitMs,
      lingerMs: config.run.batchLingerMs,
    },
  }),
  refute: config.run.refute,
  prompt: config.run.prompt,
  seed: config.run.seed,
  lemmas: config.run.lemmas,
});

/** Limits of the whole run. Where no model is asked there is nothing to limit in money. */
export const limitsOf = (config: Config): RunLimits => ({
  lanes: config.run.lanes,
  costUsd: modelProvers(config).length === 0 ? null : config.run.maxCostUsd,
  tokens: config.run.runMaxTokens,
  wallMs: config.run.runTimeoutMs,
});
