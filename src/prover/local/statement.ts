import { type Token, tokenize } from '../../lean-text/lexer.ts';
import type { Theorem } from '../../model/index.ts';
import { CLOSERS, depths, OPENERS, significant } from '../clean/tokens.ts';

/** A variable or hypothesis that the statement binds, with its type as written (tokens, '' when left out). */
export type Bound = {
  readonly name: string;
  readonly type: readonly string[];
  /** Bound by a leading `∀` of the conclusion, so that it has to be introduced. */
  readonly universal: boolean;
};

export type Shape = {
  readonly bound: readonly Bound[];
  /** All word tokens of the statement. */
  readonly words: ReadonlySet<string>;
  /** All tokens of the statement, doc comment left out. */
  readonly tokens: readonly string[];
  /** Conclusion behind leading `∀`s. */
  readonly conclusion: readonly string[];
};

const isName = (t: Token | undefined): boolean => t?.kind === 'word' || t?.text === '_';

/** Names and type of the inside of a binder: `a b : Nat`; a lone type (`[DecidableEq α]`) binds nothing here. */
function inside(tokens: readonly Token[], universal: boolean): Bound[] {
  const depth = depths(tokens);
  const colon = tokens.findIndex((t, i) => t.text === ':' && depth[i] === 0);
  const names = colon < 0 ? tokens : tokens.slice(0, colon);
  if (!names.every(isName)) return [];
  const type = colon < 0 ? [] : tokens.slice(colon + 1).map((t) => t.text);
  return names.map((t) => ({ name: t.text, type, universal }));
}

/** Reads binder groups from `i` on; returns what they bind and where they end. */
function groups(tokens: readonly Token[], from: number, universal: boolean): { bound: Bound[]; end: number } {
  const bound: Bound[] = [];
  let i = from;
  while (i < tokens.length && tokens[i]!.kind === 'symbol' && OPENERS.has(tokens[i]!.text)) {
    let depth = 0;
    let close = i;
    for (; close < tokens.length; close += 1) {
      if (OPENERS.has(tokens[close]!.text)) depth += 1;
      if (CLOSERS.has(tokens[close]!.text)) depth -= 1;
      if (depth === 0) break;
    }
    if (tokens[i]!.text !== '[') bound.push(...inside(tokens.slice(i + 1, close), universal));
    i = close + 1;
  }
  return { bound, end: i };
}

/** The leading `∀`s of a conclusion: `∀ x y : T,`, `∀ (x : T) {y}, …`, `∀ x < n,`. */
function universals(tokens: readonly Token[]): { bound: Bound[]; rest: readonly Token[] } {
  const bound: Bound[] = [];
  let rest = tokens;
  while (rest[0]?.text === '∀' || rest[0]?.text === 'forall') {
    const depth = depths(rest);
    const comma = rest.findIndex((t, i) => t.text === ',' && depth[i] === 0);
    if (comma < 0) break;
    const binder = rest.slice(1, comma);
    const grouped = groups(binder, 0, true);
    bound.push(...(grouped.end === binder.length ? grouped.bound : inside(binder, true)));
    rest = rest.slice(comma + 1);
  }
  return { bound, rest };
}

/** What `variable` commands of the context bind, as far as the statement names it. */
function sectionVariables(context: string, words: ReadonlySet<string>): Bound[] {
  const tokens = significant(tokenize(context));
  return tokens
    .flatMap((t, i) => (t.text === 'variable' ? groups(tokens, i + 1, false).bound : []))
    .filter((b) => words.has(b.name));
}

/**
 * Binders and conclusion of a theorem, read from its text by brackets and colons alone. What it misreads
 * costs a candidate that fails; it decides nothing about truth.
 */
export function shapeOf(theorem: Pick<Theorem, 'statement' | 'context' | 'name'>): Shape {
  const tokens = significant(tokenize(theorem.statement)).filter((t) => t.kind !== 'doc');
  const keyword = tokens.findIndex((t) => t.text === 'theorem' || t.text === 'lemma');
  const words = new Set(tokens.filter((t) => t.kind === 'word').map((t) => t.text));
  const binders = groups(tokens, keyword + 2, false);
  const colon = tokens[binders.end]?.text === ':' ? binders.end + 1 : binders.end;
  const { bound, rest } = universals(tokens.slice(colon));
  return {
    bound: [...sectionVariables(theorem.context, words), ...binders.bound, ...bound],
    words,
    tokens: tokens.map((t) => t.text),
    conclusion: rest.map((t) => t.text),
  };
}
