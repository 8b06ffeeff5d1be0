import { splitCommands } from './commands.ts';
import { parseHeader } from './imports.ts';
import { tokenize } from './lexer.ts';
import { fullName } from './names.ts';
import { proofMark } from './proof.ts';

/** A theorem or lemma as a file declares it. */
export type Declared = {
  /** With its namespace. */
  readonly name: string;
  /** Of the keyword: 1-based line, 0-based column in code points. */
  readonly line: number;
  readonly column: number;
  /** Lines of the whole command, doc comment and attributes included. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Its proof has a `sorry` in it (as a word, not in a comment or string). */
  readonly open: boolean;
};

/** The theorems and lemmas of a file, in its order. */
export function declaredTheorems(text: string): Declared[] {
  const header = parseHeader(text).end;
  const tokens = tokenize(text).filter((t) => t.start >= header);
  return splitCommands(tokens).flatMap((command): Declared[] => {
    const { keyword, at, namespace } = command;
    if (keyword !== 'theorem' && keyword !== 'lemma') return [];
    const behind = command.tokens.slice(at + 1).filter((t) => t.kind !== 'comment');
    const name = behind[0];
    const [first, word, last] = [command.tokens[0]!, command.tokens[at]!, command.tokens.at(-1)!];
    if (name?.kind !== 'word') return [];
    const proof = proofMark(command);
    return [
      {
        name: fullName(namespace, name.text),
        line: word.line,
        column: word.column,
        firstLine: first.line,
        lastLine: last.line + last.text.split('\n').length - 1,
        open: behind.some(
          (t) => t.text === 'sorry' && t.kind === 'word' && proof !== null && t.start > proof.start,
        ),
      },
    ];
  });
}
