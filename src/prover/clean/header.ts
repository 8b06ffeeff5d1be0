import { type Token, tokenize } from '../../lean-text/lexer.ts';
import { significant } from './tokens.ts';

const sameText = (a: readonly Token[], b: readonly Token[]): boolean =>
  b.every((t, i) => a[i]?.text === t.text);

/** Words that open a line of context which answers like to repeat. */
const CONTEXT_LINE = /^(open|namespace|section|universe|variable|noncomputable section)\b/;
/** Blanks that Lean takes for letters of a name or does not take at all, and characters that nobody sees. */
const visible = (text: string): string =>
  text.replace(/[\u00a0\u2007\u202f\u3000]/g, ' ').replace(/[\u200b-\u200d\u2060\ufeff]/g, '');

const squeeze = (line: string): string => line.trim().replace(/\s+/g, ' ');

/**
 * Takes from code what stands before it already: `import` lines, the trusted context where it is repeated at
 * the beginning (whole or single lines of it), and heartbeat limits, which are the run's to set.
 */
export function stripHeader(text: string, context: string): string {
  const known = new Set(context.split('\n').map(squeeze));
  let code = visible(text)
    .split('\n')
    .filter((line) => !/^\s*(public\s+)?(meta\s+)?import\s+[\w.«»]+/.test(line))
    .map((line) => line.replace(/^set_option\s+(maxHeartbeats|maxRecDepth)\s+\d+(\s+in)?\s*/, ''))
    .join('\n');
  const trusted = significant(tokenize(context));
  const own = significant(tokenize(code));
  if (trusted.length > 0 && sameText(own, trusted))
    code = code.slice(own[trusted.length]?.start ?? code.length);
  const kept = code
    .split('\n')
    .filter((line) => !(CONTEXT_LINE.test(line) && known.has(squeeze(line))))
    .join('\n');
  return kept.trim();
}
