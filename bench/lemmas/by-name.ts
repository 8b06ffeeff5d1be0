/** How notation is called in the names of theorems. */
const NOTATION: readonly (readonly [RegExp, string])[] = [
  [/\+(?!\+)/u, 'add'],
  [/\+\+/u, 'append'],
  [/\*/u, 'mul'],
  [/-/u, 'sub'],
  [/\//u, 'div'],
  [/%/u, 'mod'],
  [/\^/u, 'pow'],
  [/≤/u, 'le'],
  [/</u, 'lt'],
  [/∣/u, 'dvd'],
  [/∧/u, 'and'],
  [/∨/u, 'or'],
  [/¬/u, 'not'],
  [/∈/u, 'mem'],
];

const wordsOf = (name: string): string[] => name.split(/[._]/u).filter((word) => word !== '');

/**
 * The baseline: theorems whose names share most words with what the statement says (its identifiers, and its notation as the
 * library calls it), by the share of words in common.
 */
export function rankByName(statement: string, names: readonly string[]): string[] {
  const said = new Set([
    ...(statement.match(/[\p{L}_][\p{L}\p{N}_.']*/gu) ?? []).flatMap(wordsOf),
    ...NOTATION.flatMap(([symbol, word]) => (symbol.test(statement) ? [word] : [])),
  ]);
  return names
    .map((name) => {
      const words = new Set(wordsOf(name));
      const common = [...words].filter((word) => said.has(word)).length;
      return { name, score: common / (said.size + words.size - common) };
    })
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}
