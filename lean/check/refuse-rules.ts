import type { Token } from '../../src/lean-text/lexer.ts';
import { declaredParts, nameParts } from './names.ts';
import {
  ALLOWED_OPTIONS,
  HARMLESS_HASH,
  LEAN_NAMESPACE,
  LEMMAS_BELOW_LEAN,
  REFUSED_ATTRIBUTES,
  REFUSED_NAMES,
} from './refused-words.ts';

const isName = (token: Token | undefined): token is Token => token?.kind === 'word' || token?.kind === 'name';

export function refusedHash(token: Token, strict: boolean): string | undefined {
  if (token.kind !== 'hash') return undefined;
  if (strict) return 'prints, and this Lean backend has to believe what is printed';
  return HARMLESS_HASH.has(token.text.slice(1))
    ? undefined
    : 'is a command that does more than print; a proof may not';
}

export function refusedName(token: Token): string | undefined {
  if (!isName(token)) return undefined;
  const parts = declaredParts(token.text);
  if (parts[0] === 'Lean' && !LEMMAS_BELOW_LEAN.has(parts[1] ?? '')) return LEAN_NAMESPACE;
  return REFUSED_NAMES.find((row) => parts.some((part) => row.words.includes(part)))?.reason;
}

/** `decide +native` and `(config := { native := true })`: `native_decide` by another name. */
export function refusedNative(tokens: readonly Token[], i: number): string | undefined {
  if (tokens[i]?.kind !== 'word' || tokens[i]?.text !== 'native') return undefined;
  const asked = tokens[i - 1]?.text === '+' || tokens[i + 1]?.text === ':=';
  return asked ? 'trusts compiled code instead of the kernel; try `decide`, `omega` or `simp`' : undefined;
}

/** `set_option NAME`, wherever it stands; the name has to be there literally, since a macro could put any other. */
export function refusedOption(tokens: readonly Token[], i: number): string | undefined {
  if (tokens[i]?.kind !== 'word' || tokens[i]?.text !== 'set_option') return undefined;
  const option = tokens.slice(i + 1).find((t) => t.kind !== 'comment');
  if (option?.kind !== 'word') return 'sets an option whose name does not stand there literally';
  const name = nameParts(option.text).join('.');
  const profiler = name.startsWith('trace.profiler');
  const allowed = ALLOWED_OPTIONS.some((o) => (o.endsWith('.') ? name.startsWith(o) : name === o));
  return allowed && !profiler
    ? undefined
    : `sets \`${name}\`, which is not among the options that a proof may set`;
}

/** A name at the place of an attribute inside `@[…]` or `attribute […]`. */
export function refusedAttribute(tokens: readonly Token[], i: number): string | undefined {
  const opens = tokens[i]?.text === '@[' || (tokens[i]?.text === '[' && tokens[i - 1]?.text === 'attribute');
  if (!opens) return undefined;
  let depth = 1;
  let place = true;
  for (const token of tokens.slice(i + 1)) {
    if (token.kind === 'comment') continue;
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
  'macro macro_rules notation notation3 infix infixl infixr prefix postfix syntax'.split(' '),
);

/** What would make a macro more than a plain quotation, or its tokens other than what a lexer sees. */
export function refusedQuotation(tokens: readonly Token[], i: number): string | undefined {
  const token = tokens[i];
  const next = tokens[i + 1];
  if (token?.kind === 'symbol' && token.text === '$' && next?.text === '(' && next.start === token.end) {
    const macros = tokens.some((t) => t.kind === 'word' && MACROS.has(t.text));
    if (macros)
      return 'computes a piece of syntax inside a quotation; a macro of a proof has to be a plain quotation';
  }
  if (token?.kind === 'string' && /--|\/-|-\/|["«»\\]/u.test(token.text.slice(1, -1))) {
    const macros = tokens.slice(0, i).some((t) => t.kind === 'word' && MACROS.has(t.text));
    if (macros) return 'could be a symbol of notation that holds the mark of a comment, a string or a name';
  }
  return undefined;
}
