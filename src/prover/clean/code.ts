import { tokenize } from '../../lean-text/lexer.ts';
import { startsLikeLean } from './bare.ts';
import { dedent } from './tokens.ts';

type Block = { readonly language: string; readonly text: string; readonly closed: boolean };

/** Markdown code blocks in order; one that is never closed reaches to the end. */
export function blocksOf(answer: string): Block[] {
  const blocks: Block[] = [];
  let open: { marks: string; language: string; indent: number; lines: string[] } | null = null;
  const close = (closed: boolean): void => {
    if (open === null) return;
    const { indent, lines, language } = open;
    const text = lines.map((l) => l.slice(Math.min(indent, /^\s*/.exec(l)![0].length))).join('\n');
    blocks.push({ language, text: dedent(text), closed });
    open = null;
  };
  for (const line of answer.split(/\r?\n/)) {
    if (open === null) {
      const start = /^(\s*)(`{3,}|~{3,})[ \t]*([\w+-]*)(.*)$/.exec(line);
      if (start === null) continue;
      const [, space = '', marks = '', language = '', rest = ''] = start;
      // A whole block on one line: ```lean by simp```
      const inline = rest.endsWith(marks) ? rest.slice(0, -marks.length).trim() : null;
      if (inline !== null && inline !== '')
        blocks.push({ language: language.toLowerCase(), text: inline, closed: true });
      else open = { marks, language: language.toLowerCase(), indent: space.length, lines: [] };
    } else if (line.trim().startsWith(open.marks) && /^(`+|~+)$/.test(line.trim())) {
      close(true);
    } else {
      open.lines.push(line);
    }
  }
  close(false);
  return blocks;
}

const JSON_KEYS = ['proof', 'lean4_code', 'lean_code', 'lean4', 'lean', 'code', 'theorem', 'text', 'answer'];

/** Code in a structured answer: the first string under a known key, itself perhaps fenced. */
function fromJson(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (value === null || typeof value !== 'object') return [];
  const found = JSON_KEYS.flatMap((key) => {
    const field = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    return typeof field === 'string' && field.trim() !== '' ? [field] : [];
  })[0];
  if (found === undefined) return [];
  const inner = blocksOf(found).at(-1)?.text;
  return [inner ?? dedent(found.replace(/\r\n/g, '\n'))];
}

const mentions = (text: string, name: string): boolean => {
  const words = tokenize(text).filter((t) => t.kind === 'word');
  return words.some((t, i) => t.text === name && /^(theorem|lemma)$/.test(words[i - 1]?.text ?? ''));
};
const isWhole = (text: string): boolean =>
  !tokenize(text).some((t) => t.kind === 'word' && (t.text === 'sorry' || t.text === 'admit'));

/**
 * What may be the proof, best first: the last Lean block that states the theorem and has no `sorry`, then
 * other Lean blocks from the last to the first, then structured JSON, then the bare text if it is code.
 */
export function codeCandidates(answer: string, name: string, whole: boolean): string[] {
  const json = fromJson(answer.trim());
  if (json.length > 0) return json;
  const blocks = blocksOf(answer)
    .filter((b) => (whole || b.closed) && b.text.trim() !== '')
    .toReversed();
  const lean = blocks.filter((b) => /^(lean|lean4|lean3|tactic)?$/.test(b.language)).map((b) => b.text);
  const rank = (text: string): number => (mentions(text, name) ? 0 : 2) + (isWhole(text) ? 0 : 1);
  const ordered = lean.map((text) => ({ text, rank: rank(text) })).toSorted((a, b) => a.rank - b.rank);
  const structured = blocks.filter((b) => b.language === 'json').flatMap((b) => fromJson(b.text));
  const found = [...ordered.map((o) => o.text), ...structured];
  if (found.length > 0 || !whole || blocks.length > 0) return found;
  const bare = dedent(answer.replace(/\r\n/g, '\n')).trim();
  return startsLikeLean(bare) ? [bare] : [];
}
