import { csvText } from '../../formats/csv.ts';
import type { Comparison, Pair } from '../schema.ts';

/** One row a theorem that came out differently. */
export const comparisonCsv = ({ newlySolved, lost, wavering }: Comparison): string => {
  const rows = (change: string, pairs: readonly Pair[]) =>
    pairs.map((p) => [change, p.id, p.a.join('; '), p.b.join('; '), p.aMs, p.bMs, p.why]);
  return csvText(
    ['change', 'id', 'a', 'b', 'a_ms', 'b_ms', 'why'],
    [...rows('newly solved', newlySolved), ...rows('lost', lost), ...rows('wavering', wavering)],
  );
};
