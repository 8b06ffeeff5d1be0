import type { Io } from '../io.ts';
import { resultsTable } from '../render/results-table.ts';
import { unsolvedLines } from '../render/run.ts';
import { summaryLines } from '../render/summary.ts';
import type { RunEnd } from './conduct.ts';

/** Table, reasons, five lines of summary, and the workflow ids with the command that opens them in the UI. */
export const reportLines = (
  { record, launch, wallMs }: RunEnd,
  io: Io,
  to: 'stdout' | 'stderr',
): string[] => {
  const paint = to === 'stdout' ? io.paintOut : io.paintErr;
  const order = new Map(record.theoremIds.map((id, i) => [id, i]));
  const results = record.results.toSorted((a, b) => order.get(a.theoremId)! - order.get(b.theoremId)!);
  const rest = unsolvedLines(results, paint);
  return [
    '',
    ...resultsTable(results, io[to].columns ?? 100, paint),
    '',
    ...(rest.length > 0 ? [...rest, ''] : []),
    ...summaryLines({ results, total: launch.total, wallMs }, paint),
    '',
    paint('dim', 'In the Temporal UI:'),
    `  proofloop open ${record.runId}`,
    ...results.map((r) => `  proofloop open ${r.workflowId}`),
  ];
};
