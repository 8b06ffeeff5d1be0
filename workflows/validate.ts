import { ApplicationFailure } from '@temporalio/workflow';
import type { Budget, RunLimits } from '../src/model/index.ts';

/**
 * What an update may set each part to: the same as the schemas of src/model say (a property test holds them
 * together), without the schemas, which would be built anew for each workflow.
 */
type Rules<T> = {
  readonly [K in keyof T]-?: { readonly is: (value: unknown) => boolean; readonly want: string };
};

const isInt = (value: unknown, least: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least;

const whole = { is: (value: unknown) => isInt(value, 0), want: 'a whole number, 0 or more' };
const positive = { is: (value: unknown) => isInt(value, 1), want: 'a whole number, 1 or more' };
const positiveOrNone = {
  is: (value: unknown) => value === null || isInt(value, 1),
  want: 'a whole number, 1 or more, or null for no limit',
};
const money = {
  is: (value: unknown) =>
    value === null || (typeof value === 'number' && Number.isFinite(value) && value >= 0),
  want: 'US dollars, 0 or more, or null for no limit',
};

export const BUDGET_RULES: Rules<Budget> = {
  rounds: whole,
  samples: positive,
  maxSamples: positiveOrNone,
  tokens: positiveOrNone,
  costUsd: money,
  wallMs: positiveOrNone,
};
export const LIMIT_RULES: Rules<RunLimits> = {
  lanes: positive,
  costUsd: money,
  tokens: positiveOrNone,
  wallMs: positiveOrNone,
  autoLanes: positiveOrNone,
};

/** Why a change is refused, or null: it names an unknown part, none at all, or a value outside its range. */
export const problemWith = <T>(what: string, rules: Rules<T>, patch: unknown): string | null => {
  const parts = Object.keys(rules).join(', ');
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch) || Object.keys(patch).length === 0)
    return `a change of the ${what} names at least one of ${parts}`;
  for (const [name, value] of Object.entries(patch)) {
    if (!Object.hasOwn(rules, name)) return `'${name}' is no part of the ${what}: ${parts}`;
    const rule = rules[name as keyof T];
    if (!rule.is(value)) return `${what}.${name} is ${JSON.stringify(value)}, expected ${rule.want}`;
  }
  return null;
};

/** Throws what `problemWith` finds; a validator that throws refuses its update. */
export const validatePatch = <T>(what: string, rules: Rules<T>, patch: unknown): void => {
  const problem = problemWith(what, rules, patch);
  if (problem !== null) throw ApplicationFailure.nonRetryable(problem, 'USAGE');
};
