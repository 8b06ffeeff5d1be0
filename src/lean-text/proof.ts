import { nesting } from './brackets.ts';
import type { Command } from './commands.ts';
import type { Token } from './lexer.ts';

/** Where a theorem's proof stands when the whole of it is `sorry`, or why it is not a target. */
export type ProofShape =
  | { readonly kind: 'target'; readonly assign: Token; readonly sorry: Token }
  | { readonly kind: 'other'; readonly reason: string };

const BINDERS = new Set(['let', 'have', 'letI', 'haveI', 'let_fun']);
const CONTINUES = new Set([
  'where',
  'termination_by',
  'decreasing_by',
  'at',
  'with',
  'using',
  'then',
  'else',
]);

/** Looks at a `theorem` or `lemma` command that has a `sorry` in it. */
export function proofShape(command: Command): ProofShape {
  const tokens = command.tokens.slice(command.at + 1).filter((t) => t.kind !== 'comment');
  const at = proofStart(tokens);
  if (at === 'equations') return other('the proof is by equations');
  if (at === 'none') return other('its proof does not begin with `:=`');
  const assign = tokens[at] as Token;
  const isBy = tokens[at + 1]?.text === 'by';
  const sorry = tokens[at + (isBy ? 2 : 1)];
  if (sorry?.text !== 'sorry') return other(insideReason(tokens.slice(at + 1)));
  const behind = tokens[at + (isBy ? 3 : 2)];
  if (behind === undefined || beginsAnew(behind, sorry)) return { kind: 'target', assign, sorry };
  if (behind.text === 'where') return other('`where` follows the `sorry`');
  return other(`\`${behind.text}\` follows the \`sorry\``);
}

/** The token that begins the proof of a theorem: `:=`, or the `|` of its first equation; null where there is none. */
export function proofMark(command: Command): Token | null {
  const tokens = command.tokens.slice(command.at + 1).filter((t) => t.kind !== 'comment');
  const at = proofStart(tokens);
  if (at === 'none') return null;
  return (
    (at === 'equations' ? tokens.find((t, i) => t.text === '|' && equation(tokens, i)) : tokens[at]) ?? null
  );
}

const other = (reason: string): ProofShape => ({ kind: 'other', reason });

/**
 * Index of the `:=` that begins the proof. A `let` or `have` in the statement takes a `:=` (in a `do` a `←`) of its own, and
 * those in brackets are default values or named arguments.
 */
function proofStart(tokens: readonly Token[]): number | 'equations' | 'none' {
  let depth = 0;
  let bindings = 0;
  for (const [i, token] of tokens.entries()) {
    depth = Math.max(0, depth + nesting(token));
    if (depth === 0 && token.kind === 'word' && BINDERS.has(token.text)) bindings += 1;
    else if (depth === 0 && token.text === ':=') {
      if (bindings === 0) return i;
      bindings -= 1;
    } else if (depth === 0 && bindings > 0 && (token.text === '←' || token.text === '<-')) bindings -= 1;
    else if (depth === 0 && bindings === 0 && token.text === '|' && equation(tokens, i)) return 'equations';
  }
  return 'none';
}

/** A `|` that begins a line and has `=>` behind it before any `:=`, where no `match` or `fun` opened it. */
function equation(tokens: readonly Token[], i: number): boolean {
  if (tokens[i - 1]?.line === tokens[i]?.line) return false;
  const opener = tokens.slice(0, i).findLast((t) => ['match', 'fun', 'λ', 'with'].includes(t.text));
  return opener === undefined && tokens.slice(i).some((t) => t.text === '=>');
}

/** A word at the start of a line is the next command, one that we do not know by name. */
const beginsAnew = (behind: Token, sorry: Token): boolean =>
  behind.column === 0 &&
  sorry.column !== 0 &&
  (behind.kind === 'word' || behind.kind === 'doc' || behind.kind === 'moduleDoc' || behind.text === '@[') &&
  !CONTINUES.has(behind.text);

function insideReason(proof: readonly Token[]): string {
  const before = proof.slice(
    0,
    proof.findIndex((t) => t.text === 'sorry'),
  );
  for (const word of ['have', 'calc', 'suffices', 'obtain', 'let', 'show', 'where'])
    if (before.some((t) => t.kind === 'word' && t.text === word))
      return `the \`sorry\` is inside a \`${word}\``;
  return before[0]?.text === 'by'
    ? 'the `sorry` is one step of a tactic proof'
    : 'the `sorry` is inside a term';
}
