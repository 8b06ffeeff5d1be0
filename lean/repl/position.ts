import type { Diagnostic, Position } from '../../src/model/index.ts';

/** Where a text ends: 1-based line, 0-based column in code points. A piece of a file starts where the one before ends. */
export function endOf(text: string): Position {
  const lineStart = text.lastIndexOf('\n') + 1;
  const line = text.split('\n').length;
  return { line, column: [...text.slice(lineStart)].length };
}

/** A position inside a piece, as a position in the whole file, when the piece starts at `start`. */
export const moved = (pos: Position, start: Position): Position => ({
  line: pos.line + start.line - 1,
  column: pos.line === 1 ? pos.column + start.column : pos.column,
});

export const movedDiagnostic = (diagnostic: Diagnostic, start: Position): Diagnostic => ({
  ...diagnostic,
  pos: moved(diagnostic.pos, start),
  endPos: diagnostic.endPos === null ? null : moved(diagnostic.endPos, start),
});
