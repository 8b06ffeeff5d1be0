import Table from 'cli-table3';
import type { Paint } from './paint.ts';
import { columns, cut } from './width.ts';

export type Column = { readonly head: string; readonly align?: 'left' | 'right' };

const NO_LINES = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ',
}; // biome-ignore format: one row a side

/**
 * A table without frames. Cells may be styled, except those of the first column, which is cut so that
 * the table fits `width`: names give way, numbers do not.
 */
export const renderTable = (
  head: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: Paint,
): string[] => {
  const widths = head.map((c, i) => Math.max(columns(c.head), ...rows.map((row) => columns(row[i] ?? ''))));
  const others = widths.slice(1).reduce((sum, w) => sum + w + 2, 0);
  widths[0] = Math.max(columns(head[0]!.head), 12, Math.min(widths[0]!, width - others));
  const table = new Table({
    chars: NO_LINES,
    colWidths: widths,
    colAligns: head.map((c) => c.align ?? 'left'),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  table.push(
    head.map((c) => paint('bold', c.head)),
    ...rows.map((row) => row.map((cell, i) => (i === 0 ? cut(cell, widths[0]!) : cell))),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
};
