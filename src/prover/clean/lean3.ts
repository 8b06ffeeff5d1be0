import { type Token, tokenize } from '../../lean-text/lexer.ts';
import { depths, significant } from './tokens.ts';

type Edit = { readonly start: number; readonly end: number; readonly text: string };

const apply = (text: string, edits: readonly Edit[]): string =>
  edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((out, e) => out.slice(0, e.start) + e.text + out.slice(e.end), text);

/** `begin … end` becomes `by …`; only where a proof may begin, for `begin` is a plain name in Lean 4. */
function beginEnd(text: string): string {
  const tokens = significant(tokenize(text));
  const open: Token[] = [];
  for (const [i, t] of tokens.entries()) {
    const before = tokens[i - 1]?.text;
    if (
      t.text === 'begin' &&
      (before === undefined || [':=', 'from', ',', ';', '{', '=>'].includes(before))
    ) {
      open.push(t);
    } else if (t.text === 'end' && open.length > 0) {
      const begin = open.pop()!;
      if (open.length > 0) continue;
      const inner = beginEnd(text.slice(begin.end, t.start));
      const body =
        /^[^\s]/m.test(inner.trimStart()) && /\n\S/.test(inner) ? inner.replace(/\n(?=\S)/g, '\n  ') : inner;
      return `${text.slice(0, begin.start)}by${body.trimEnd()}${beginEnd(text.slice(t.end))}`;
    }
  }
  return text;
}

const BINDERS = new Set(['∀', '∃', '∃!', 'λ', '∑', '∏', 'Σ', 'Π', 'forall', 'exists']);
/** Tactics and patterns that take a list with commas, which may go on in the next line. */
const LISTS = new Set([
  'match',
  '|',
  'exists',
  'use',
  'induction',
  'cases',
  'generalize',
  'simp',
  'fun_induction',
]);

/** Commas that end a line outside brackets and belong to no binder: Lean 3's separators. */
function lineCommas(text: string, wasLean3: boolean): string {
  const tokens = significant(tokenize(text));
  const depth = depths(tokens);
  const edits: Edit[] = [];
  let pending = 0;
  let lead: Token | undefined;
  for (const [i, t] of tokens.entries()) {
    if (lead === undefined || t.line !== tokens[i - 1]?.line) lead = t;
    if (depth[i] !== 0) continue;
    if (BINDERS.has(t.text) && !(t === lead && t.text === 'exists')) pending += 1;
    if (t.text !== ',') continue;
    const next = tokens[i + 1];
    if (pending > 0) pending -= 1;
    else if ((next === undefined || next.line > t.line) && (wasLean3 || !LISTS.has(lead.text))) {
      edits.push({ start: t.start, end: t.end, text: '' });
    }
  }
  return apply(text, edits);
}

/** `rw h at g` becomes `rw [h] at g`: Lean 4 knows no `rw` without brackets. */
function rewriteBrackets(text: string): string {
  return text.replace(
    /^(\s*(?:[·.]\s+)?)(rw|rewrite|erw)[ \t]+((?:←[ \t]*)?[\p{L}_][\p{L}\p{N}_.']*)([ \t]+at[ \t]+[^\n[\]]+)?[ \t]*$/gmu,
    '$1$2 [$3]$4',
  );
}

/** `have h : P, from e` becomes `have h : P := e`; `λ x, e` becomes `fun x => e`. */
function fromAndLambda(text: string): string {
  const tokens = significant(tokenize(text));
  const depth = depths(tokens);
  const edits: Edit[] = [];
  for (const [i, t] of tokens.entries()) {
    const next = tokens[i + 1];
    if (t.text === ',' && next?.text === 'from') edits.push({ start: t.start, end: next.end, text: ' :=' });
    if (t.text !== 'λ') continue;
    const end = tokens.findIndex(
      (u, k) => k > i && depth[k] === depth[i] && (u.text === ',' || u.text === '=>' || u.text === '↦'),
    );
    const comma = tokens[end];
    if (comma?.text !== ',') continue;
    edits.push(
      { start: t.start, end: t.end, text: 'fun' },
      { start: comma.start, end: comma.end, text: ' =>' },
    );
  }
  return apply(text, edits);
}

/** Puts `theorem` for `lemma` where a command begins: core Lean has no `lemma`. */
const lemmas = (text: string): string =>
  text.replace(/^((?:@\[[^\]\n]*\]\s*|private\s+|protected\s+)*)lemma\b/gm, '$1theorem');

/** Mends leftovers of Lean 3 that no Lean 4 proof has; text that is Lean 4 already stays as it is. */
export function fromLean3(text: string): string {
  const opened = beginEnd(text);
  const bracketed = rewriteBrackets(lineCommas(fromAndLambda(lemmas(opened)), opened !== text));
  return bracketed.replace(/[ \t]+$/gm, '');
}
