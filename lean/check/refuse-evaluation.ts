import type { Token } from '../../src/lean-text/lexer.ts';
import { declaredParts } from './names.ts';

/** First components of names that lead to the world outside, and words that print. */
const OUTSIDE = new Set([
  'IO',
  'EIO',
  'BaseIO',
  'ST',
  'EST',
  'System',
  'Lake',
  'println!',
  'print!',
  'eprintln!',
  'timeit',
  'allocprof',
]);
const OUTSIDE_BELOW_STD = new Set(['Internal', 'Async', 'Net', 'Http']);

export const isEvaluation = (token: Token): boolean => token.kind === 'hash' && token.text === '#eval';

/**
 * Why a file's `#eval` may not run, if it may not: somewhere in the file stands a name by which the term could reach
 * files, processes, clocks or the network. A pure term may be evaluated; the sandbox holds whatever this overlooks.
 */
export function refusedEvaluation(tokens: readonly Token[]): string | undefined {
  const known = found.get(tokens);
  const word = known === undefined ? (tokens.find(isOutside)?.text ?? null) : known;
  found.set(tokens, word);
  return word === null
    ? undefined
    : `would run a program, since the file names \`${word}\`; plain terms may be evaluated`;
}

/** A file may have many `#eval`s. */
const found = new WeakMap<readonly Token[], string | null>();

function isOutside(token: Token): boolean {
  if (token.kind !== 'word' && token.kind !== 'name') return false;
  const [first = '', second = ''] = declaredParts(token.text);
  return OUTSIDE.has(first) || (first === 'Std' && OUTSIDE_BELOW_STD.has(second));
}
