import type { AttemptPlan, Budget, RunLimits, RunRecord } from '../../model/index.ts';
import type { RunContext } from './context.ts';
import { setRunBudget, setRunLimits } from './control.ts';
import { because } from './events.ts';

/** A value that the running run has and the command that attaches to it asks otherwise. */
export type Difference = {
  /** `order` cannot be applied any more. */
  readonly what: `budget.${keyof Budget}` | `limits.${keyof RunLimits}` | 'order';
  readonly running: number | string | null;
  readonly asked: number | string | null;
};

/** `order` null or absent: none was named. */
export type Asked = {
  readonly plan: AttemptPlan;
  readonly limits: RunLimits;
  readonly order?: string | null;
};

/** Budgets and limits are no part of a run's id, so they may differ between two commands that mean the same run. */
export const differencesOf = (
  running: Pick<RunRecord, 'plan' | 'limits' | 'provenance'>,
  asked: Asked,
): readonly Difference[] => [
  ...keysOf(asked.plan.budget).flatMap((key) =>
    difference(`budget.${key}`, running.plan.budget[key] ?? null, asked.plan.budget[key] ?? null),
  ),
  ...keysOf(asked.limits).flatMap((key) =>
    // Tuned lanes are what they are by now.
    key === 'lanes' && (asked.limits.autoLanes ?? null) !== null
      ? []
      : difference(`limits.${key}`, running.limits[key] ?? null, asked.limits[key] ?? null),
  ),
  ...((asked.order ?? null) === null
    ? []
    : difference('order', running.provenance.order ?? 'file', asked.order ?? null)),
];

const keysOf = <T extends object>(value: T) => Object.keys(value) as (keyof T & string)[];

const difference = (
  what: Difference['what'],
  running: Difference['running'],
  asked: Difference['asked'],
): readonly Difference[] => (running === asked ? [] : [{ what, running, asked }]);

/** Makes the running run take the values that were asked. */
export const applyDifferences = async (
  ctx: RunContext,
  runId: string,
  differences: readonly Difference[],
): Promise<void> => {
  const patch = (prefix: string) =>
    Object.fromEntries(
      differences.flatMap(({ what, asked }) =>
        what.startsWith(prefix) ? [[what.slice(prefix.length), asked]] : [],
      ),
    );
  const budget = patch('budget.');
  const limits = patch('limits.');
  const why = because('the same command again, with other limits');
  if (Object.keys(budget).length > 0) await setRunBudget(ctx, runId, budget, why);
  if (Object.keys(limits).length > 0) await setRunLimits(ctx, runId, limits, why);
};
