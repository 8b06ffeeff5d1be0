import type { Scope, StoppedBy, Verdict } from '../../src/model/index.ts';
import type { Fault } from '../failure.ts';
import type { Found } from './state.ts';

/** A limit that stopped a stage, and whose it is. */
export type Limit = {
  readonly stoppedBy: Extract<StoppedBy, 'rounds' | 'samples' | 'tokens' | 'cost'>;
  readonly scope: Scope;
};

/** How a stage (local prover, rounds of one model) ended. */
export type StageEnd =
  | { readonly kind: 'found'; readonly found: Found }
  | ({ readonly kind: 'nothing' } & Limit)
  /** The history has become long: the stage goes on in a new execution, from where `state.positions` says. */
  | { readonly kind: 'continue' }
  /** The model did not answer; the plan says what follows. */
  | { readonly kind: 'modelFailed'; readonly prover: string; readonly fault: Fault }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** Verdicts that say no proof of this theorem can be judged at all. */
export const faultOfVerdict = (verdict: Verdict): Fault | null => {
  if (verdict.status === 'badHeader')
    return {
      code: 'LEAN_BAD_HEADER',
      message: [
        `missing module ${verdict.missing.join(', ')}`,
        verdict.near.length === 0 ? '' : `; near names: ${verdict.near.join(', ')}`,
        verdict.hint === '' ? '' : `. ${verdict.hint}`,
      ].join(''),
    };
  if (verdict.status === 'badChallenge')
    return {
      code: 'CHALLENGE_INVALID',
      message: verdict.diagnostics.find((d) => d.severity === 'error')?.text ?? 'it does not elaborate',
    };
  return null;
};
