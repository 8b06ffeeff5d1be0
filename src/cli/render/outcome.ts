import type { Outcome, RunState, TheoremResult } from '../../model/index.ts';

export const OUTCOME_STYLE = {
  solved: 'green',
  unsolved: 'yellow',
  conditional: 'yellow',
  refuted: 'magenta',
  error: 'red',
} as const satisfies Record<Outcome, string>;

export const STATE_STYLE = {
  running: 'blue',
  paused: 'yellow',
  done: 'green',
  cancelled: 'yellow',
  failed: 'red',
} as const satisfies Record<RunState, string>;

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

export const countOutcomes = (results: readonly TheoremResult[]): OutcomeCounts => {
  const counts = Object.fromEntries(Object.keys(OUTCOME_STYLE).map((o) => [o, 0])) as Record<Outcome, number>;
  for (const result of results) counts[result.outcome] += 1;
  return counts;
};
