import { isFromStore, type TheoremResult } from '../../model/index.ts';
import { count } from '../../words/units.ts';
import { OUTCOME_STYLE } from './outcome.ts';
import type { Paint } from './paint.ts';
import { renderTable } from './table.ts';

const HEAD = [
  { head: 'theorem' },
  { head: 'outcome' },
  { head: 'attempts', align: 'right' },
  { head: 'ms in Lean', align: 'right' },
  { head: 'ms in all', align: 'right' },
  { head: 'cached' },
] as const;

/** One row a theorem, in the order given. `width` is the terminal's. */
export const resultsTable = (results: readonly TheoremResult[], width: number, paint: Paint): string[] =>
  renderTable(
    HEAD,
    results.map((r) => [
      r.theoremId,
      paint(OUTCOME_STYLE[r.outcome], r.outcome),
      count(r.attempts),
      count(Math.round(r.ledger.leanMs)),
      count(Math.round(r.ledger.totalMs)),
      isFromStore(r) ? 'yes' : 'no',
    ]),
    width,
    paint,
  );
