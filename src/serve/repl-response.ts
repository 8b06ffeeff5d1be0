import type { SnippetAnswer } from '../../lean/service.ts';
import { parseHeader } from '../lean-text/imports.ts';
import type { Diagnostic, Position } from '../model/index.ts';
import type { ReplResponse } from './schemas.ts';

type Done = Extract<SnippetAnswer, { status: 'done' }>;
type BadHeader = Extract<SnippetAnswer, { status: 'badHeader' }>;

/** In the words of the Lean REPL. */
export function replResponse({
  messages,
  sorries,
  infotree,
}: Pick<Done, 'messages' | 'sorries' | 'infotree'>): ReplResponse {
  return {
    env: 0,
    ...(messages.length > 0
      ? {
          messages: messages.map(({ severity, pos, endPos, text }) => ({
            severity,
            pos,
            endPos,
            data: text,
          })),
        }
      : {}),
    ...(sorries.length > 0
      ? { sorries: sorries.map(({ pos, endPos, goal }, proofState) => ({ proofState, pos, endPos, goal })) }
      : {}),
    ...(infotree.length > 0 ? { infotree } : {}),
  };
}

/** A header that cannot be imported is an error of the snippet, at the module that is not there. */
export function badHeaderMessages(code: string, { missing, near, hint }: BadHeader): Diagnostic[] {
  const like = near.length > 0 ? ` Modules of similar name: ${near.join(', ')}.` : '';
  const error = (text: string, pos: Position): Diagnostic => ({ severity: 'error', pos, endPos: null, text });
  if (missing.length === 0) return [error(hint, { line: 1, column: 0 })];
  return missing.map((module) =>
    error(`there is no module ${module}.${like} ${hint}`, placeOf(module, code)),
  );
}

function placeOf(module: string, code: string): Position {
  const header = code.slice(0, parseHeader(code).end);
  const before = header.slice(0, Math.max(0, header.indexOf(module)));
  const lines = before.split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length };
}
