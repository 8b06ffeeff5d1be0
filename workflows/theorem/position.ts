import type { Judged } from '../../activities/api.ts';
import type { Fault } from '../failure.ts';
import type { Limit } from './stage.ts';

/** What the samples of a round came to so far. */
export type Tally = {
  ends: number;
  failures: number;
  /** The first one. */
  failure: Fault | null;
  /** A proof that rests on an unproved theorem; the first one. */
  conditional: Judged | null;
  /** The first one, while the round's other samples go on (`exhaust`). Absent: none. */
  accepted?: Judged;
  /** A verdict that says no proof of this theorem can be judged. */
  fault: Fault | null;
  /** No more samples could be begun. */
  limit: Limit | null;
};

/** Where a prover stands on a theorem: plain data, carried on when a history has become long. */
export type Position = { round: number; nextSample: number; tally: Tally };

export const EMPTY_TALLY: Readonly<Tally> = {
  ends: 0,
  failures: 0,
  failure: null,
  conditional: null,
  fault: null,
  limit: null,
};

export const START: Readonly<Position> = { round: 1, nextSample: 0, tally: { ...EMPTY_TALLY } };
