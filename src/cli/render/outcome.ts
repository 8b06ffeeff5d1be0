import type { Outcome, RunState, Scope, StoppedBy, TheoremResult } from '../../model/index.ts';
import { verdictLine } from './verdict.ts';
import { oneLine } from './width.ts';

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

const STOPPED = {
  proof: 'the proof does not count',
  rounds: 'all attempts refused',
  samples: 'stopped by the limit of samples',
  tokens: 'stopped by the token limit',
  cost: 'stopped by the money limit',
  time: 'stopped by the time limit',
  cancelled: 'cancelled',
  error: 'stopped by an error',
} as const satisfies Record<StoppedBy, string>;

/** Whose limit it was, where it was not the theorem's own. */
const SCOPE = { prover: ' of its prover', theorem: '', run: ' of the run' } as const satisfies Record<
  Scope,
  string
>;

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

export const countOutcomes = (results: readonly TheoremResult[]): OutcomeCounts => {
  const counts = Object.fromEntries(Object.keys(OUTCOME_STYLE).map((o) => [o, 0])) as Record<Outcome, number>;
  for (const result of results) counts[result.outcome] += 1;
  return counts;
};

/** Why a theorem is not solved, in one line; '' when it is. */
export const whyNot = (r: TheoremResult): string => {
  if (r.outcome === 'solved') return '';
  if (r.outcome === 'refuted') {
    const values = r.refutation?.counterexample;
    return oneLine(values === undefined ? 'its negation is proved' : `false for ${values}`);
  }
  if (r.error !== null) return oneLine(`${r.error.code}: ${r.error.message}`);
  const stopped = `${STOPPED[r.stoppedBy]}${SCOPE[r.stoppedScope ?? 'theorem']}`;
  if (r.verdict === null) return stopped;
  const said =
    'diagnostics' in r.verdict ? r.verdict.diagnostics.find((d) => d.severity === 'error') : undefined;
  const first = said === undefined ? '' : `: ${said.text.trim().split('\n')[0]}`;
  return oneLine(`${stopped}; last ${verdictLine(r.verdict)}${first}`);
};
