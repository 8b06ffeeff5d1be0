import { tokenize } from '../../src/lean-text/lexer.ts';

/** Names of library theorems that a proof writes out in full, each once; what it uses through a tactic is not seen. */
export function namedIn(proof: string, known: ReadonlySet<string>): string[] {
  const words = tokenize(proof).flatMap(({ kind, text }) =>
    kind === 'word' ? [text.replace(/^@/, '')] : [],
  );
  return [...new Set(words.filter((word) => known.has(word)))];
}
