import { CLOSERS, OPENERS } from '../clean/tokens.ts';
import type { UserType } from './constructors.ts';

/** Small values first; texts of Lean terms that are read with their type known. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  Nat: ['0', '1', '2', '3', '4', '5', '7', '10', '12', '30'],
  Int: ['0', '1', '-1', '2', '-2', '3', '-3', '7', '10'],
  Bool: ['true', 'false'],
  Prop: ['False', 'True'],
  Unit: ['()'],
  Char: ["'a'", "'b'", "' '"],
  String: ['""', '"a"', '"ab"'],
  Rat: ['0', '1', '-1', '2', '(1 / 2)'],
};
const BITS = /^(BitVec|U?Int(8|16|32|64)|USize|ISize)$/;
/** For a type that is itself a variable. */
const SORTS = ['Nat', 'Bool', 'Empty'];
const NOT_SHOWN = FIXED.Nat!;

/** Values of a type (tokens, all its variables replaced), at most `most`, nested no deeper than `depth`. */
export function valuesOf(
  type: readonly string[],
  types: ReadonlyMap<string, UserType>,
  most: number,
  depth = 3,
): readonly string[] {
  const tokens = unwrapped(type);
  const [head = ''] = tokens;
  const of = (part: readonly string[], n: number) => valuesOf(part, types, n, depth - 1);
  if (tokens.length === 0) return NOT_SHOWN.slice(0, most);
  const [domain, target] = splitAt(tokens, ['→', '->']);
  if (target !== null) return functions(domain, of(target, 3), target, most);
  const [left, right] = splitAt(tokens, ['×']);
  if (right !== null) return pairs(of(left, most), of(right, most), most).map(([a, b]) => `(${a}, ${b})`);
  if (head === 'Type' || head === 'Sort') return SORTS.slice(0, most);
  const fixed = tokens.length === 1 ? FIXED[head] : undefined;
  if (fixed !== undefined) return fixed.slice(0, most);
  const args = argumentsOf(tokens.slice(1));
  const [first = []] = args;
  if (head === 'Fin') return numerals(Number(first.join('')), most);
  if (BITS.test(head)) return ['0', '1', '2', '3', '(-1)'].slice(0, most);
  if (depth <= 0) return head === 'List' ? ['[]'] : head === 'Option' ? ['none'] : [];
  if (head === 'List') return lists(of(first, 3), most);
  if (head === 'Array') return lists(of(first, 3), most).map((list) => `#${list}`);
  if (head === 'Option') return ['none', ...of(first, most - 1).map((v) => `(some ${v})`)];
  const user = types.get(head) ?? types.get(head.slice(head.lastIndexOf('.') + 1));
  if (user === undefined) return ['default'];
  return constructed(user, args, types, most, depth);
}

/** A structure of the context, or a value by each constructor, those without arguments first. */
function constructed(
  user: UserType,
  args: readonly (readonly string[])[],
  types: ReadonlyMap<string, UserType>,
  most: number,
  depth: number,
): readonly string[] {
  const given = new Map(user.parameters.map((name, i) => [name, args[i] ?? []]));
  const byArity = user.constructors.toSorted((a, b) => a.arguments.length - b.arguments.length);
  const each = byArity.map((one): string[] => {
    let rows: string[][] = [[]];
    for (const type of one.arguments) {
      const inner = type.flatMap((t) => (given.has(t) ? ['(', ...given.get(t)!, ')'] : [t]));
      const values = valuesOf(inner, types, depth > 1 ? 3 : 1, depth - 1);
      rows = rows.flatMap((row) => values.map((v) => [...row, v])).slice(0, 24);
    }
    if (one.name === '') return rows.map((row) => `⟨${row.join(', ')}⟩`);
    return rows.map((row) => (row.length === 0 ? `.${one.name}` : `(.${one.name} ${row.join(' ')})`));
  });
  return interleaved(each).slice(0, most);
}

/** Lists of up to three elements out of the first values. */
function lists(values: readonly string[], most: number): readonly string[] {
  const [a, b] = values;
  if (a === undefined) return ['[]'];
  const some =
    b === undefined
      ? [[], [a], [a, a]]
      : [[], [a], [b], [a, b], [b, a], [a, a], [b, b], [a, b, a], [b, a, a]];
  const third = values[2];
  return [
    ...some,
    ...(third === undefined
      ? []
      : [
          [third, b!, a],
          [third, a],
        ]),
  ]
    .slice(0, most)
    .map((list) => `[${list.join(', ')}]`);
}

function functions(
  domain: readonly string[],
  targets: readonly string[],
  target: readonly string[],
  most: number,
): readonly string[] {
  const constant = targets.map((v) => `(fun _ => ${v})`);
  const same = unwrapped(domain).join(' ') === unwrapped(target).join(' ');
  const number = same && /^(Nat|Int)$/.test(unwrapped(domain).join(' '));
  const [inner, last] = splitAt(unwrapped(target), ['→', '->']);
  const relation = last !== null && inner.join(' ') === unwrapped(domain).join(' ');
  return [
    ...(same ? ['(fun x => x)'] : []),
    ...constant,
    ...(number ? ['(fun x => x + 1)', '(fun x => 2 * x)'] : []),
    ...(relation && last.join('') === 'Prop' ? ['(fun x y => x = y)', '(fun x y => x ≠ y)'] : []),
    ...(relation && last.join('') === 'Bool' ? ['(fun x y => x == y)', '(fun x y => x != y)'] : []),
    ...(target.join('') === 'Prop' && domain.join('') === 'Nat'
      ? ['(fun x => x = 0)', '(fun x => x ≠ 0)']
      : []),
    ...(target.join('') === 'Bool' && domain.join('') === 'Nat'
      ? ['(fun x => x == 0)', '(fun x => x != 0)']
      : []),
  ].slice(0, most);
}

const numerals = (below: number, most: number): readonly string[] =>
  Number.isFinite(below) ? [...Array(Math.min(below, most)).keys()].map(String) : ['0', '1'].slice(0, most);

const pairs = (a: readonly string[], b: readonly string[], most: number): (readonly [string, string])[] =>
  a
    .flatMap((x, i) => b.map((y, j) => ({ x, y, weight: i + j })))
    .toSorted((p, q) => p.weight - q.weight)
    .slice(0, most)
    .map(({ x, y }) => [x, y] as const);

/** The first of each, then the second of each, and so on. */
const interleaved = (rows: readonly (readonly string[])[]): string[] =>
  [...Array(Math.max(0, ...rows.map((row) => row.length))).keys()].flatMap((i) =>
    rows.flatMap((row) => row.slice(i, i + 1)),
  );

/** Without brackets around the whole. */
function unwrapped(tokens: readonly string[]): readonly string[] {
  if (tokens[0] !== '(' || tokens.at(-1) !== ')') return tokens;
  return argumentsOf(tokens).length === 1 ? unwrapped(tokens.slice(1, -1)) : tokens;
}

/** At the first of `separators` outside of brackets; null behind when there is none. */
function splitAt(
  tokens: readonly string[],
  separators: readonly string[],
): [readonly string[], readonly string[] | null] {
  let depth = 0;
  for (const [i, t] of tokens.entries()) {
    if (OPENERS.has(t)) depth += 1;
    else if (CLOSERS.has(t)) depth -= 1;
    else if (depth === 0 && separators.includes(t)) return [tokens.slice(0, i), tokens.slice(i + 1)];
  }
  return [tokens, null];
}

/** `Nat (List α)` -> [`Nat`], [`List`, `α`] with its brackets. */
function argumentsOf(tokens: readonly string[]): (readonly string[])[] {
  const out: string[][] = [];
  let depth = 0;
  for (const t of tokens) {
    if (CLOSERS.has(t)) depth -= 1;
    if (depth === 0 && !CLOSERS.has(t)) out.push([t]);
    else out.at(-1)?.push(t);
    if (OPENERS.has(t)) depth += 1;
  }
  return out;
}
