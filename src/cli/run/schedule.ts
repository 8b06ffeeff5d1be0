import type { Config } from '../../config/config.ts';
import { ProofloopError, type RunLimits, type Theorem } from '../../model/index.ts';
import { loadPredictor, proverOf } from '../../predictor/index.ts';
import type { Job } from '../../scheduler/job.ts';
import { type Plan, planRun } from '../../scheduler/plan.ts';
import type { Store } from '../../store/store.ts';
import type { RunMeaning } from '../../temporal/ids.ts';
import { duration } from '../../words/units.ts';
import { limitsOf, planOf } from './plan.ts';

export type TheoremJob = Job & { readonly theorem: Theorem };
export type Schedule = Plan<TheoremJob>;

/** Which theorems a run of a suite takes and in which order, by what the store's records let expect of them. */
export const scheduleOf = async (
  store: Store,
  config: Config,
  theorems: readonly Theorem[],
): Promise<Schedule> => {
  const plan = planOf(config, true);
  const predict = await loadPredictor(store, proverOf(plan), plan);
  const jobs = theorems.map(
    (theorem): TheoremJob => ({
      id: theorem.id,
      header: theorem.header,
      difficulty: theorem.difficulty ?? null,
      prediction: predict?.(theorem) ?? null,
      theorem,
    }),
  );
  const { lanes, costUsd } = limitsOf(config);
  return planRun(jobs, {
    ...{ lanes, order: config.run.order, withinMs: config.run.withinMs },
    maxCostUsd: costUsd,
  });
};

/** `--within` ends the run too. */
export const limitsWithin = (config: Config): RunLimits => {
  const limits = limitsOf(config);
  const { withinMs } = config.run;
  const wallMs = limits.wallMs ?? null;
  return { ...limits, wallMs: withinMs === null ? wallMs : Math.min(withinMs, wallMs ?? withinMs) };
};

/** Throws NOTHING_FITS. */
export const mustHoldSome = ({ jobs, left }: Schedule): void => {
  if (jobs.length > 0) return;
  throw new ProofloopError(
    'NOTHING_FITS',
    `each of the ${left.length} theorems is expected to take more than the limits allow`,
  );
};

type Chosen = Pick<RunMeaning, 'chosenUnder'>;

/**
 * Which theorems were asked for makes the run's id, not which were chosen: those depend on what was learned meanwhile,
 * and the same command is to find the same run. So does whether the money limit left any out, hence the second meaning:
 * a run of that, where there is one, is the one that is meant.
 */
export const meaningsUnder = <T extends object>(
  config: Config,
  { left }: Schedule,
  subject: T,
): readonly [T & Chosen, ...(T & Chosen)[]] => {
  const { withinMs } = config.run;
  const { costUsd } = limitsOf(config);
  const under = (usd: number | null): T & Chosen =>
    withinMs === null && usd === null ? subject : { ...subject, chosenUnder: { withinMs, usd } };
  if (costUsd === null) return [under(null)];
  return left.length > 0 ? [under(costUsd), under(null)] : [under(null), under(costUsd)];
};

/** What the run's record says of its plan; the predictions lie in the store under a hash. */
export const provenanceOf = async (
  store: Store,
  config: Config,
  { order, jobs, left, forecast }: Schedule,
): Promise<Readonly<Record<string, string>>> => {
  const predictions = [...jobs, ...left.map(({ job }) => job)].flatMap(({ id, prediction }) =>
    prediction === null ? [] : [[id, prediction] as const],
  );
  return {
    order,
    ...(config.run.withinMs !== null && { within: duration(config.run.withinMs) }),
    ...(left.length > 0 && { leftOut: `${left.length} of ${jobs.length + left.length} theorems` }),
    ...(forecast !== null && {
      predictions: await store.putText(JSON.stringify(Object.fromEntries(predictions))),
    }),
  };
};
