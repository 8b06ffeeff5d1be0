import { type Command, splitCommands } from './commands.ts';
import { parseHeader } from './imports.ts';
import { type Token, tokenize } from './lexer.ts';
import { proofMark } from './proof.ts';

/** A piece of a file that is one command, as far as that can be told without Lean's own grammar. */
export type Unit = {
  /** UTF-16 offsets of its first and behind its last token; comments around it do not count. */
  readonly start: number;
  readonly end: number;
  /** Where a theorem's proof begins; `end` where there is none. */
  readonly statementEnd: number;
  /** The word that says what it is. */
  readonly keyword: string;
  /** Without comments and doc comments. */
  readonly tokens: readonly Token[];
  /** All of its tokens as one string. */
  readonly words: string;
  /** `words`, of a theorem up to its proof: equal for commands that differ in proofs and comments only. */
  readonly key: string;
};

const COMMENTS: ReadonlySet<Token['kind']> = new Set(['comment', 'doc', 'moduleDoc']);
/** At the start of a line these go on with a command. */
const CONTINUES = new Set(
  'where with at using then else deriving termination_by decreasing_by | := =>'.split(' '),
);

/**
 * Cuts a file behind its header into commands. A command that we do not know by name (`run_cmd`, one that the file
 * declares itself) begins where a word stands at the start of a line.
 */
export function unitsOf(text: string): Unit[] {
  const header = parseHeader(text).end;
  const tokens = tokenize(text).filter((t) => t.start >= header && !COMMENTS.has(t.kind));
  const commands = splitCommands(tokens);
  const first = commands[0]?.tokens[0];
  const before = tokens.slice(0, first === undefined ? tokens.length : tokens.indexOf(first));
  return [
    ...pieces(before, 0).map(unknown),
    ...commands.flatMap((command) => {
      const [own = [], ...more] = pieces(command.tokens, command.at + 1);
      return [known({ ...command, tokens: own }), ...more.map(unknown)];
    }),
  ];
}

/** Cuts where a word begins a line, from index `from` on. */
function pieces(tokens: readonly Token[], from: number): Token[][] {
  const found: Token[][] = [];
  for (const [i, token] of tokens.entries()) {
    const begins =
      i >= from &&
      token.column === 0 &&
      (token.kind === 'word' || token.kind === 'hash' || token.text === '@[') &&
      !CONTINUES.has(token.text);
    if (found.length === 0 || begins) found.push([token]);
    else found.at(-1)!.push(token);
  }
  return found;
}

const known = (command: Command): Unit => {
  const mark = command.keyword === 'theorem' || command.keyword === 'lemma' ? proofMark(command) : null;
  return unit(command.tokens, command.keyword, mark);
};
const unknown = (tokens: readonly Token[]): Unit => unit(tokens, tokens[0]!.text, null);

function unit(tokens: readonly Token[], keyword: string, mark: Token | null): Unit {
  const end = tokens.at(-1)!.end;
  const statement = mark === null ? tokens : tokens.slice(0, tokens.indexOf(mark));
  const words = spoken(tokens);
  return {
    start: tokens[0]!.start,
    end,
    statementEnd: mark?.start ?? end,
    keyword,
    tokens,
    words,
    key: mark === null ? words : `${spoken(statement)}\n…`,
  };
}

/** Tokens hold no line end except in strings, where one is part of the string. */
const spoken = (tokens: readonly Token[]): string => JSON.stringify(tokens.map((t) => t.text));
