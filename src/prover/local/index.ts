import { z } from 'zod';
import { proverKind } from '../kind.ts';

export type LocalProfile = { readonly kind: 'local' };

/** Lean's own automation; the worker's Lean side runs it, see prover.ts. */
export const local = proverKind<LocalProfile>({
  kind: 'local',
  table: () => z.strictObject({ kind: z.literal('local') }),
  ready: { local: { kind: 'local' } },
  guarded: [],
  with: () => null,
  make: null,
});
