import { tokenize } from '../../lean-text/lexer.ts';
import { startsLikeLean } from './bare.ts';
import { blocksOf } from './blocks.ts';
import { codeInJson } from './json.ts';
import { withoutThoughts } from './thoughts.ts';
import { dedent } from './tokens.ts';

const mentions = (text: string, name: string): boolean => {
  const words = tokenize(text).filter((t) => t.kind === 'word');
  return words.some((t, i) => t.text === name && /^(theorem|lemma)$/.test(words[i - 1]?.text ?? ''));
};
const isWhole = (text: string): boolean =>
  !tokenize(text).some((t) => t.kind === 'word' && (t.text === 'sorry' || t.text === 'admit'));

const LEAN = /^(lean|lean4|lean3|tactic)?$/;
/** Languages that say nothing of what is in the block. */
const NEUTRAL = /^(text|txt|plaintext|plain|code)$/;

const DECLARES = /^(?:@\[[^\]]*\]\s*)?(?:private\s+)?(?:theorem|lemma|def)\s+\S+.*[:({[]/;
const GOES_ON =
  /^(?:termination_by|decreasing_by|end|def|private|protected|namespace|section|variable|instance|#|--|\/-|@\[)/;

/**
 * Code in prose without any block: from the first declaration (or the beginning, if that is code) to the first line in
 * column 0 behind an empty one that is prose again. Null where the theorem is not stated.
 */
function amidProse(text: string, name: string): string | null {
  const lines = text.split('\n');
  if (!mentions(text, name)) return null;
  const from = startsLikeLean(text) ? 0 : lines.findIndex((line) => DECLARES.test(line));
  if (from < 0) return null;
  const end = lines.findIndex(
    (line, i) =>
      i > from &&
      /^\S/.test(line) &&
      lines[i - 1]?.trim() === '' &&
      !GOES_ON.test(line) &&
      !startsLikeLean(line),
  );
  return lines.slice(from, end < 0 ? undefined : end).join('\n');
}

/**
 * What may be the proof, best first: the last Lean block that states the theorem and has no `sorry`, then
 * other Lean blocks from the last to the first, then structured JSON, then the bare text if it is code.
 * Thoughts are looked into only where nothing follows them.
 */
export function codeCandidates(answer: string, name: string, whole: boolean): string[] {
  const said = withoutThoughts(answer, whole);
  const found = candidatesIn(said, name, whole);
  return found.length > 0 || !whole || said === answer ? found : candidatesIn(answer, name, whole);
}

function candidatesIn(answer: string, name: string, whole: boolean): string[] {
  const blocks = blocksOf(answer)
    .filter((b) => (whole || b.closed) && b.text.trim() !== '')
    .toReversed();
  if (blocks.length === 0) {
    const json = codeInJson(answer);
    if (json.length > 0) return json;
  }
  const lean = blocks.filter((b) => LEAN.test(b.language)).map((b) => b.text);
  const rank = (text: string): number => (mentions(text, name) ? 0 : 2) + (isWhole(text) ? 0 : 1);
  const ordered = lean.map((text) => ({ text, rank: rank(text) })).toSorted((a, b) => a.rank - b.rank);
  const structured = blocks.filter((b) => b.language === 'json').flatMap((b) => codeInJson(b.text));
  const neutral = blocks.filter((b) => NEUTRAL.test(b.language) && mentions(b.text, name)).map((b) => b.text);
  const found = [...ordered.map((o) => o.text), ...structured, ...neutral];
  if (found.length > 0 || !whole || blocks.length > 0) return found;
  const bare = dedent(answer.replace(/\r\n/g, '\n')).trim();
  const amid = amidProse(bare, name);
  if (amid !== null) return [amid];
  return startsLikeLean(bare) ? [bare] : [];
}
