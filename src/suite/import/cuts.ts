import { leanText } from '../../lean-text/assemble.ts';
import { type Command, splitCommands } from '../../lean-text/commands.ts';
import { parseHeader } from '../../lean-text/imports.ts';
import { type Token, tokenize } from '../../lean-text/lexer.ts';
import { proofMark } from '../../lean-text/proof.ts';

/**
 * What stands behind a statement: nothing (`:= by` and the end, or not even that), `sorry` alone, a proof with a `sorry` in
 * it, or a proof.
 */
export type ProofKind = 'none' | 'sorry' | 'partial' | 'whole';

/** A theorem or lemma of a Lean text. */
export type Cut = {
  readonly name: string;
  /** 1-based line of the keyword. */
  readonly line: number;
  /** Offsets of the whole command, and of the end of its statement. */
  readonly start: number;
  readonly end: number;
  readonly statement: string;
  /** The doc comment without its marks. */
  readonly doc: string | null;
  readonly proof: ProofKind;
  readonly inMutual: boolean;
};

/** A Lean text taken apart. `text` has `\n` as line end and no byte order mark. */
export type CutText = {
  readonly text: string;
  /** Imports and what stands before them. */
  readonly header: string;
  readonly cuts: readonly Cut[];
  /** Commands with a `sorry` that state no theorem, by keyword and name. */
  readonly sorries: readonly Sorried[];
};

export type Sorried = {
  readonly keyword: string;
  readonly name: string | null;
  readonly line: number;
  readonly start: number;
};

const isSorry = (t: Token): boolean => t.kind === 'word' && (t.text === 'sorry' || t.text === 'admit');

/** Takes a Lean text apart; nothing of it is run. */
export function cutText(raw: string): CutText {
  const text = leanText(raw);
  const end = parseHeader(text).end;
  const commands = splitCommands(tokenize(text).filter((t) => t.start >= end));
  const cuts: Cut[] = [];
  const sorries: Sorried[] = [];
  for (const command of commands) {
    const cut = cutCommand(text, command);
    if (cut !== null) cuts.push(cut);
    else if (command.tokens.some(isSorry)) sorries.push(sorried(command));
  }
  return { text, header: text.slice(0, end), cuts, sorries };
}

function cutCommand(text: string, command: Command): Cut | null {
  const { keyword, at, tokens, inMutual } = command;
  if (keyword !== 'theorem' && keyword !== 'lemma') return null;
  const said = tokens.filter((t) => t.kind !== 'comment' && t.kind !== 'moduleDoc');
  const [first, word, last] = [tokens[0]!, tokens[at]!, said.at(-1)!];
  const name = said.find((t) => t.start > word.start);
  if (name?.kind !== 'word') return null;
  const mark = proofMark(command);
  const doc = tokens.slice(0, at).findLast((t) => t.kind === 'doc');
  return {
    name: name.text,
    line: word.line,
    start: first.start,
    end: last.end,
    statement: statementText(text, tokens, first.start, mark?.start ?? last.end),
    doc: doc === undefined ? null : doc.text.slice(3, -2).trim(),
    proof: mark === null ? 'none' : proofKind(said.filter((t) => t.start > mark.start)),
    inMutual,
  };
}

/** Without the white space at its end; a comment there keeps its line end, lest it swallow the proof. */
function statementText(text: string, tokens: readonly Token[], start: number, end: number): string {
  const inside = tokens.filter((t) => t.end <= end).at(-1);
  const statement = text.slice(start, end).trimEnd();
  return inside?.kind === 'comment' && inside.text.startsWith('--') ? `${statement}\n` : statement;
}

function proofKind(proof: readonly Token[]): ProofKind {
  const steps = proof[0]?.text === 'by' ? proof.slice(1) : proof;
  const [only] = steps;
  if (only === undefined) return 'none';
  if (steps.length === 1 && only.text === 'sorry') return 'sorry';
  return steps.some(isSorry) ? 'partial' : 'whole';
}

function sorried({ keyword, tokens, at }: Command): Sorried {
  const name = tokens.slice(at + 1).find((t) => t.kind !== 'comment');
  const { line } = tokens[at]!;
  return { keyword, name: name?.kind === 'word' ? name.text : null, line, start: tokens[0]!.start };
}
