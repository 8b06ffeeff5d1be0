import { splitCommands } from '../../lean-text/commands.ts';
import { tokenize } from '../../lean-text/lexer.ts';

/** A text with `theorem` for each `lemma` that begins a command: core Lean has no such word. */
export function asTheorems(text: string): string {
  const commands = splitCommands(tokenize(text)).filter((c) => c.keyword === 'lemma');
  return commands.reduceRight((left, { tokens, at }) => {
    const { start, end } = tokens[at]!;
    return `${left.slice(0, start)}theorem${left.slice(end)}`;
  }, text);
}
