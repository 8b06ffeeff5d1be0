import type { Diagnostic } from '../../model/index.ts';
import type { Paint } from './paint.ts';
import { columns, indent } from './width.ts';

const COLOUR = { error: 'red', warning: 'yellow', info: 'blue' } as const;
/** Lean's tabs are single columns in its positions, so the quoted line shows them as single blanks. */
const untab = (line: string): string => line.replaceAll('\t', ' ').replace(/\r$/, '');

/**
 * A compiler message as Lean prints it (columns from 0): position, text, the source line, a caret under the place.
 * `source` is the text that the positions refer to; null prints the message alone.
 */
export const renderDiagnostic = (d: Diagnostic, source: string | null, paint: Paint): string => {
  const head = `${d.pos.line}:${d.pos.column}: ${paint([COLOUR[d.severity], 'bold'], d.severity)}: `;
  const [first = '', ...rest] = d.text.trimEnd().split('\n');
  const message = [head + first, ...rest.map((line) => indent(line, '  '))];
  const line = source?.split('\n')[d.pos.line - 1];
  if (line === undefined) return message.join('\n');

  const points = [...untab(line)];
  const before = columns(points.slice(0, d.pos.column).join(''));
  const end = d.endPos?.line === d.pos.line ? d.endPos.column : points.length;
  const span = Math.max(1, columns(points.slice(d.pos.column, end).join('').trimEnd()));
  const number = String(d.pos.line);
  const gutter = ' '.repeat(number.length);
  return [
    ...message,
    `${paint('dim', `${number} |`)} ${points.join('')}`,
    `${paint('dim', `${gutter} |`)} ${' '.repeat(before)}${paint(COLOUR[d.severity], '^'.repeat(span))}`,
  ].join('\n');
};

export const renderDiagnostics = (
  diagnostics: readonly Diagnostic[],
  source: string | null,
  paint: Paint,
): string[] => diagnostics.map((d) => renderDiagnostic(d, source, paint));
