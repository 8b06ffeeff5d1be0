import type { GoalView } from './goal-view.ts';
import type { Conjecture, Known } from './law.ts';
import { mixedLaws } from './mixed-laws.ts';
import { signatureOf } from './signature.ts';
import { lastOf, reached, type World } from './world.ts';

const MOST_FUNCTIONS = 5;
const MOST = 110;
const BUILT_IN: Readonly<Record<string, { readonly zero: string; readonly next: (x: string) => string }>> = {
  Nat: { zero: '0', next: (x) => `(${x} + 1)` },
  List: { zero: '[]', next: (x) => `(a :: ${x})` },
};

/**
 * Laws that functions of such types often obey: units, associativity, commutativity, distribution, homomorphism, involution.
 * The simple ones first, since the others are proved with them.
 */
export function conjectures(view: GoalView, world: World): Conjecture[] {
  const typeIn = typesOf(view);
  // What others call comes first: laws of it help with theirs.
  const known = reached(world, view.words)
    .slice(0, MOST_FUNCTIONS)
    .toReversed()
    .flatMap((f): Known[] => {
      const s = signatureOf(f);
      if (s === null || s.args.length === 0 || s.args.length > 2) return [];
      return [{ f: f.name, args: s.args.map(typeIn), result: typeIn(s.result) }];
    });
  const binary = known.filter(
    (k) => k.args.length === 2 && k.args[0] === k.args[1] && k.args[0] === k.result,
  );
  const plus: Known = { f: '+', args: ['Nat', 'Nat'], result: 'Nat' };
  const append = (type: string): Known => ({ f: '++', args: [type, type], result: type });
  const unary = known.filter((k) => k.args.length === 1);
  const listTypes = [...new Set(known.flatMap((k) => [...k.args, k.result]).filter((t) => /^List /.test(t)))];
  const operations = [...binary, ...listTypes.map(append), plus];
  const found: Conjecture[] = [];
  const add = (name: string, type: string, variables: string, body: string) => {
    if (found.some((c) => c.body === body)) return;
    found.push({ name, variables: variables.split(' ').map((v) => ({ name: v, type })), body });
  };
  for (const { f, result: t } of binary) {
    const { zeros, nexts } = constructors(t, world);
    for (const zero of zeros) {
      add(`${lastOf(f)}_unit`, t, 'x', `${f} x ${zero} = x`);
      add(`${lastOf(f)}_zero`, t, 'x', `${f} x ${zero} = ${zero}`);
    }
    for (const next of nexts) {
      add(`${lastOf(f)}_next`, t, 'x y', `${f} x ${next('y')} = ${next(`(${f} x y)`)}`);
      for (const g of binary) {
        if (g.f === f || g.result !== t) continue;
        add(`${lastOf(f)}_next`, t, 'x y', `${f} x ${next('y')} = ${g.f} x (${f} x y)`);
      }
    }
    add(`${lastOf(f)}_assoc`, t, 'x y z', `${f} (${f} x y) z = ${f} x (${f} y z)`);
    add(`${lastOf(f)}_comm`, t, 'x y', `${f} x y = ${f} y x`);
    add(`${lastOf(f)}_left_comm`, t, 'x y z', `${f} x (${f} y z) = ${f} y (${f} x z)`);
  }
  for (const h of unary) {
    const [t] = h.args;
    for (const k of operations) {
      if (k.result !== t) continue;
      const left = `${h.f} ${apply(k, 'x', 'y')}`;
      for (const g of operations) {
        if (g.result !== h.result) continue;
        add(`${lastOf(h.f)}_hom`, t, 'x y', `${left} = ${apply(g, `(${h.f} x)`, `(${h.f} y)`, false)}`);
        if (g.f !== '+')
          add(`${lastOf(h.f)}_hom`, t, 'x y', `${left} = ${apply(g, `(${h.f} y)`, `(${h.f} x)`, false)}`);
      }
    }
    if (t === h.result) add(`${lastOf(h.f)}_twice`, t, 'x', `${h.f} (${h.f} x) = x`);
    if (t === h.result) add(`${lastOf(h.f)}_idem`, t, 'x', `${h.f} (${h.f} x) = ${h.f} x`);
    for (const g of unary) {
      if (g.f === h.f || g.args[0] !== t || g.result !== t) continue;
      if (h.result === 'Nat')
        add(`${lastOf(h.f)}_${lastOf(g.f)}`, t!, 'x', `${h.f} (${g.f} x) = ${h.f} x + 1`);
      add(`${lastOf(h.f)}_${lastOf(g.f)}`, t, 'x', `${h.f} (${g.f} x) = ${h.f} x`);
    }
  }
  for (const f of binary) {
    for (const g of binary) {
      if (f.f === g.f || f.result !== g.result) continue;
      const t = f.result;
      add(`${lastOf(f.f)}_distrib`, t, 'x y z', `${f.f} (${g.f} x y) z = ${g.f} (${f.f} x z) (${f.f} y z)`);
      add(`${lastOf(f.f)}_distrib`, t, 'x y z', `${f.f} x (${g.f} y z) = ${g.f} (${f.f} x y) (${f.f} x z)`);
    }
  }
  return [...found, ...mixedLaws(known, world)].slice(0, MOST);
}

const apply = (k: Known, x: string, y: string, inner = true): string => {
  const text = /^[+]/.test(k.f) ? `${x} ${k.f} ${y}` : `${k.f} ${x} ${y}`;
  return inner ? `(${text})` : text;
};

/** Types as the goal has them: `MyList α` for whatever the definition calls its parameter. */
function typesOf(view: GoalView): (type: string) => string {
  const there = view.hypotheses.map((h) => h.type).filter((t) => !/[=<>≤≥∣∧∨→↔∀∃¬]/.test(t));
  return (type) => {
    if (there.includes(type)) return type;
    const [head, ...rest] = type.split(' ');
    if (rest.length === 0) return type;
    return there.find((t) => t.split(' ')[0] === head) ?? type;
  };
}

/** Constructors of a type without arguments, and those with one argument of the type itself. */
function constructors(type: string, world: World): { zeros: string[]; nexts: ((x: string) => string)[] } {
  const head = type.split(' ')[0]!;
  const builtIn = BUILT_IN[head];
  if (builtIn !== undefined) return { zeros: [builtIn.zero], nexts: head === 'Nat' ? [builtIn.next] : [] };
  const own = world.types.get(head);
  if (own === undefined) return { zeros: [], nexts: [] };
  const zeros = own.constructors.filter((c) => c.arguments.length === 0).map((c) => `${head}.${c.name}`);
  const nexts = own.constructors
    .filter((c) => c.arguments.length === 1)
    .map((c) => (x: string) => `(${head}.${c.name} ${x})`);
  return { zeros, nexts };
}
