import { canaryLine } from '../../words/canary.ts';
import type { Io } from '../io.ts';
import type { Paint } from '../render/paint.ts';
import { resultsTable } from '../render/results-table.ts';
import { unsolvedLines } from '../render/run.ts';
import { summaryLines } from '../render/summary.ts';
import type { RunEnd } from './conduct.ts';
import type { Workbench } from './workbench.ts';

const SHOWN = 3;

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
    ...(record.canary === undefined ? [] : [`${paint('dim', 'canary    ')}${canaryLine(record.canary)}`]),
    '',
    `${paint('dim', 'Temporal UI')}  proofloop open ${record.runId}`,
    ...workflowLines(results, paint),
  ];
};

/** What a run brought, for people; of a file also its proofs, which then have standard output for themselves. */
export const tellEnd = async (io: Io, end: RunEnd, { store }: Pick<Workbench, 'store'>): Promise<void> => {
  const isFile = end.record.kind === 'file';
  for (const line of reportLines(end, io, isFile ? 'stderr' : 'stdout')) (isFile ? io.say : io.out)(line);
  if (!isFile) return;
  const { printProofs } = await import('./print-run.ts');
  await printProofs(io, store, end.record);
};

/** A theorem's workflow has the id RUN/THEOREM; more than a few of them would push the summary off the screen. */
const workflowLines = (results: RunEnd['record']['results'], paint: Paint): string[] => {
  const lines = results.slice(0, SHOWN).map((r) => `             proofloop open ${r.workflowId}`);
  const more = results.length - SHOWN;
  return more > 0
    ? [
        ...lines,
        paint('dim', `             and so on: RUN/THEOREM for the other ${more} theorems of the table`),
      ]
    : lines;
};
