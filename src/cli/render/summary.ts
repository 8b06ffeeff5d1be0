import { isFromStore, type TheoremResult } from '../../model/index.ts';
import { count, dollars, duration, plural } from '../../words/units.ts';
import { countOutcomes, OUTCOME_STYLE } from './outcome.ts';
import type { Paint } from './paint.ts';

const sum = (ns: readonly number[]): number => ns.reduce((a, b) => a + b, 0);
/** Unknown prices stay unknown in a sum. */
const sumCost = (costs: readonly (number | null)[]): number | null =>
  costs.some((c) => c === null) ? null : sum(costs as number[]);

export type SummaryInput = {
  readonly results: readonly TheoremResult[];
  readonly total: number;
  /** Milliseconds from start to end of the run, as a person waited. */
  readonly wallMs: number;
};

/** The five lines at the end of a run: outcomes, attempts, time, money, cache. */
export const summaryLines = ({ results, total, wallMs }: SummaryInput, paint: Paint): string[] => {
  const counts = countOutcomes(results);
  const ledgers = results.map((r) => r.ledger);
  const solvedStyle = counts.solved === total ? 'green' : 'yellow';
  const outcomes = [
    paint([solvedStyle, 'bold'], `${counts.solved} of ${plural(total, 'theorem')} solved`),
    ...(['unsolved', 'conditional', 'refuted', 'error'] as const).map((o) =>
      counts[o] === 0 ? `${o} 0` : paint(OUTCOME_STYLE[o], `${o} ${counts[o]}`),
    ),
    ...(results.length < total ? [`not finished ${total - results.length}`] : []),
  ];
  const by = new Map<string, number>();
  for (const r of results)
    if (r.outcome === 'solved' && r.prover !== null) by.set(r.prover, (by.get(r.prover) ?? 0) + 1);
  const solvedBy = [...by].map(([prover, n]) => `${prover} ${n}`).join(', ');
  const calls = sum(ledgers.map((l) => l.modelCalls));
  const estimated = sum(ledgers.map((l) => l.estimatedCalls));
  const duplicates = sum(ledgers.map((l) => l.duplicates));
  const fromStore = results.filter(isFromStore).length;
  const label = (text: string) => paint('dim', text.padEnd(10));
  return [
    label('outcome') + outcomes.join(' · '),
    label('attempts') +
      `${count(sum(results.map((r) => r.attempts)))} made${solvedBy === '' ? '' : ` · solved by ${solvedBy}`}`,
    label('time') +
      `${duration(wallMs)} · Lean ${duration(sum(ledgers.map((l) => l.leanMs)))} · model ${duration(sum(ledgers.map((l) => l.modelMs)))} · cache ${duration(sum(ledgers.map((l) => l.cacheMs)))}`,
    label('model') +
      `${plural(calls, 'call')} · ${count(sum(ledgers.map((l) => l.inputTokens)))} tokens in, ${count(sum(ledgers.map((l) => l.outputTokens)))} out · ${dollars(sumCost(ledgers.map((l) => l.costUsd)))}`,
    ...(estimated === 0 || sum(ledgers.map((l) => l.estimatedUsd)) === 0
      ? []
      : [
          `${label('')}of it ${dollars(sum(ledgers.map((l) => l.estimatedUsd)))} for ${plural(estimated, 'call')} of which nobody knows what was billed, estimated at the most`,
        ]),
    label('cache') +
      `${plural(fromStore, 'proof')} of ${counts.solved} taken from the store · ${plural(sum(ledgers.map((l) => l.cachedAnswers)), 'model answer')} not paid again${duplicates === 0 ? '' : ` · ${plural(duplicates, 'check')} saved by proofs refused before`}`,
  ];
};
