import type { Accepted, Verdict } from '../model/index.ts';
import { duration } from './units.ts';

/** A verdict in one line, without its diagnostics. */
export const verdictLine = (v: Verdict): string => {
  switch (v.status) {
    case 'accepted':
      return `accepted; axioms: ${v.axioms.length === 0 ? 'none' : v.axioms.join(', ')}`;
    case 'conditional':
      return `conditional on ${v.on.join(', ')}`;
    case 'rejected':
      return 'rejected';
    case 'incomplete':
      return v.goals.length === 0 ? 'incomplete' : `incomplete: ${v.goals.length} open`;
    case 'dishonest':
      return `refused (${v.why}): ${v.detail}`;
    case 'exhausted':
      return 'a deterministic limit of Lean was reached';
    case 'timeout':
      return `no answer within ${duration(v.limitMs)}`;
    case 'crashed':
      return `ended Lean twice: ${v.detail}`;
    case 'badHeader':
      return `no such module: ${v.missing.join(', ')}`;
    case 'badChallenge':
      return 'the context or the statement itself does not elaborate';
  }
};

/** What was checked, in one line. */
export const assuranceLine = ({ assurance }: Pick<Accepted, 'assurance'>): string =>
  [
    `statement compared ${assurance.statement === 'expr' ? 'as Expr inside Lean' : 'as printed'}`,
    `axioms ${assurance.axioms === 'walked' ? 'walked' : 'as printed'}`,
    assurance.kernelReplay ? 'all new constants through the kernel once more' : 'no kernel replay',
    assurance.fresh ? 'in a fresh instance' : 'in an instance that had run other submissions',
  ].join(', ');
