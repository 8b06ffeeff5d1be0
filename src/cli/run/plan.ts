import type { Config } from '../../config/config.ts';
import { type AttemptPlan, ProofloopError, type RunLimits } from '../../model/index.ts';
import { asksModel, ownBudgetOf } from '../../prover/index.ts';

/** Names of the provers that ask a model, which costs money. */
export const modelProvers = (config: Config): string[] =>
  config.provers.use.filter((name) => asksModel(config, name));

/** What each prover may use on a theorem, where its profile says so. */
const proverBudgets = (config: Config): Pick<AttemptPlan, 'proverBudgets'> => {
  const own = config.provers.use.flatMap((name) => {
    const budget = ownBudgetOf(config, name);
    return budget === undefined ? [] : [[name, budget] as const];
  });
  return own.length === 0 ? {} : { proverBudgets: Object.fromEntries(own) };
};

/** How each theorem is attempted, as the configuration says. Throws USAGE. */
export const planOf = (config: Config, cache: boolean): AttemptPlan => {
  if (config.run.exhaust === true && config.run.race === true)
    throw new ProofloopError(
      'USAGE',
      '--exhaust asks for all samples, and --race ends them at the first proof',
      {
        fix: 'Leave one of them out; several provers can be measured in runs of their own.',
      },
    );
  return attemptPlan(config, cache);
};

const attemptPlan = (config: Config, cache: boolean): AttemptPlan => ({
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
  ...(config.run.race === true && { race: true }),
  ...(config.run.exhaust === true && { exhaust: true }),
  ...proverBudgets(config),
  refute: config.run.refute,
  prompt: config.run.prompt,
  ...(config.run.seed !== null && { seed: config.run.seed }),
  lemmas: config.run.lemmas,
  ...(config.run.sketches > 0 && { sketch: { count: config.run.sketches, depth: config.run.sketchDepth } }),
});

/** More theorems in work than this are never asked for by tuning: each is a workflow that a worker keeps in memory. */
export const MOST_LANES = 64;

/** Limits of the whole run. Where no model is asked there is nothing to limit in money. */
export const limitsOf = (config: Config): RunLimits => ({
  lanes: config.run.lanes,
  ...(config.run.autoLanes === true && { autoLanes: MOST_LANES }),
  costUsd: modelProvers(config).length === 0 ? null : config.run.maxCostUsd,
  tokens: config.run.runMaxTokens,
  wallMs: config.run.runTimeoutMs,
});
