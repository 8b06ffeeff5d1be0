import { z } from 'zod';
import { text } from '../../config/values.ts';
import type { ProverBudget } from '../../model/index.ts';
import { proverKind } from '../kind.ts';
import { OWN_BUDGET, ownBudget } from '../own-budget.ts';
import { ReplayProver } from './prover.ts';

export type ReplayProfile = {
  readonly kind: 'replay';
  /** The prover whose stored answers are taken: a name as `--provers` has it. */
  readonly of: string | null;
  readonly budget?: ProverBudget;
};

/** `replay:gemini:gemini-3.8-flash`, or a profile with `of`: answers from the store, never a call. */
export const replay = proverKind<ReplayProfile>({
  kind: 'replay',
  table: () =>
    z
      .strictObject({ kind: z.literal('replay'), of: text(''), ...OWN_BUDGET })
      .transform((p): ReplayProfile => ({ kind: 'replay', of: p.of, ...ownBudget(p) })),
  ready: {},
  bare: { kind: 'replay', of: null },
  guarded: [],
  storedOnly: true,
  with: (profile, of) => (of.startsWith('replay:') ? null : { ...profile, of }),
  make: (name, { of }, { find }) => {
    // One that replays itself would look for itself without end.
    const live = of === null || of === name || of.startsWith('replay:') ? undefined : find(of);
    return live === undefined || live.storedOnly === true ? undefined : new ReplayProver(name, live);
  },
});
