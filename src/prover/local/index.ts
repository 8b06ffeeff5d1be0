import { z } from 'zod';
import { duration, wholeNumber } from '../../config/values.ts';
import { proverKind } from '../kind.ts';
import { SEARCH_LIMITS } from './limits.ts';

export type LocalProfile = {
  readonly kind: 'local';
  /** Of one theorem's search, all steps together, as `maxHeartbeats` counts: the limit that decides. Absent: `SEARCH_LIMITS`. */
  readonly heartbeats?: number;
  /** Of one theorem's search by the clock, an outer limit, in milliseconds. Absent: `SEARCH_LIMITS`. */
  readonly timeoutMs?: number;
  /** Whether the order of steps learns from the proofs in the store. Default true. */
  readonly learn?: boolean;
};

/** Lean's own automation; the worker's Lean side runs it, see prover.ts. */
export const local = proverKind<LocalProfile>({
  kind: 'local',
  table: () =>
    z
      .strictObject({
        kind: z.literal('local'),
        heartbeats: wholeNumber(1)('').default(SEARCH_LIMITS.heartbeats),
        timeout: duration('').default(SEARCH_LIMITS.wallMs),
        learn: z.boolean().default(true),
      })
      .transform(({ timeout, ...rest }): LocalProfile => ({ ...rest, timeoutMs: timeout })),
  ready: { local: { kind: 'local' } },
  guarded: [],
  with: () => null,
  make: null,
});
