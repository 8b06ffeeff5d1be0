import { type Token, tokenize } from '../../src/lean-text/lexer.ts';
import { refusedCharacter } from './refuse-characters.ts';
import { isEvaluation, refusedEvaluation } from './refuse-evaluation.ts';
import {
  refusedAttribute,
  refusedHash,
  refusedName,
  refusedNative,
  refusedOption,
  refusedQuotation,
} from './refuse-rules.ts';
import { EVALUATION_WORDS, REFUSED_WORDS, STRICT_WORDS } from './refused-words.ts';

/** What a submission may not say, where it stands in it (1-based line, 0-based code-point column), and why. */
export type Refusal = {
  readonly token: string;
  readonly line: number;
  readonly column: number;
  readonly reason: string;
};

export type RefuseOptions = {
  /** For backends without kernel replay: notation, instances and commands that print are refused as well. */
  readonly strict?: boolean;
  /** `#eval` of plain terms may stand: in whole files, which are not there to prove one thing. */
  readonly evaluation?: boolean;
  /** Longest text, in UTF-16 code units; default MAX_SUBMISSION. */
  readonly maxLength?: number;
};

/** Larger texts are no proofs that somebody wrote for one theorem. In UTF-16 code units. */
export const MAX_SUBMISSION = 262_144;

const byWord = (rows: typeof REFUSED_WORDS) =>
  new Map(rows.flatMap((row) => row.words.map((word) => [word, row.reason] as const)));
const ALWAYS = byWord(REFUSED_WORDS);
const STRICT = new Map([...ALWAYS, ...byWord(STRICT_WORDS)]);
const EVALUATING = new Map([...ALWAYS, ...byWord(EVALUATION_WORDS)]);

/** The first thing in a submission that is refused whatever it proves, or null. Never the judge: see refused-words.ts. */
export function refusedToken(text: string, options: RefuseOptions = {}): Refusal | null {
  const { maxLength = MAX_SUBMISSION } = options;
  if (text.length > maxLength) {
    const reason = `the text has ${text.length} characters; more than ${maxLength} are refused`;
    return { token: text.slice(0, 20), line: 1, column: 0, reason };
  }
  const tokens = tokenize(text);
  const character = refusedCharacter(text, tokens);
  if (character) return character;
  const readings = [tokens, ...otherReadings(text, tokens)];
  for (const reading of readings) {
    const found = refusedAmong(reading, options);
    if (found) {
      const { text: token, line, column } = found.token;
      return { token, line, column, reason: found.reason };
    }
  }
  return null;
}

/** The first of the tokens that the table refuses where it stands. */
export function refusedAmong(
  all: readonly Token[],
  options: RefuseOptions = {},
): { readonly token: Token; readonly reason: string } | null {
  const tokens = all.filter((token) => token.kind !== 'comment');
  const { strict = false, evaluation = false } = options;
  const words = strict ? STRICT : evaluation ? EVALUATING : ALWAYS;
  for (const [i, token] of tokens.entries()) {
    const reason =
      (token.kind === 'word' ? words.get(token.text) : undefined) ??
      (evaluation && isEvaluation(token)
        ? refusedEvaluation(tokens)
        : refusedHash(tokens, i, { strict, evaluation })) ??
      refusedName(tokens, i, evaluation) ??
      refusedNative(tokens, i) ??
      refusedOption(tokens, i) ??
      refusedAttribute(tokens, i) ??
      refusedQuotation(tokens, i);
    if (reason) return { token, reason };
  }
  return null;
}

/**
 * What Lean could read where the lexer saw one comment or string: the code of interpolated strings (also of
 * syntax that the lexer does not know), and comments that begin right behind a symbol, where the file's own
 * notation may have a token that swallows the mark.
 */
function* otherReadings(text: string, tokens: readonly Token[]): Generator<readonly Token[]> {
  if (tokens.some((t) => t.kind === 'interpolation')) yield tokenize(text, { interpolation: false });
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    const glued =
      token.kind === 'comment' &&
      before?.kind === 'symbol' &&
      before.end === token.start &&
      !BRACKET.test(before.text);
    if (glued) yield shifted(token, 1);
    else if (token.kind === 'string' && token.text.includes('{'))
      yield shifted(token, token.text.indexOf('{'));
  }
}

const BRACKET = /[()[\]{}⟨⟩,;]$/;

/** The tokens of what stands in `token` from offset `from` on, at the position of `token`. */
function shifted(token: Token, from: number): Token[] {
  const inside = tokenize(token.text.slice(from));
  return inside.map((t) => ({ ...t, line: token.line, column: token.column }));
}
