import { type Token, tokenize } from '../../lean-text/lexer.ts';
import type { Challenge } from '../../model/index.ts';
import { significant } from './tokens.ts';

const DECLARES = new Set(
  'theorem lemma def abbrev example instance inductive structure class opaque axiom mutual'.split(' '),
);
const COMMANDS = new Set([
  ...DECLARES,
  ...'open namespace end section variable universe set_option attribute export local scoped notation infixl infixr infix prefix postfix macro macro_rules syntax elab initialize deriving alias import'.split(
    ' ',
  ),
]);
const MODIFIERS = new Set(
  'private protected noncomputable unsafe partial nonrec public scoped local'.split(' '),
);

/** A top-level command: begins in column 0. `head` is the index of its keyword among the significant tokens. */
export type Command = {
  readonly start: number;
  readonly end: number;
  readonly keyword: string;
  readonly declares: boolean;
  readonly tokens: readonly Token[];
  readonly head: number;
};

/** Index behind modifiers, attributes and doc comment from `i` on. */
function skipModifiers(tokens: readonly Token[], from: number): number {
  let i = from;
  for (let depth = 0; i < tokens.length; i += 1) {
    const t = tokens[i]!;
    if (depth > 0 || t.text === '@[') {
      if (t.text === '@[' || t.text === '[') depth += 1;
      if (t.text === ']') depth -= 1;
    } else if (t.kind !== 'doc' && !(t.kind === 'word' && MODIFIERS.has(t.text))) break;
  }
  return i;
}

const endsBegin = (tokens: readonly Token[]): boolean => {
  const of = (text: string) => tokens.filter((t) => t.kind === 'word' && t.text === text).length;
  return of('begin') > of('end');
};

/** Cuts code into its top-level commands; text in front of the first is no command's. */
export function commandsOf(code: string): Command[] {
  const tokens = significant(tokenize(code));
  const starts: { at: number; head: number }[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    if (tokens[i]!.column !== 0) continue;
    const head = skipModifiers(tokens, i);
    const keyword = tokens[head];
    if (keyword === undefined) continue;
    const isCommand =
      (keyword.kind === 'word' && COMMANDS.has(keyword.text)) || (keyword.kind === 'hash' && head === i);
    if (!isCommand) continue;
    // Lean 3's `begin … end` ends in column 0.
    if (keyword.text === 'end' && endsBegin(tokens.slice(starts.at(-1)?.at ?? 0, i))) continue;
    starts.push({ at: i, head });
    i = head;
  }
  return starts.map(({ at, head }, k): Command => {
    const next = starts[k + 1]?.at ?? tokens.length;
    const keyword = tokens[head]!.text;
    return {
      start: tokens[at]!.start,
      end: tokens[next]?.start ?? code.length,
      keyword,
      declares: DECLARES.has(keyword),
      tokens: tokens.slice(at, next),
      head: head - at,
    };
  });
}

/**
 * The text without `namespace X` and `section` that it opens and does not close again: an answer's own wrapping, of
 * which the theorem that was asked for is no part.
 */
export function unwrapped(text: string): string {
  const open: Command[] = [];
  for (const command of commandsOf(text)) {
    if (command.keyword === 'namespace' || command.keyword === 'section') open.push(command);
    else if (command.keyword === 'end') open.pop();
  }
  return open.reduceRight((rest, { start, tokens, head }) => {
    const line = tokens[head]!.line;
    const last = tokens.findLast((t) => t.line === line)!;
    return rest.slice(0, start) + rest.slice(last.end);
  }, text);
}

export type Target = {
  /** Text in front of the theorem. */
  readonly before: string;
  /** The theorem command as the answer has it. */
  readonly text: string;
  /** `as asked`: the trusted statement up to white space; `by cases`: the same, with `| … => …` behind it. */
  readonly stated: 'as asked' | 'by cases' | 'otherwise';
  /** What follows `:=`, or the alternatives. */
  readonly proof: string;
};

const texts = (tokens: readonly Token[]): string[] =>
  tokens.filter((t) => t.kind !== 'doc').map((t) => t.text);

/** Tokens of the trusted statement behind the theorem's name. */
function statementTokens({ statement, name }: Challenge): string[] {
  const words = texts(significant(tokenize(statement)));
  const at = words.findIndex((w, i) => /^(theorem|lemma)$/.test(w) && words[i + 1] === name);
  return words.slice(at + 2);
}

function read(command: Command, code: string, wanted: readonly string[], named: boolean): Target {
  const { tokens, head } = command;
  const before = code.slice(0, command.start);
  const text = code.slice(command.start, command.end);
  const from = head + (named ? 2 : 1);
  const same = wanted.every((w, i) => tokens[from + i]?.text === w);
  const next = tokens[from + wanted.length];
  if (same && next?.text === ':=') {
    return { before, text, stated: 'as asked', proof: code.slice(next.end, command.end) };
  }
  if (same && next?.text === '|') {
    return {
      before,
      text,
      stated: 'by cases',
      proof: code.slice(tokens[from + wanted.length - 1]!.end, command.end),
    };
  }
  return { before, text, stated: 'otherwise', proof: '' };
}

/** The theorem that was asked for: the last of its name, else the last that states the same under another name. */
export function findTarget(commands: readonly Command[], code: string, challenge: Challenge): Target | null {
  const wanted = statementTokens(challenge);
  const isTheorem = (c: Command): boolean => c.keyword === 'theorem' || c.keyword === 'lemma';
  const named = commands.findLast((c) => isTheorem(c) && c.tokens[c.head + 1]?.text === challenge.name);
  if (named !== undefined) return read(named, code, wanted, true);
  for (const command of commands.toReversed()) {
    if (!isTheorem(command) && command.keyword !== 'example') continue;
    const target = read(command, code, wanted, command.keyword !== 'example');
    if (target.stated === 'as asked') return target;
  }
  return null;
}
