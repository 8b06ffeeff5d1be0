import { alignedPairs } from '../../../src/lean-text/align.ts';
import { plainName } from '../../../src/lean-text/names.ts';
import { type Unit, unitsOf } from '../../../src/lean-text/units.ts';
import { refusedToken } from '../refuse.ts';
import { ALLOWED_BELOW_LEAN } from '../refused-words.ts';

/** UTF-16 offsets in the submission. */
export type Span = { readonly start: number; readonly end: number };

export type Forgiven = {
  /** What the submission repeats of the trusted text: whole commands, and theorems up to their proofs. In order. */
  readonly spans: readonly (Span & { readonly keyword: string })[];
  /** Identifiers of the namespace `Lean` that the trusted text says itself. */
  readonly names: ReadonlySet<string>;
};

/** Declares or sets something that the comparison sees; nothing of it runs. */
const DECLARES = new Set(['axiom', 'unsafe']);
/** An untrusted one of these before a trusted program cannot change what the program's words mean. */
const WITHOUT_EFFECT = new Set(['theorem', 'lemma', 'example']);

/**
 * Where a submission says nothing of its own: the commands of the trusted text that it repeats token for token, in
 * their order. They are not held against it, with one exception: a program of the trusted text is its own only as long as
 * nothing but theorems was put before it, since a definition or a notation could make another program of it.
 */
export function forgivenIn(trusted: string, submission: string): Forgiven {
  const [ours, theirs] = [unitsOf(trusted), unitsOf(submission)];
  const pairs = new Map(
    alignedPairs(
      ours.map((unit) => unit.key),
      theirs.map((unit) => unit.key),
    ).map(([a, b]) => [b, a]),
  );
  let changed = false;
  const spans: (Span & { keyword: string })[] = [];
  for (const [i, unit] of theirs.entries()) {
    const own = pairs.has(i) ? ours[pairs.get(i)!] : undefined;
    if (own === undefined) {
      changed ||= !WITHOUT_EFFECT.has(unit.keyword);
      continue;
    }
    if (changed && runs(submission, unit)) continue;
    const end = own.words === unit.words ? unit.end : unit.statementEnd;
    spans.push({ start: unit.start, end, keyword: unit.keyword });
  }
  return { spans, names: leanNames(ours) };
}

/** The text with blanks in place of what is forgiven, every position as it was. */
export function withoutForgiven(submission: string, { spans, names }: Forgiven): string {
  const named =
    names.size === 0
      ? []
      : unitsOf(submission).flatMap((unit) => unit.tokens.filter((t) => names.has(t.text)));
  return blanked(submission, [...spans, ...named]);
}

/** Blanks in place of some spans, which may overlap; line ends stay. */
function blanked(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    parts.push(
      text.slice(at, Math.max(at, start)),
      text.slice(Math.max(at, start), end).replace(/[^\n]/gu, ' '),
    );
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** Does a command of the trusted text do more than declare? Then it is a program, or makes one. */
function runs(text: string, { start, end, tokens }: Unit): boolean {
  const harmless = tokens.filter(
    (t, i) =>
      DECLARES.has(t.text) ||
      isLeanName(t.text) ||
      t.text === 'set_option' ||
      tokens[i - 1]?.text === 'set_option',
  );
  const own = harmless.map((t) => ({ start: t.start - start, end: t.end - start }));
  return refusedToken(blanked(text.slice(start, end), own)) !== null;
}

const isLeanName = (text: string): boolean => {
  const [first, second = ''] = plainName(text.replace(/^`+/, ''))
    .replace(/^_root_\./, '')
    .split('.');
  return first === 'Lean' && !ALLOWED_BELOW_LEAN.has(second);
};

/** With the names that stand before their last dots, which may have been fields. */
const leanNames = (units: readonly Unit[]): Set<string> =>
  new Set(
    units.flatMap(({ tokens }) =>
      tokens.flatMap((t) => (t.kind === 'word' && isLeanName(t.text) ? beginningsOf(t.text) : [])),
    ),
  );

const beginningsOf = (name: string): string[] => {
  const parts = name.split('.');
  const all = parts.map((_, i) => parts.slice(0, i + 1).join('.'));
  return all.filter((beginning) => !/^(_root_|(_root_\.)?Lean)$/.test(beginning));
};
