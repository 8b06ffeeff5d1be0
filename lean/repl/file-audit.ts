import { parseHeader } from '../../src/lean-text/imports.ts';
import { tokenize } from '../../src/lean-text/lexer.ts';
import type { Diagnostic } from '../../src/model/index.ts';
import { refusedInFile } from '../check/refused-file.ts';
import { STRICT_WORDS } from '../check/refused-words.ts';
import type { SnippetAnswer, SnippetRequest } from '../service.ts';
import { elaborateFile } from './elaborate.ts';
import type { Environments } from './environments.ts';

type Audited = SnippetAnswer extends infer A ? (A extends { ran: unknown } ? Omit<A, 'ran'> : A) : never;

/**
 * A whole untrusted file over a repl, whose protocol has no kernel replay: programs, evaluation, axioms and options are
 * refused by the text, and so is whatever changes how text is read, since only text is looked at.
 */
export async function auditedFile(
  { text, options }: SnippetRequest,
  environments: Environments,
  signal: AbortSignal | undefined,
): Promise<Audited> {
  const refused = refusedInFile(text, { maxLength: MOST_CHARACTERS }) ?? refusedHere(text);
  if (refused !== null) return { status: 'done', messages: [refused], sorries: [], infotree: [], ms: 0 };
  const done = await elaborateFile(text, options, environments, signal);
  if (done.status !== 'ok' && done.status !== 'exhausted') return done;
  const sorries = done.sorries.map(({ goal, line, column }) => {
    const pos = { line, column };
    return { pos, endPos: { line, column: column + 'sorry'.length }, goal };
  });
  return { status: 'done', messages: done.messages, sorries, infotree: [], ms: done.ms };
}

/** The text is looked through in this process, which has other things to do. */
const MOST_CHARACTERS = 131_072;

const SYNTAX = new Set(
  STRICT_WORDS.filter(({ words }) => words.includes('macro')).flatMap(({ words }) => words),
);

function refusedHere(text: string): Diagnostic | null {
  const { end } = parseHeader(text);
  const found = tokenize(text).find(({ kind, text: word, start }) => {
    const parts = kind === 'word' || kind === 'name' ? word.replace(/^`+/, '').split('.') : [];
    return start >= end && (SYNTAX.has(word) || parts.some((part) => /^«?sorryAx»?$/.test(part)));
  });
  if (found === undefined) return null;
  const { text: word, line, column } = found;
  const why = SYNTAX.has(word)
    ? 'changes how text is read, and with this Lean backend text is all there is to go by'
    : 'stands for a proof that is not there; write `sorry`, which Lean reports';
  return { severity: 'error', pos: { line, column }, endPos: null, text: `dishonest: \`${word}\` ${why}` };
}
