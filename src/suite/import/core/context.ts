import { type Command, splitCommands } from '../../../lean-text/commands.ts';
import { tokenize } from '../../../lean-text/lexer.ts';

/** Namespaces that core Lean has and that statements open. */
const NAMESPACES = new Set(
  `Nat Int Rat List Array Vector String Char Bool Option Except Fin BitVec Function Prod Sum Subtype Classical Std
  Lean`.split(/\s+/),
);

/** Options that core Lean has and that headers of data sets set. */
const OPTIONS =
  /^(maxHeartbeats|maxRecDepth|autoImplicit|relaxedAutoImplicit|synthInstance\..+|pp\..+|linter\.(all|unusedVariables)|Elab\.async)$/u;

/** A context without what only Mathlib knows, and what was left out, as it stood there. */
export function coreContext(context: string): {
  readonly context: string;
  readonly leftOut: readonly string[];
} {
  const leftOut: string[] = [];
  let at = 0;
  let kept = '';
  for (const command of splitCommands(tokenize(context))) {
    const mapped = coreCommand(command);
    if (mapped === null) continue;
    const [first, last] = [command.tokens[0]!, command.tokens.findLast((t) => t.kind !== 'comment')!];
    kept += context.slice(at, first.start) + mapped.text;
    at = last.end;
    leftOut.push(...mapped.leftOut);
  }
  return { context: kept + context.slice(at), leftOut };
}

type Mapped = { readonly text: string; readonly leftOut: readonly string[] };

/** Null: it stays as it is. */
function coreCommand(command: Command): Mapped | null {
  const words = command.tokens.slice(command.at + 1).filter((t) => t.kind !== 'comment');
  if (command.keyword === 'set_option') {
    const option = words[0]?.text ?? '';
    return OPTIONS.test(option) || command.at > 0 ? null : { text: '', leftOut: [`set_option ${option}`] };
  }
  if (command.keyword !== 'open' || command.at > 0 || words.some((t) => t.kind !== 'word')) return null;
  const [scoped, names] = words[0]?.text === 'scoped' ? ['scoped ', words.slice(1)] : ['', words];
  const unknown = names.filter((t) => !NAMESPACES.has(t.text)).map((t) => t.text);
  if (unknown.length === 0) return null;
  const known = names.filter((t) => NAMESPACES.has(t.text)).map((t) => t.text);
  return {
    text: known.length === 0 ? '' : `open ${scoped}${known.join(' ')}`,
    leftOut: [`open ${scoped}${unknown.join(' ')}`],
  };
}
