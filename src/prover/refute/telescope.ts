import { type Token, tokenize } from '../../lean-text/lexer.ts';
import { CLOSERS, depths, OPENERS, significant } from '../clean/tokens.ts';

/** What a statement asks for before its conclusion, in order. `type` are tokens; [] = it is not shown. */
export type Item =
  | {
      readonly kind: 'value';
      readonly name: string;
      readonly type: readonly string[];
      readonly shown: boolean;
    }
  | { readonly kind: 'instance' }
  | { readonly kind: 'hypothesis' };

/**
 * Reads the leading binders and hypotheses of a proposition as Lean prints it. What it misreads costs a counterexample
 * that does not elaborate; it decides nothing about truth.
 */
export function telescope(printed: string): readonly Item[] {
  const items: Item[] = [];
  let rest: readonly Token[] = significant(tokenize(printed));
  for (;;) {
    const depth = depths(rest);
    const top = (text: string) => rest.findIndex((t, i) => t.text === text && depth[i] === 0);
    if (rest[0]?.text === '∀') {
      const comma = top(',');
      if (comma < 0) return items;
      items.push(...binders(rest.slice(1, comma)));
      rest = rest.slice(comma + 1);
      continue;
    }
    const arrow = top('→');
    // `∃ x, P → Q` is no implication, and neither is what stands behind a `∀` within.
    if (arrow < 0 || rest.slice(0, arrow).some((t, i) => BINDS.has(t.text) && depth[i] === 0)) return items;
    const left = rest.slice(0, arrow).map((t) => t.text);
    items.push(isType(left) ? { kind: 'value', name: '_', type: left, shown: true } : { kind: 'hypothesis' });
    rest = rest.slice(arrow + 1);
  }
}

const BINDS: ReadonlySet<string> = new Set(['∃', '∀', 'λ', 'fun', '∃!']);
const TYPES = /^(Nat|Int|Bool|Prop|Type|Unit|Char|String|List|Array|Option|Fin|BitVec|Rat|U?Int\d+)$/;
/** A domain that is not a proposition: Lean prints it like a hypothesis where nothing depends on it. */
const isType = (tokens: readonly string[]): boolean =>
  TYPES.test(tokens[0] ?? '') && !tokens.some((t) => /^[=<>≤≥≠∈∧∨↔]$/u.test(t));

function binders(tokens: readonly Token[]): Item[] {
  const first = tokens[0];
  if (first === undefined) return [];
  if (!OPENERS.has(first.text)) return bareBinder(tokens);
  const items: Item[] = [];
  let from = 0;
  while (from < tokens.length) {
    let depth = 0;
    let close = from;
    for (; close < tokens.length; close += 1) {
      if (OPENERS.has(tokens[close]!.text)) depth += 1;
      if (CLOSERS.has(tokens[close]!.text)) depth -= 1;
      if (depth === 0) break;
    }
    const inside = tokens.slice(from + 1, close).map((t) => t.text);
    const opener = tokens[from]!.text;
    if (opener === '[') items.push({ kind: 'instance' });
    else items.push(...named(inside, opener === '('));
    from = close + 1;
  }
  return items;
}

/** `x y : T`, `x`, or `x ∈ xs`, `n > 0`: then a hypothesis follows, and the type is not shown. */
function bareBinder(tokens: readonly Token[]): Item[] {
  const words = tokens.map((t) => t.text);
  if (words.includes(':')) return named(words, true);
  const names = tokens.findIndex((t) => t.kind !== 'word');
  const bound = words.slice(0, names < 0 ? undefined : names);
  const values = bound.map((name): Item => ({ kind: 'value', name, type: [], shown: true }));
  return names < 0 ? values : [...values, { kind: 'hypothesis' }];
}

function named(words: readonly string[], shown: boolean): Item[] {
  const colon = words.indexOf(':');
  const names = colon < 0 ? words : words.slice(0, colon);
  const type = colon < 0 ? [] : words.slice(colon + 1);
  return names.map((name): Item => ({ kind: 'value', name, type, shown }));
}
