import { commandText } from '../model/lean-source.ts';
import type { Submission } from '../model/submission.ts';
import { type Token, tokenize } from './lexer.ts';

/** Where a `sorry` stands in a text. */
export type Gap = {
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** 1-based, of the text; the column counts code points. */
  readonly line: number;
  readonly column: number;
  /** Blanks before the first word of its line. */
  readonly indent: number;
  /** Directly behind `by`. */
  readonly behindBy: boolean;
  /** A tactic of the outermost block, alone on its line. */
  readonly outermost: boolean;
  /** What the step is called: the name of its `have`, the case, or its number. */
  readonly name: string;
};

/** A proof with gaps, cut at them: there is one text more than there are gaps. */
export type Cut = { readonly form: Submission['form']; readonly texts: readonly string[] };

/** The gaps of a text, in order. */
export function gapsOf(text: string): readonly Gap[] {
  const tokens = tokenize(text).filter((t) => t.kind !== 'comment');
  const lines = text.split('\n');
  const body = lines.slice(1).filter((line) => line.trim() !== '');
  const least = Math.min(...body.map((line) => /^ */.exec(line)![0].length));
  const taken = new Set<string>();
  return tokens.flatMap((token, i): Gap[] => {
    if (token.kind !== 'word' || token.text !== 'sorry') return [];
    const line = lines[token.line - 1] ?? '';
    const before = tokens[i - 1];
    const base = nameOf(tokens, i) ?? `step${taken.size + 1}`;
    let name = base;
    for (let n = 2; taken.has(name); n += 1) name = `${base}_${n}`;
    taken.add(name);
    return [
      {
        start: token.start,
        end: token.end,
        line: token.line,
        column: token.column,
        indent: /^ */.exec(line)![0].length,
        behindBy: before?.text === 'by',
        outermost: token.line > 1 && token.column === least && line.trim() === 'sorry',
        name,
      },
    ];
  });
}

const NAMES = new Set(['have', 'suffices', 'obtain', 'theorem', 'lemma', 'case']);
const PLAIN = /^[\p{L}_][\p{L}\p{N}_']*$/u;

/** `have NAME`, `theorem NAME`, `| NAME … =>`, `case NAME` of the statement that the gap closes. */
function nameOf(tokens: readonly Token[], at: number): string | null {
  for (let i = at - 1; i >= 0; i -= 1) {
    const [token, next] = [tokens[i]!, tokens[i + 1]];
    const begins = token.text === '|' || NAMES.has(token.text);
    if (begins && next !== undefined && PLAIN.test(next.text) && next.text !== 'sorry') return next.text;
    // Behind another gap or on a line of its own it closes no named statement that stands further up.
    if (token.text === 'sorry' || token.text === '·') return null;
  }
  return null;
}

export function cutAt({ form, text }: Submission, gaps: readonly Gap[]): Cut {
  const ends = [0, ...gaps.map((gap) => gap.end)];
  return { form, texts: ends.map((from, i) => text.slice(from, gaps[i]?.start)) };
}

/** The proof with something in each gap. */
export const filled = ({ form, texts }: Cut, fillings: readonly string[]): Submission => ({
  form,
  text: texts.map((text, i) => text + (fillings[i] ?? '')).join(''),
});

/** Lemmas before the theorem, which names them in its gaps. */
export function withLemmas(statement: string, lemmas: readonly string[], proof: Submission): Submission {
  return { form: 'declarations', text: [...lemmas, commandText(statement, proof)].join('\n\n') };
}

/** A proof of a step as it may stand in the gap itself; null for one that is more than a proof. */
export function inPlace(gap: Gap, isTactic: boolean, proof: Submission): string | null {
  if (proof.form !== 'proof') return null;
  const text = proof.text.trim();
  if (!isTactic) return `(${shifted(text, gap.indent + 4)})`;
  if (!/^by\b/.test(text)) return `exact (${shifted(text, gap.column + 4)})`;
  const body = dedented(text.replace(/^by[ \t]*/, ''));
  if (!gap.behindBy) return shifted(body, gap.column);
  return body.includes('\n') ? `\n${' '.repeat(gap.indent + 4)}${shifted(body, gap.indent + 4)}` : body;
}

/** All lines but the first moved to the right. */
const shifted = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line, i) => (i === 0 || line.trim() === '' ? line : ' '.repeat(by) + line))
    .join('\n');

/** Without the line end before it and the indentation that its lines share. */
function dedented(text: string): string {
  const lines = text.replace(/^\n+/, '').split('\n');
  const indents = (text.startsWith('\n') ? lines : lines.slice(1))
    .filter((line) => line.trim() !== '')
    .map((line) => /^ */.exec(line)![0].length);
  const least = indents.length === 0 ? 0 : Math.min(...indents);
  return lines
    .map((line, i) => (i === 0 && !text.startsWith('\n') ? line : line.slice(least)))
    .join('\n')
    .trimEnd();
}
