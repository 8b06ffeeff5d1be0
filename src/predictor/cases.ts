import { draw, hash32 } from './draw.ts';
import { type Setting, statementFeatures } from './features.ts';
import { NO_PAST, type Past, withValue } from './history.ts';
import type { Row } from './rows.ts';
import { Similar, similarMean, type Table } from './similar.ts';

/** A record as it looked before it was there: features, what was known of the theorem, and what came out. */
export type Case = {
  readonly x: readonly number[];
  readonly group: number;
  readonly before: Past;
  readonly ms: number | null;
  readonly solved: number | null;
  readonly tokens: number | null;
};

/** Where nothing is known at all: a second, and one of two. */
const NO_TIME = Math.log(1000);
const NO_SUCCESS = 0.5;

export const toLog = (amount: number): number => Math.log(Math.max(1, amount));
export const fromLog = (value: number): number => Math.exp(value);

export const groupOf = (key: string): number => hash32(key);

export const columnsOf = (
  row: { readonly theorem: Row['theorem']; readonly setting: Setting },
  similar: { readonly ms: Table; readonly solved: Table },
): number[] => [
  ...statementFeatures(row.theorem, row.setting),
  similarMean(similar.ms, row.theorem, NO_TIME),
  similarMean(similar.solved, row.theorem, NO_SUCCESS),
];

/** The records in the order of their times, each with what those before it say: none is used to predict itself. */
export const casesOf = (rows: readonly Row[]) => {
  const similar = { ms: new Similar(), solved: new Similar() };
  const past = new Map<string, Past>();
  const cases = rows.map((row): Case => {
    const before = past.get(row.key) ?? NO_PAST;
    const x = columnsOf(row, { ms: similar.ms.table, solved: similar.solved.table });
    const ms = row.ms === null ? null : toLog(row.ms);
    const tokens = row.tokens === null ? null : toLog(row.tokens);
    const solved = row.solved === null ? null : Number(row.solved);
    if (ms !== null) similar.ms.add(row.theorem, ms);
    if (solved !== null) similar.solved.add(row.theorem, solved);
    past.set(row.key, {
      ms: withValue(before.ms, ms),
      solved: withValue(before.solved, solved),
      tokens: withValue(before.tokens, tokens),
    });
    return { x, group: groupOf(row.key), before, ms, solved, tokens };
  });
  return { cases, past, similar: { ms: similar.ms.table, solved: similar.solved.table } };
};

/** The same cases with one column dealt out anew. */
export const shuffled = (cases: readonly Case[], column: number, seed: number): Case[] => {
  const order = cases.map((_, i) => i).sort((a, b) => draw(seed, column, a) - draw(seed, column, b));
  return cases.map((c, i) => {
    const other = cases[order[i] ?? i] ?? c;
    return { ...c, x: c.x.with(column, other.x[column] ?? 0) };
  });
};
