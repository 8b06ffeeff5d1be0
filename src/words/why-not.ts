import { ERRORS, type Scope, type StoppedBy, type TheoremResult } from '../model/index.ts';
import { oneLine } from './one-line.ts';
import { verdictLine } from './verdict.ts';

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

/** What mends the fault of a theorem; null where there is nothing to say. */
export const fixOf = ({ error }: Pick<TheoremResult, 'error'>): string | null =>
  error === null ? null : (error.fix ?? (ERRORS as Readonly<Record<string, string>>)[error.code] ?? null);

/** Why a theorem is not solved, in one line; '' when it is. */
export const whyNot = (r: TheoremResult): string => {
  if (r.outcome === 'solved') return '';
  if (r.outcome === 'refuted') {
    const values = r.refutation?.counterexample;
    return oneLine(values === undefined ? 'its negation is proved' : `false for ${values}`);
  }
  if (r.error !== null) return oneLine(`${r.error.code}: ${r.error.message}`);
  const stopped = `${STOPPED[r.stoppedBy]}${SCOPE[r.stoppedScope ?? 'theorem']}`;
  if (r.verdict === null)
    return r.stoppedBy === 'rounds' && r.attempts > 0 ? 'no attempt held a proof to judge' : stopped;
  const said =
    'diagnostics' in r.verdict ? r.verdict.diagnostics.find((d) => d.severity === 'error') : undefined;
  const first = said === undefined ? '' : `: ${said.text.trim().split('\n')[0]}`;
  return oneLine(`${stopped}; last ${verdictLine(r.verdict)}${first}`);
};
