import { workflowInfo } from '@temporalio/workflow';
import type { Refutation, Scope, StoppedBy, TheoremResult } from '../../src/model/index.ts';
import type { Fault } from '../failure.ts';
import type { Found, TheoremState } from './state.ts';
import { unusableNote } from './unusable.ts';

/** How a theorem ended; an outcome of the loop, not of one stage. */
export type Ending =
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'refuted'; readonly refutation: Refutation }
  | {
      readonly kind: 'nothing';
      readonly stoppedBy: Exclude<StoppedBy, 'proof' | 'error'>;
      /** Of a limit: whose it is. */
      readonly scope?: Scope;
    }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** How a search ended: at its end, or at the end of this execution's history. */
export type SearchEnd = Ending | { readonly kind: 'continue' };

export const resultOf = (state: TheoremState, ending: Ending, now: number): TheoremResult => {
  const { theorem } = state.input;
  const found = ending.kind === 'found' ? ending.found : null;
  return {
    theoremId: theorem.id,
    name: theorem.name,
    difficulty: theorem.difficulty ?? null,
    category: theorem.category ?? null,
    ...(found !== null
      ? { outcome: found.verdict.status === 'accepted' ? 'solved' : 'conditional', stoppedBy: 'proof' }
      : ending.kind === 'fault'
        ? { outcome: 'error', stoppedBy: 'error' }
        : ending.kind === 'refuted'
          ? { outcome: 'refuted', stoppedBy: 'proof' }
          : {
              outcome: 'unsolved',
              stoppedBy: ending.kind === 'nothing' ? ending.stoppedBy : 'error',
              ...(ending.kind === 'nothing' && ending.scope !== undefined && { stoppedScope: ending.scope }),
            }),
    prover: found?.prover ?? null,
    submission: found?.submission ?? null,
    verdict: found?.verdict ?? state.lastVerdict,
    cached: found?.cached ?? false,
    refutation: ending.kind === 'refuted' ? ending.refutation : null,
    attempts: state.attempts,
    ...(state.asked.length > 0 && { asked: state.asked }),
    ledger: { ...state.ledger, totalMs: state.ledger.totalMs + now - state.startedAt },
    error: ending.kind === 'fault' ? ending.fault : null,
    notes: notesOf(state, ending),
    workflowId: workflowInfo().workflowId,
    startedAt: state.startedAt,
    endedAt: now,
  };
};

const notesOf = ({ notes, samples }: TheoremState, ending: Ending): readonly string[] => {
  const note = ending.kind === 'nothing' ? unusableNote(samples) : null;
  return note === null ? notes : [...notes, note];
};
