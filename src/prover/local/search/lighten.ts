/** Lines at the margin, each with what is indented behind it. */
export function blocksOf(tactic: string): string[] {
  const blocks: string[] = [];
  for (const line of tactic.split('\n')) {
    if (/^\s/.test(line) && blocks.length > 0) blocks[blocks.length - 1] += `\n${line}`;
    else blocks.push(line);
  }
  return blocks;
}

/** Facts of a tactic of several lines that it may do without, the later ones first. */
export const factsIn = (blocks: readonly string[]): string[] =>
  blocks.filter((b, i) => i < blocks.length - 1 && /^(try )?have\b/.test(b)).toReversed();

/** A tactic with one of the alternatives of its last `first | … | …` in place of all; none where there is no such choice. */
export function alternativesOf(tactic: string): string[] {
  const at = tactic.lastIndexOf('first | ');
  if (at < 0) return [];
  const before = tactic.slice(0, at);
  const open = (before.match(/[(⟨[]/g) ?? []).length - (before.match(/[)⟩\]]/g) ?? []).length;
  if (open !== 0) return [];
  return choices(tactic.slice(at + 'first | '.length)).map((choice) => before + bare(choice));
}

/** The parts between bars that are in no bracket. */
function choices(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const c of text) {
    if ('([⟨{'.includes(c)) depth += 1;
    if (')]⟩}'.includes(c)) depth -= 1;
    if (c === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts.map((p) => p.trim());
}

/** `(simp; done)` is `simp` where it closes. */
const bare = (choice: string): string => {
  const [, inside] = /^\((.*); done\)$/.exec(choice) ?? [];
  return inside !== undefined && !inside.includes(';') ? inside : choice;
};
