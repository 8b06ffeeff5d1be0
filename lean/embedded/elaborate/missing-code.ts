import { tokenize } from '../../../src/lean-text/lexer.ts';
import type { Diagnostic } from '../../../src/model/index.ts';

/** Code of a function of the library that the package has not, in the two ways in which Lean says so. */
const MISSING =
  /^(Unknown constant `[^`]*\._redArg`|Could not find native implementation of external declaration)/u;

/**
 * An `#eval` that fails for no more than code which the embedded Lean has not is told by a warning: it declares nothing,
 * and the file is not at fault.
 */
export function withoutMissingCode(messages: readonly Diagnostic[], text: string): readonly Diagnostic[] {
  if (!messages.some(isMissing)) return messages;
  const evaluations = new Set(
    tokenize(text).flatMap(({ kind, text: word, line, column }) =>
      kind === 'hash' && word === '#eval' ? [`${line}:${column}`] : [],
    ),
  );
  return messages.map((message) => {
    if (!isMissing(message) || !evaluations.has(`${message.pos.line}:${message.pos.column}`)) return message;
    const why = 'the embedded Lean has no code of this library function, so the term was not evaluated';
    return { ...message, severity: 'warning', text: `${message.text}\n${why}` };
  });
}

const isMissing = ({ severity, text }: Diagnostic): boolean => severity === 'error' && MISSING.test(text);
