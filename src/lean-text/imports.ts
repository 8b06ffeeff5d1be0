import { isSpace } from './chars.ts';
import { type Token, tokenize } from './lexer.ts';
import { plainName } from './names.ts';

export type Header = {
  /** As written, sorted and unique; `['Init']` where nothing is imported, `[]` under a bare `prelude`. */
  readonly modules: string[];
  /** Equal for headers that load the same environment: order, comments, duplicates and an explicit `Init` do not count. */
  readonly key: string;
  /** UTF-16 offset where the header ends: behind the line end of its last line, 0 without a header. */
  readonly end: number;
};

const MODIFIERS = new Set(['public', 'meta', 'import', 'all']);
const HEADER_WORDS = new Set(['module', 'prelude', ...MODIFIERS]);

/**
 * Reads the head of a Lean file: `module`? `prelude`? (`public`? `meta`? `import` `all`? NAME)*
 * (`Lean.Parser.Module.header`). What does not fit the grammar belongs to the rest of the file.
 */
export function parseHeader(text: string): Header {
  const tokens = headTokens(text);
  const significant = tokens.filter((t) => t.kind !== 'comment');
  const word = (i: number): string => (significant[i]?.kind === 'word' ? significant[i].text : '');

  let at = 0;
  const isModule = word(at) === 'module';
  if (isModule) at += 1;
  const isPrelude = word(at) === 'prelude';
  if (isPrelude) at += 1;
  const modules = new Set<string>();
  const imports = new Set<string>(isPrelude ? [] : ['import Init']);
  for (;;) {
    let i = at;
    const form: string[] = [];
    for (const expected of ['public', 'meta', 'import', 'all']) {
      if (word(i) === expected) {
        form.push(expected);
        i += 1;
      } else if (expected === 'import') break;
    }
    const name = word(i);
    if (!form.includes('import') || name === '' || HEADER_WORDS.has(name)) break;
    modules.add(plainName(name));
    imports.add(`${form.join(' ')} ${plainName(name)}`);
    at = i + 1;
  }
  const last = significant[at - 1];
  const named = [...modules].sort();
  return {
    modules: named.length === 0 && !isPrelude ? ['Init'] : named,
    key: [isModule ? 'module' : '', isPrelude ? 'prelude' : '', ...[...imports].sort()]
      .filter((part) => part !== '')
      .join('; '),
    end: last === undefined ? 0 : endOfLine(text, last.end, tokens),
  };
}

/** The tokens up to the first that cannot be part of a header, so that long files cost nothing. */
function headTokens(text: string): Token[] {
  let before = '';
  return tokenize(text, {
    until: (token) => {
      if (token.kind === 'comment') return false;
      const nameExpected = before === 'import' || before === 'all';
      before = token.text;
      return token.kind !== 'word' || !(nameExpected || HEADER_WORDS.has(token.text));
    },
  });
}

/** Behind the line end that follows `from`, comments that begin on that line included; `from` if code follows there. */
function endOfLine(text: string, from: number, tokens: readonly Token[]): number {
  const comments = new Map(
    tokens.flatMap(({ kind, start, end }) =>
      kind === 'comment' && start >= from ? [[start, end] as const] : [],
    ),
  );
  let at = from;
  for (;;) {
    while (isSpace(text.charCodeAt(at)) && text[at] !== '\n') at += 1;
    if (at >= text.length) return at;
    if (text[at] === '\n') return at + 1;
    const end = comments.get(at);
    if (end === undefined) return from;
    at = end;
  }
}
