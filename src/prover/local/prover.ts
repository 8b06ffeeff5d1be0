import type { Submission, Theorem } from '../../model/index.ts';
import type { LocalProver } from '../prover.ts';
import { portfolio } from './portfolio.ts';

/** Tries Lean's own automation, cheapest first: no model, no money. */
export const localProver: LocalProver = {
  name: 'local',
  candidates: (theorem: Theorem): readonly Submission[] =>
    portfolio(theorem).map((text) => ({ form: 'proof', text })),
};
