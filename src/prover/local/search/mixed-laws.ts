import type { Conjecture, Known } from './law.ts';
import { lastOf, type World } from './world.ts';

/**
 * Laws of functions between different types: what an insertion does to what can be observed of a structure, accumulators, orders,
 * bounds. The same shapes for every context; each is tested and proved before it is used.
 */
export function mixedLaws(known: readonly Known[], world: World): Conjecture[] {
  const isData = (type: string) => /^(List|Nat)\b/.test(type) || world.types.has(type.split(' ')[0]!);
  return [
    ...orderLaws(known),
    ...boundLaws(known),
    ...accumulatorLaws(known, isData),
    ...insertionLaws(known, world),
    ...observationLaws(known, isData),
  ];
}

const call = (k: Known, ...args: string[]): string => `${k.f} ${args.join(' ')}`;
const law = (
  name: string,
  variables: readonly (readonly [string, string])[],
  body: string,
  how: Pick<Conjecture, 'on' | 'generalizing' | 'along'> = {},
): Conjecture => ({ name, variables: variables.map(([n, type]) => ({ name: n, type })), body, ...how });

/** A test of two elements as an order or as equality. */
function orderLaws(known: readonly Known[]): Conjecture[] {
  return known
    .filter((k) => k.args.length === 2 && k.args[0] === k.args[1] && k.result === 'Bool')
    .flatMap((k) => {
      const [t] = k.args as [string, string];
      const n = lastOf(k.f);
      const two = [
        ['x', t],
        ['y', t],
      ] as const;
      const is = (a: string, b: string) => `${call(k, a, b)} = true`;
      return [
        law(`${n}_self`, [['x', t]], is('x', 'x')),
        law(`${n}_eq`, two, `${is('x', 'y')} ↔ x = y`, { generalizing: 'y' }),
        law(`${n}_total`, two, `${is('x', 'y')} ∨ ${is('y', 'x')}`, { generalizing: 'y' }),
        law(`${n}_trans`, [...two, ['z', t]], `${is('x', 'y')} → ${is('y', 'z')} → ${is('x', 'z')}`, {
          generalizing: 'y z',
        }),
      ];
    });
}

/** Where a number goes in and one comes out, one may bound the other. */
function boundLaws(known: readonly Known[]): Conjecture[] {
  return known
    .filter((k) => k.result === 'Nat' && k.args.includes('Nat') && k.args.length === 2)
    .flatMap((k) => {
      const variables = k.args.map((type, i) => [['x', 'y'][i]!, type] as const);
      const value = call(k, 'x', 'y');
      const [on, other] = k.args[0] === 'Nat' ? ['y', 'x'] : ['x', 'y'];
      const how = { on, generalizing: other };
      return k.args.flatMap((type, i) => {
        const v = ['x', 'y'][i]!;
        return type !== 'Nat'
          ? []
          : [
              law(`${lastOf(k.f)}_le`, variables, `${value} ≤ ${v}`, how),
              law(`${lastOf(k.f)}_ge`, variables, `${v} ≤ ${value}`, how),
            ];
      });
    });
}

/** `f x acc` does with an accumulator what `h x` does without. */
function accumulatorLaws(known: readonly Known[], isData: (type: string) => boolean): Conjecture[] {
  const binary = known.filter((k) => k.args.length === 2);
  return binary.flatMap((f) => {
    const at = f.args.findIndex((type, i) => type === f.result && isData(f.args[1 - i]!));
    if (at < 0) return [];
    const accumulator = f.args[0] === f.args[1] ? 1 : at;
    const [t, r] = [f.args[1 - accumulator]!, f.result];
    const left = accumulator === 1 ? call(f, 'x', 'y') : call(f, 'y', 'x');
    const joins: ((a: string, b: string) => string)[] = [
      ...(r === 'Nat' ? [(a: string, b: string) => `${a} + ${b}`] : []),
      ...(/^List /.test(r) ? [(a: string, b: string) => `${a} ++ ${b}`] : []),
      ...binary
        .filter((g) => g !== f && g.result === r && g.args.every((type) => type === r))
        .map((g) => (a: string, b: string) => call(g, a, b)),
    ];
    const values = [
      ...known
        .filter((h) => h.args.length === 1 && h.args[0] === t && h.result === r)
        .map((h) => `(${h.f} x)`),
      ...(t === 'List Nat' && r === 'Nat' ? ['x.sum', 'x.length'] : []),
      ...(t === r && /^List /.test(t) ? ['x.reverse', 'x'] : []),
    ];
    return values.flatMap((value) =>
      joins.flatMap((join) =>
        [join(value, 'y'), join('y', value)].map((right) =>
          law(
            `${lastOf(f.f)}_acc`,
            [
              ['x', t],
              ['y', r],
            ],
            `${left} = ${right}`,
            { generalizing: 'y' },
          ),
        ),
      ),
    );
  });
}

/** `k a x` puts an element into a structure: what the other functions see of it. */
function insertionLaws(known: readonly Known[], world: World): Conjecture[] {
  return known.flatMap((k): Conjecture[] => {
    if (k.args.length !== 2 || k.args[0] === k.args[1]) return [];
    const at = k.args.indexOf(k.result);
    if (at < 0) return [];
    const [a, t] = [k.args[1 - at]!, k.result];
    const put = (e: string, x: string) => `(${at === 1 ? call(k, e, x) : call(k, x, e)})`;
    const cons = consOf(t, a, world);
    const variables = [
      ['x', t],
      ['a', a],
    ] as const;
    const wider = [...variables, ['b', a]] as const;
    const along = put('a', 'x').slice(1, -1);
    const n = lastOf(k.f);
    const unary = known.filter((h) => h.args.length === 1 && h.args[0] === t);
    const tests = known.filter(
      (g) => g.args.length === 2 && g.args.includes(t) && g.args.includes(a) && g !== k,
    );
    const lists = /^List /.test(t)
      ? [
          law(`length_${n}`, variables, `(${put('a', 'x')}).length = x.length + 1`, { along }),
          law(`mem_${n}`, wider, `b ∈ ${put('a', 'x')} ↔ b = a ∨ b ∈ x`, { along }),
          ...(a === 'Nat'
            ? [law(`count_${n}`, wider, `(${put('a', 'x')}).count b = (a :: x).count b`, { along })]
            : []),
        ]
      : [];
    return [
      ...lists,
      ...unary.flatMap((h): Conjecture[] => {
        const [inside, outside] = [`${h.f} ${put('a', 'x')}`, `${h.f} x`];
        const name = `${lastOf(h.f)}_${n}`;
        if (h.result === 'Nat')
          return [`${outside} + 1`, outside].map((r) => law(name, variables, `${inside} = ${r}`, { along }));
        if (h.result === 'Bool')
          return [
            law(name, variables, `${outside} = true → ${inside} = true`, { along }),
            law(name, variables, `${inside} = ${outside}`, { along }),
          ];
        if (h.result === 'Prop') return [law(name, variables, `${outside} → ${inside}`, { along })];
        return cons === null ? [] : [law(name, variables, `${inside} = ${h.f} ${cons('a', 'x')}`, { along })];
      }),
      ...(cons === null ? [] : tests).flatMap((g): Conjecture[] => {
        const seen = (e: string, x: string) => (g.args[0] === t ? call(g, x, e) : call(g, e, x));
        return [
          law(`${lastOf(g.f)}_${n}`, wider, `${seen('b', put('a', 'x'))} = ${seen('b', cons!('a', 'x'))}`, {
            along,
          }),
        ];
      }),
      law(`${n}_swap`, wider, `${put('a', put('b', 'x'))} = ${put('b', put('a', 'x'))}`),
    ];
  });
}

/** The constructor that puts one element before a structure. */
function consOf(t: string, a: string, world: World): ((e: string, x: string) => string) | null {
  const head = t.split(' ')[0]!;
  if (head === 'List') return (e, x) => `(${e} :: ${x})`;
  const own = world.types.get(head)?.constructors.filter((c) => c.arguments.length === 2) ?? [];
  const [only] = own;
  if (only === undefined || own.length > 1) return null;
  const first = only.arguments[0] === a || /^[α-ω]/.test(only.arguments[0]!);
  return first ? (e, x) => `(${head}.${only.name} ${e} ${x})` : (e, x) => `(${head}.${only.name} ${x} ${e})`;
}

/** What a test or count of an element sees of a union, or of a structure in another order. */
function observationLaws(known: readonly Known[], isData: (type: string) => boolean): Conjecture[] {
  const unions = known.filter((k) => k.args.length === 2 && k.args.every((type) => type === k.result));
  return known.flatMap((g): Conjecture[] => {
    const [a, t] = g.args;
    if (g.args.length !== 2 || a === t || a === undefined || t === undefined || !isData(t)) return [];
    const seen = (x: string) => call(g, 'a', x);
    const joins =
      g.result === 'Nat' ? ['+'] : g.result === 'Bool' ? ['||', '&&'] : g.result === 'Prop' ? ['∨', '∧'] : [];
    const same = g.result === 'Prop' ? '↔' : '=';
    const structures = [
      ...unions.filter((u) => u.result === t).map((u) => `(${call(u, 'x', 'y')})`),
      ...(/^List /.test(t) ? ['(x ++ y)'] : []),
    ];
    const orders = known.filter((h) => h.args.length === 1 && h.args[0] === t && h.result === t);
    return [
      ...structures.flatMap((s) =>
        joins.map((join) =>
          law(
            `${lastOf(g.f)}_join`,
            [
              ['x', t],
              ['y', t],
              ['a', a],
            ],
            `${seen(s)} ${same} (${seen('x')} ${join} ${seen('y')})`,
          ),
        ),
      ),
      ...orders.map((h) =>
        law(
          `${lastOf(g.f)}_${lastOf(h.f)}`,
          [
            ['x', t],
            ['a', a],
          ],
          `${seen(`(${h.f} x)`)} ${same} ${seen('x')}`,
        ),
      ),
    ];
  });
}
