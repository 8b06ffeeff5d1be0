import type { RunRecord, TheoremResult } from '../../model/index.ts';
import type { Utilisation } from '../utilisation.ts';
import { sum } from './numbers.ts';

export type LeanShare = {
  readonly value: number | null;
  /** `workers`: samples that the workers took of their slots. `ledgers`: what the theorems say Lean took, over slots and time. */
  readonly source: 'workers' | 'ledgers' | null;
};

type Run = Pick<RunRecord, 'startedAt' | 'endedAt' | 'provenance'>;

/** Lean's part of the time of its slots: from the workers' own samples, else from the ledgers where the slots are known. */
export const leanShare = (
  run: Run,
  results: readonly TheoremResult[],
  sampled: Utilisation | null,
): LeanShare => {
  if (sampled !== null) return { value: sampled.share, source: 'workers' };
  const slots = Number(run.provenance.leanSlots ?? 0);
  const end = run.endedAt ?? Math.max(run.startedAt, ...results.map((r) => r.endedAt));
  const wallMs = end - run.startedAt;
  if (!(slots > 0) || wallMs <= 0 || results.length === 0) return { value: null, source: null };
  const busy = sum(results.map((r) => r.ledger.leanMs));
  return { value: Math.min(1, busy / (slots * wallMs)), source: 'ledgers' };
};
