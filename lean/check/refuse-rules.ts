import { nesting } from '../../src/lean-text/brackets.ts';
import type { Token } from '../../src/lean-text/lexer.ts';
import { declaredParts, nameParts } from './names.ts';
import {
  ALLOWED_BELOW_LEAN,
  HARMLESS_HASH,
  LEAN_NAMESPACE,
  REFUSED_ATTRIBUTES,
  REFUSED_NAMES,
  REFUSED_OPTIONS,
} from './refused-words.ts';

/* Tokens come here without comments, so that neighbours are neighbours. */

const isName = (token: Token | undefined): token is Token => token?.kind === 'word' || token?.kind === 'name';

/** Behind a number: the width in `1#w`. Of more than one letter it could be cut into a command and a rest. */
const WIDTH = /^#\p{L}[\d'₀-₉]*$/u;

export function refusedHash(
  tokens: readonly Token[],
  i: number,
  { strict, evaluation }: { readonly strict: boolean; readonly evaluation: boolean },
): string | undefined {
  const [before, token] = [tokens[i - 1], tokens[i]];
  if (token?.kind !== 'hash') return undefined;
  if (before?.kind === 'number' && before.end === token.start && WIDTH.test(token.text)) return undefined;
  if (strict) return 'prints, and this Lean backend has to believe what is printed';
  if (evaluation && token.text === '#guard_msgs')
    return 'hides messages, which are all that is told of a file';
  if (HARMLESS_HASH.has(token.text.slice(1))) return undefined;
  return 'is a command that does more than print; a proof may not';
}

export function refusedName(tokens: readonly Token[], i: number, evaluation: boolean): string | undefined {
  const token = tokens[i];
  if (!isName(token)) return undefined;
  const parts = declaredParts(token.text);
  if (
    parts[0] === 'Lean' &&
    !(parts.length > 1 ? ALLOWED_BELOW_LEAN.has(parts[1]!) : !evaluation && isOpened(tokens, i))
  )
    return LEAN_NAMESPACE;
  return REFUSED_NAMES.find((row) => parts.some((part) => row.words.includes(part)))?.reason;
}

/** `open Lean` alone runs nothing and declares nothing. */
function isOpened(tokens: readonly Token[], i: number): boolean {
  const before = tokens
    .slice(0, i)
    .findLast((t) => t.kind !== 'word' || t.text === 'open' || BEGINS.has(t.text));
  return before?.text === 'open';
}

/** `decide +native` and `(native := true)`: `native_decide` by another name. */
export function refusedNative(tokens: readonly Token[], i: number): string | undefined {
  const [before, token, next] = [tokens[i - 1], tokens[i], tokens[i + 1]];
  if (token?.kind !== 'word' || token.text !== 'native') return undefined;
  const apart = tokens[i - 2]?.end !== before?.start || tokens[i - 2]?.text === 'decide';
  const flag = before?.text === '+' && before.end === token.start && apart;
  const field = next?.text === ':=' && tokens[i + 2]?.text !== 'false' && inConfiguration(tokens, i);
  if (!flag && !field) return undefined;
  return 'trusts compiled code instead of the kernel; try `decide`, `omega` or `simp`';
}

/** Directly in `(… := …)`, or in the braces of a `config :=`. */
function inConfiguration(tokens: readonly Token[], i: number): boolean {
  const opener = tokens.slice(0, i).findLast((t) => t.text === '(' || t.text === '{');
  if (opener?.text !== '{') return true;
  const at = tokens.indexOf(opener);
  return tokens[at - 1]?.text === ':=' && tokens[at - 2]?.text === 'config';
}

/** `set_option NAME`, wherever it stands; the name has to be there literally, since a macro could put any other. */
export function refusedOption(tokens: readonly Token[], i: number): string | undefined {
  if (tokens[i]?.kind !== 'word' || tokens[i]?.text !== 'set_option') return undefined;
  const option = tokens[i + 1];
  if (option?.kind !== 'word') return 'sets an option whose name does not stand there literally';
  const name = nameParts(option.text).join('.');
  const refused = REFUSED_OPTIONS.some((o) => (o.endsWith('.') ? name.startsWith(o) : name === o));
  if (!refused) return undefined;
  return `sets \`${name}\`, which a proof may not: it changes what Lean checks, hides or writes`;
}

/** Tokens. */
const MOST_IN_ATTRIBUTES = 2_000;

/** A name at the place of an attribute inside `@[…]` or `attribute […]`. */
export function refusedAttribute(tokens: readonly Token[], i: number): string | undefined {
  const opens = tokens[i]?.text === '@[' || (tokens[i]?.text === '[' && tokens[i - 1]?.text === 'attribute');
  if (!opens) return undefined;
  let depth = 1;
  let place = true;
  for (let at = i + 1; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    // A list that never ends is none, and to look for its end from each `@[` would take hostile input's time squared.
    if (at - i > MOST_IN_ATTRIBUTES) return 'opens a list of attributes that is too long';
    if (/^[([{⟨]$|[[{(]$/u.test(token.text)) depth += 1;
    else if (/^[)\]}⟩]/u.test(token.text)) depth -= 1;
    if (depth === 0) return undefined;
    if (token.text === '$') return 'gives an attribute whose name does not stand there literally';
    if (place && token.kind === 'word') {
      const name = nameParts(token.text).join('.');
      if (name === 'local' || name === 'scoped') continue;
      const row = REFUSED_ATTRIBUTES.find((r) => r.words.includes(name) || r.pattern?.test(name));
      if (row) return `gives the attribute \`${name}\`, which ${row.reason}`;
    }
    place = depth === 1 && (token.text === ',' || (place && token.text === '-'));
  }
  return undefined;
}

const MACROS = new Set(
  'macro macro_rules notation notation3 infix infixl infixr prefix postfix syntax binder_predicate'.split(
    ' ',
  ),
);

const withMacros = new WeakMap<readonly Token[], boolean>();

/** Asked for each `$(` of a text, which may have many. */
function definesMacros(tokens: readonly Token[]): boolean {
  const found = withMacros.get(tokens) ?? tokens.some((t) => t.kind === 'word' && MACROS.has(t.text));
  withMacros.set(tokens, found);
  return found;
}

/** What would make a macro more than a plain quotation, or its tokens other than what a lexer sees. */
export function refusedQuotation(tokens: readonly Token[], i: number): string | undefined {
  const [before, token, next] = [tokens[i - 1], tokens[i], tokens[i + 1]];
  // A macro for attributes could give any of them, by a word of its own.
  if (token?.text === 'attr' && next?.text.startsWith('|') && before?.text.endsWith('('))
    return 'makes an attribute by a macro; give the attribute itself';
  if (token?.kind === 'symbol' && token.text === '$' && next?.text === '(' && next.start === token.end) {
    // `$(x)` and the splices `$(x)?`, `$(xs)*` only name a variable.
    const plain = tokens[i + 2]?.kind === 'word' && tokens[i + 3]?.text === ')';
    if (!plain && definesMacros(tokens))
      return 'computes a piece of syntax inside a quotation; a macro of a proof has to be a plain quotation';
  }
  if (
    token?.kind === 'string' &&
    /--|\/-|-\/|["«»\\]/u.test(token.text.slice(1, -1)) &&
    symbolOfNotation(tokens, i)
  )
    return 'is a symbol of notation that holds the mark of a comment, a string or a name';
  return undefined;
}

const DECLARES = new Set(
  'theorem lemma def abbrev instance example structure class inductive opaque axiom'.split(' '),
);

const BEGINS = new Set([...DECLARES, ...'namespace section end export variable universe in'.split(' ')]);

/** Does the string stand in the left-hand side of a notation: between such a word and its `=>` or `:=`? */
function symbolOfNotation(tokens: readonly Token[], i: number): boolean {
  let depth = 0;
  for (let at = i - 1; at >= 0; at -= 1) {
    const token = tokens[at]!;
    depth -= nesting(token);
    if (depth > 0) continue;
    if (token.text === '=>' || token.text === ':=') return false;
    if (token.kind === 'word' && DECLARES.has(token.text)) return false;
    if (token.kind === 'word' && MACROS.has(token.text)) return true;
  }
  return false;
}
