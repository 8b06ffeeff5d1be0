import type { Submission, Theorem } from '../../model/index.ts';
import type { LocalProver } from '../prover.ts';
import { SEARCH_LIMITS } from './limits.ts';
import { portfolio } from './portfolio.ts';
import { findProof } from './search/find.ts';

/**
 * What closes a goal does so with a small part of it; about 5 s of a processor of 2025. A limit of Lean's own, well before
 * the wall clock of a check, so that what the portfolio finds does not depend on how busy the machine is.
 */
const HEARTBEATS = 20_000;

/** Raise it with a change that alters what a search finds: what was not found before may be found now. */
const SEARCH_VERSION = '4';

/** Lean's own automation, cheapest first: no model, no money. */
export const createLocalProver = ({ limits = SEARCH_LIMITS, learn = true } = {}): LocalProver => ({
  name: 'local',
  heartbeats: HEARTBEATS,
  candidates: (theorem: Theorem): readonly Submission[] =>
    portfolio(theorem).map((text) => ({ form: 'proof', text })),
  search: { version: SEARCH_VERSION, limits, learn, find: findProof },
});

export const localProver = createLocalProver();
