import type { Theorem } from '../../model/index.ts';
import { argumentsOf, type Definitions, definitionsOf } from './definitions.ts';
import { type Bound, type Shape, shapeOf } from './statement.ts';

/** Single tactics of the portfolio: each is tried on the bare goal before anything is combined. */
export const PORTFOLIO_TACTICS = ['rfl', 'decide', 'omega', 'simp', 'simp_all', 'grind', 'bv_omega'] as const;

export const MAX_CANDIDATES = 25;

const FINITE = new Set(['Bool', 'Fin', 'Unit', 'PUnit', 'Ordering', 'Prop']);
const INDUCTIVE = new Set(['Nat', 'List', 'Array', 'Option']);

type Plan = { readonly shape: Shape; readonly defs: Definitions; readonly theorem: Theorem };

const kindOf = (b: Bound, defs: Definitions): 'finite' | 'inductive' | 'other' => {
  const head = b.type[0] ?? '';
  const own = defs.types.get(head);
  if (own !== undefined) return own.plain ? 'finite' : 'inductive';
  if (head === 'Prop') return 'other';
  if (FINITE.has(head)) return 'finite';
  return INDUCTIVE.has(head) || (b.type.length === 0 && b.universal) ? 'inductive' : 'other';
};

/** `intro a b` for the leading `∀`s, so that their names can be used; '' if there are none. */
const introduce = ({ bound }: Shape): string => {
  const names = bound.filter((b) => b.universal).map((b) => b.name);
  return names.length === 0 ? '' : `intro ${names.join(' ')}; `;
};

const tactic = (text: string): string => `by ${text}`;

function whole({ shape, defs }: Plan): string[] {
  const isBitVec = shape.words.has('BitVec') || [...shape.words].some((w) => /^U?Int(8|16|32|64)$/.test(w));
  const values = shape.bound.filter((b) => b.type[0] !== undefined);
  const allFinite = values.every((b) => kindOf(b, defs) === 'finite' || b.universal);
  const revert = values.filter((b) => !b.universal).map((b) => b.name);
  const decide = revert.length === 0 ? 'decide' : `revert ${revert.join(' ')}; decide`;
  return [
    shape.bound.some((b) => b.universal) ? 'intros; rfl' : 'rfl',
    ...(allFinite ? [decide] : []),
    'omega',
    'simp_all',
    'grind',
    ...(isBitVec ? ['bv_omega'] : []),
  ];
}

function unfolding({ defs }: Plan): string[] {
  const fs = defs.functions.slice(0, 6).join(', ');
  if (fs === '') return [];
  return [`grind [${fs}]`, `simp_all [${fs}]`, `simp [${fs}] <;> omega`, `simp [${fs}] <;> grind`];
}

function splitting({ shape, defs }: Plan): string[] {
  const finite = shape.bound.filter((b) => kindOf(b, defs) === 'finite').slice(0, 4);
  if (finite.length === 0) return [];
  const cases = finite.map((b) => `cases ${b.name}`).join(' <;> ');
  return [`${introduce(shape)}${cases} <;> simp_all`, `${introduce(shape)}${cases} <;> grind`];
}

function functional({ theorem, defs }: Plan): string[] {
  const intro = introduce(shapeOf(theorem));
  return defs.recursive.slice(0, 2).flatMap((f) => {
    const args = argumentsOf(theorem.statement, f);
    const call = args === null || args.length === 0 ? f : `${f} ${args.join(' ')}`;
    return [`${intro}fun_induction ${call} <;> simp_all`, `${intro}fun_induction ${call} <;> grind`];
  });
}

function inductive({ shape, defs }: Plan): string[] {
  const fs = defs.functions.slice(0, 6).join(', ');
  const using = fs === '' ? '' : ` [${fs}]`;
  const targets = shape.bound.filter((b) => kindOf(b, defs) === 'inductive').slice(0, 3);
  return ['grind', 'simp_all', 'simp_all <;> omega', 'generalizing'].flatMap((closer) =>
    targets.flatMap((b) => {
      const others = targets.filter((o) => o !== b).map((o) => o.name);
      const start = `${introduce(shape)}induction ${b.name}`;
      if (closer === 'generalizing') {
        return others.length === 0 ? [] : [`${start} generalizing ${others.join(' ')} <;> grind${using}`];
      }
      const [head, ...rest] = closer.split(' ');
      return [`${start} <;> ${[`${head}${using}`, ...rest].join(' ')}`];
    }),
  );
}

/** Proofs to try for a theorem, cheapest first, at most `MAX_CANDIDATES`. */
export function portfolio(theorem: Theorem): readonly string[] {
  const shape = shapeOf(theorem);
  const plan = { shape, defs: definitionsOf(theorem.context, shape.words), theorem };
  const all = [whole, unfolding, splitting, functional, inductive].flatMap((part) => part(plan));
  return [...new Set(all)].slice(0, MAX_CANDIDATES).map(tactic);
}
