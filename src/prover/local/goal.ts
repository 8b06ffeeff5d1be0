import type { Theorem } from '../../model/index.ts';
import { type Definitions, definitionsOf } from './definitions.ts';
import { type Bound, type Shape, shapeOf } from './statement.ts';

/** What the portfolio knows of a theorem. */
export type Goal = {
  readonly shape: Shape;
  readonly defs: Definitions;
  /** Variables of types with finitely many values, for case splits. */
  readonly finite: readonly Bound[];
  /** Variables (and hypotheses) of inductive types, those that recursive functions are applied to first. */
  readonly inductive: readonly Bound[];
  /** `intro x y; ` for the leading `∀`s, so that their names can be used; '' if there are none. */
  readonly intro: string;
  /** Tokens of the statement. */
  readonly text: readonly string[];
};

const FINITE: ReadonlySet<string> = new Set(['Bool', 'Fin', 'Unit', 'Ordering']);
const INDUCTIVE: ReadonlySet<string> = new Set(['Nat', 'List', 'Array', 'Option']);

function kindOf({ type, universal }: Bound, defs: Definitions): 'finite' | 'inductive' | 'other' {
  const head = type[0];
  // `∀ n, …` without a type is mostly a number.
  if (head === undefined) return universal ? 'inductive' : 'other';
  if (type.some((t) => t === '→' || t === '->' || t === '×')) return 'other';
  const own = defs.types.get(head);
  if (own !== undefined) return own.plain ? 'finite' : 'inductive';
  // `h : n < m` begins with a word as well, but names a variable there, not a type.
  if (FINITE.has(head)) return 'finite';
  return INDUCTIVE.has(head) ? 'inductive' : 'other';
}

export function goalOf(theorem: Theorem): Goal {
  const shape = shapeOf(theorem);
  const defs = definitionsOf(theorem.context, shape.words);
  const of = (kind: string): Bound[] => shape.bound.filter((b) => kindOf(b, defs) === kind && b.name !== '_');
  const universal = shape.bound.filter((b) => b.universal).map((b) => b.name);
  const weight = (b: Bound): number => (defs.types.has(b.type[0] ?? '') ? 0 : 1);
  return {
    shape,
    defs,
    finite: of('finite'),
    inductive: of('inductive').toSorted((a, b) => weight(a) - weight(b)),
    intro: universal.length === 0 ? '' : `intro ${universal.join(' ')}; `,
    text: shape.tokens,
  };
}
