import type { FilePiece, LeanFile, Submission, TargetPiece, Theorem } from '../model/index.ts';
import { commandText } from '../model/lean-source.ts';

/** Accepted proofs by target id. */
export type Proofs = Readonly<Record<string, Submission>>;

/** The targets in file order. */
export const targetsOf = (file: LeanFile): TargetPiece[] =>
  file.pieces.filter((piece): piece is TargetPiece => piece.kind === 'target');

/** What Lean is given: its own reader drops `\r` before `\n`, the calls behind it refuse a `\r` and a BOM. */
export const leanText = (text: string): string => text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');

/**
 * Header and context of the target `index` (0-based among the targets): all text before it, with accepted
 * proofs in place and unproved targets as they are. Positions in `header + context + …` are the file's own
 * as long as no proof before it has changed the number of lines.
 */
export function contextFor(
  file: LeanFile,
  index: number,
  proofs: Proofs,
): { header: string; context: string } {
  const target = targetsOf(file)[index];
  if (target === undefined) throw new RangeError(`The file has no target number ${index}.`);
  const before = file.pieces.slice(0, file.pieces.indexOf(target));
  const join = (pieces: readonly FilePiece[]): string =>
    leanText(pieces.map((piece) => pieceText(piece, proofs, '\n')).join(''));
  return {
    header: join(before.filter((piece) => piece.kind === 'header')),
    context: join(before.filter((piece) => piece.kind !== 'header')),
  };
}

/** The target `index` as a theorem to prove. */
export function theoremFor(file: LeanFile, index: number, proofs: Proofs): Theorem {
  const { header, context } = contextFor(file, index, proofs);
  const ownContext = contextFor(file, index, {}).context;
  const { id, name, statement, informal } = targetsOf(file)[index] as TargetPiece;
  return {
    id,
    name,
    header,
    context,
    ...(ownContext === context ? {} : { ownContext }),
    statement: leanText(statement),
    ...(informal === undefined ? {} : { informal }),
  };
}

/** The whole file with the proofs in place; everything else as it is, and proofs get the file's line ends. */
export function assembled(file: LeanFile, proofs: Proofs): string {
  const lineEnd = usualLineEnd(file.pieces.map((piece) => pieceText(piece, {}, '')).join(''));
  return file.pieces.map((piece) => pieceText(piece, proofs, lineEnd)).join('');
}

/** An unproved target keeps its own spelling of `sorry`. */
function pieceText(piece: FilePiece, proofs: Proofs, lineEnd: string): string {
  if (piece.kind !== 'target') return piece.text;
  const proof = Object.hasOwn(proofs, piece.id) ? proofs[piece.id] : undefined;
  if (proof === undefined) return piece.statement + piece.placeholder;
  const lines = proof.text.trim().replaceAll(/\r?\n/g, lineEnd);
  // A comment at the end of the proof must not swallow what follows the `sorry` on its line.
  const text = /--[^\n]*$/.test(lines) ? lines + lineEnd : lines;
  return commandText(piece.statement, { form: proof.form, text });
}

function usualLineEnd(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  return all > 0 && (text.split('\r\n').length - 1) * 2 > all ? '\r\n' : '\n';
}
