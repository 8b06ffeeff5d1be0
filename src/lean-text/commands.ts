import { nesting } from './brackets.ts';
import type { Token } from './lexer.ts';
import { Scopes } from './scopes.ts';

/** A top-level command, from its doc comment, attributes, modifiers and `… in` prefixes to its last token. */
export type Command = {
  /** The word that says what it is: `theorem`, `def`, `namespace`, `#eval`, … */
  readonly keyword: string;
  /** All its tokens, comments between them included. */
  readonly tokens: readonly Token[];
  /** Index of the keyword in `tokens`. */
  readonly at: number;
  /** Namespaces around it, outermost first. */
  readonly namespace: readonly string[];
  readonly inMutual: boolean;
};

const DECLARATIONS =
  'theorem lemma def abbrev instance example structure class inductive coinductive opaque axiom';
const COMMANDS = new Set(
  `${DECLARATIONS} namespace section end mutual variable universe open export set_option attribute include omit
  notation infix infixl infixr prefix postfix macro macro_rules syntax declare_syntax_cat elab elab_rules
  initialize builtin_initialize unif_hint`.split(/\s+/),
);
const MODIFIERS = new Set(
  'private protected public meta nonrec noncomputable unsafe partial local scoped'.split(' '),
);
/** `open … in` and `set_option … in` are terms and tactics too. */
const ALSO_IN_TERMS = new Set(['open', 'set_option']);

/** Cuts a file's tokens into commands; tokens before the first belong to none. */
export function splitCommands(tokens: readonly Token[]): Command[] {
  const keywords = commandKeywords(tokens);
  const isKeyword = new Set(keywords);
  const starts = keywords.map((at) => commandStart(tokens, at, isKeyword));
  const scopes = new Scopes();
  const commands: Command[] = [];
  for (const [k, at] of keywords.entries()) {
    const start = starts[k] as number;
    // A prefix such as `open A in` starts nothing of its own: the command behind its `in` reaches back to it.
    const next = starts[k + 1] ?? tokens.length;
    if (next <= at) continue;
    const keyword = (tokens[at] as Token).text;
    const { namespace, inMutual } = scopes;
    scopes.enter(keyword, nameBehind(tokens, at, next));
    commands.push({ keyword, tokens: tokens.slice(start, next), at: at - start, namespace, inMutual });
  }
  return commands;
}

/** The word behind the keyword, on its line and before the next command. */
function nameBehind(tokens: readonly Token[], at: number, next: number): string | null {
  const name = at + 1 < next ? tokens[at + 1] : undefined;
  return name?.kind === 'word' && name.line === tokens[at]?.line ? name.text : null;
}

/** Bracket depth before each token; a command word at the start of a line ends what an unclosed bracket began. */
function depths(tokens: readonly Token[]): number[] {
  let depth = 0;
  return tokens.map((token) => {
    if (token.column === 0 && token.kind === 'word' && COMMANDS.has(token.text)) depth = 0;
    const before = depth;
    depth = Math.max(0, depth + nesting(token));
    return before;
  });
}

function commandKeywords(tokens: readonly Token[]): number[] {
  const depth = depths(tokens);
  const found: number[] = [];
  for (const [i, token] of tokens.entries()) {
    if (depth[i] !== 0) continue;
    if (token.kind === 'hash' && token.column === 0) found.push(i);
    if (token.kind !== 'word' || !COMMANDS.has(token.text)) continue;
    const before = significantBefore(tokens, i);
    // Mathlib's `lemma` is an identifier elsewhere.
    if (token.text === 'lemma' && !(startsLine(tokens, i) || endsPrefix(before))) continue;
    if (before?.text === 'class' && token.text === 'inductive') continue;
    if (ALSO_IN_TERMS.has(token.text) && isTermPrefix(tokens, depth, i)) continue;
    found.push(i);
  }
  return found;
}

const significantBefore = (tokens: readonly Token[], i: number): Token | undefined => {
  let at = i - 1;
  while (tokens[at]?.kind === 'comment') at -= 1;
  return tokens[at];
};

const startsLine = (tokens: readonly Token[], i: number): boolean =>
  i === 0 || (tokens[i - 1] as Token).line !== (tokens[i] as Token).line;

const endsPrefix = (token: Token | undefined): boolean =>
  token?.kind === 'doc' || token?.text === ']' || token?.text === 'in' || MODIFIERS.has(token?.text ?? '');

/** `open A in x` where `x` begins no command: part of a term or tactic. */
function isTermPrefix(tokens: readonly Token[], depth: readonly number[], i: number): boolean {
  for (let at = i + 1; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (depth[at] !== 0 || token.kind !== 'word') continue;
    if (COMMANDS.has(token.text)) return false;
    if (token.text !== 'in') continue;
    let behind = at + 1;
    while (tokens[behind]?.kind === 'comment') behind += 1;
    const next = tokens[behind];
    if (next !== undefined && ALSO_IN_TERMS.has(next.text)) return isTermPrefix(tokens, depth, behind);
    const opensCommand =
      next === undefined ||
      next.kind === 'doc' ||
      next.kind === 'hash' ||
      next.text === '@[' ||
      (next.kind === 'word' && (COMMANDS.has(next.text) || MODIFIERS.has(next.text)));
    return !opensCommand;
  }
  return false;
}

/** Walks back from a keyword over modifiers, attributes, doc comments and `… in` prefixes. */
function commandStart(tokens: readonly Token[], keyword: number, isKeyword: ReadonlySet<number>): number {
  let start = keyword;
  for (let at = keyword - 1; at >= 0; at -= 1) {
    const token = tokens[at] as Token;
    if (token.kind === 'comment') continue;
    if (token.kind === 'doc' || (token.kind === 'word' && MODIFIERS.has(token.text))) start = at;
    else if (token.text === ']') {
      const open = attributeStart(tokens, at);
      if (open < 0) break;
      at = start = open;
    } else if (token.kind === 'word' && token.text === 'in') {
      let prefix = at - 1;
      while (prefix >= 0 && !isKeyword.has(prefix)) prefix -= 1;
      if (prefix < 0) break;
      at = start = prefix;
    } else break;
  }
  return start;
}

/** Index of the `@[` that the `]` at `close` ends, or -1. */
function attributeStart(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at -= 1) {
    const token = tokens[at] as Token;
    depth -= nesting(token);
    if (depth === 0) return token.text === '@[' ? at : -1;
  }
  return -1;
}
