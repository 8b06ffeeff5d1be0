import { z } from 'zod';
import type { Theorem } from '../model/index.ts';

/** How many values there were under a key, and their sum. */
export const tableSchema = z.record(z.string(), z.tuple([z.number(), z.number()]).readonly());
export type Table = Readonly<z.infer<typeof tableSchema>>;

/** What a wider group says counts as so many records of the narrower one. */
const WEIGHT = 5;

const groups = ({ category, difficulty }: Theorem): string[] => [
  '',
  difficulty ?? '-',
  `${difficulty ?? '-'}/${category ?? '-'}`,
];

/** Mean of what was seen of theorems of the same difficulty and category; few records lean on the wider groups. */
export const similarMean = (table: Table, theorem: Theorem, nothing: number): number =>
  groups(theorem).reduce((wider, group) => {
    const [n, sum] = table[group] ?? [0, 0];
    return (sum + WEIGHT * wider) / (n + WEIGHT);
  }, nothing);

/** A table that grows; records are added after they were asked about, so that none speaks for itself. */
export class Similar {
  readonly table: Record<string, readonly [number, number]> = {};

  add(theorem: Theorem, value: number): void {
    for (const group of groups(theorem)) {
      const [n, sum] = this.table[group] ?? [0, 0];
      this.table[group] = [n + 1, sum + value];
    }
  }
}
