import { type Amount, NOTHING } from '../../../workflows/budget/account.ts';
import { boughtOf } from '../../../workflows/budget/child.ts';
import { turnOf } from '../../../workflows/names.ts';
import { openedBy, whyOf } from '../../../workflows/run/reopen.ts';
import type { Turn } from '../../../workflows/run/turn.ts';
import { addCost } from '../../../workflows/theorem/ledger.ts';
import type { OutcomeCounts, RunRecord, TheoremResult } from '../../model/index.ts';
import type { Asked } from './differences.ts';

/** What is left to do of a run that has ended: these turns, beside the outcomes that stay; and what it has bought by then. */
export type GoesOn = {
  readonly turns: readonly Turn[];
  readonly outcomes: OutcomeCounts;
  readonly spent: Amount;
};

/**
 * What a run that has ended still has to do when it is asked for again: what ended at a limit that is higher now, and,
 * unless it came to its end, what it did not get to. A refused proof is never tried again for its own sake.
 */
export const goesOn = (run: RunRecord, asked: Asked): GoesOn => {
  const opens = openedBy(
    { budget: run.plan.budget, limits: run.limits },
    { budget: asked.plan.budget, limits: asked.limits },
  );
  const results = new Map(run.results.map((r) => [r.theoremId, r]));
  const stays = (result: TheoremResult | undefined): result is TheoremResult => {
    if (result === undefined) return run.state === 'done';
    const why = whyOf(result, run.plan);
    if (why !== null) return !opens(why);
    return run.state === 'done' || !(result.outcome === 'error' || result.stoppedBy === 'cancelled');
  };
  const outcomes = { solved: 0, unsolved: 0, conditional: 0, refuted: 0, error: 0 };
  const turns = run.theoremIds.flatMap((id, index): Turn[] => {
    const result = results.get(id);
    if (!stays(result)) return [{ index, again: againOf(run.runId, result) }];
    if (result !== undefined) outcomes[result.outcome] += 1;
    return [];
  });
  return { turns, outcomes, spent: spentBy(run.results) };
};

/** By all its theorems, also those that come again: they report what they buy anew. */
const spentBy = (results: readonly TheoremResult[]): Amount =>
  results
    .map(({ ledger }) => boughtOf(ledger))
    .reduce((sum, { usd, tokens }) => ({ usd: addCost(sum.usd, usd), tokens: sum.tokens + tokens }), NOTHING);

/** The ids of a theorem's workflows in one run are counted (`childIdFor`); this is the next number. */
const againOf = (runId: string, result: TheoremResult | undefined): number =>
  result === undefined || !result.workflowId.startsWith(`${runId}/`)
    ? 0
    : turnOf(runId, result.theoremId, result.workflowId) + 1;
