import type { Theorem } from '../../model/index.ts';
import type { Entry, RunData } from '../report/data.ts';

/** A theorem that every run of both sides has a result of. */
export type Paired = {
  readonly id: string;
  readonly a: readonly Entry[];
  readonly b: readonly Entry[];
};

export type Matched = {
  readonly pairs: readonly Paired[];
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  readonly changed: readonly string[];
  readonly statementsCompared: boolean;
};

const finished = (runs: readonly RunData[]): ReadonlyMap<string, readonly Entry[]> => {
  const byId = new Map<string, Entry[]>();
  for (const { entries } of runs)
    for (const entry of entries)
      byId.set(entry.result.theoremId, [...(byId.get(entry.result.theoremId) ?? []), entry]);
  return new Map([...byId].filter(([, all]) => all.length === runs.length));
};

/** What makes a theorem the same problem. */
const problem = ({ header, context, ownContext, statement }: Theorem): string =>
  JSON.stringify([header.trim(), (ownContext ?? context).trim(), statement.trim()]);

const problems = (entries: readonly Entry[]): readonly string[] =>
  entries.flatMap(({ theorem }) => (theorem === null ? [] : [problem(theorem)]));

/** The theorems that both sides have a result of and that are the same problem; all others are named. */
export const matched = (a: readonly RunData[], b: readonly RunData[]): Matched => {
  const [ofA, ofB] = [finished(a), finished(b)];
  const common = [...ofA.keys()].filter((id) => ofB.has(id));
  const known = common.map((id) => [id, problems([...ofA.get(id)!, ...ofB.get(id)!])] as const);
  const changed = new Set(known.flatMap(([id, all]) => (new Set(all).size > 1 ? [id] : [])));
  return {
    pairs: common.filter((id) => !changed.has(id)).map((id) => ({ id, a: ofA.get(id)!, b: ofB.get(id)! })),
    onlyA: [...ofA.keys()].filter((id) => !ofB.has(id)),
    onlyB: [...ofB.keys()].filter((id) => !ofA.has(id)),
    changed: [...changed],
    statementsCompared: known.every(([, all]) => all.length === a.length + b.length),
  };
};
