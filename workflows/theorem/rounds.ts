import { affordable, moneyLeft, shareOf, spentBudget } from './budget.ts';
import { lesser, ownMoneyLeft, ownSpent, roundsOf } from './prover-budget.ts';
import type { Records } from './records.ts';
import { type RoundEnd, runRound } from './round.ts';
import type { SampleEnd } from './sample.ts';
import { faultOfVerdict, type StageEnd } from './stage.ts';
import type { TheoremState } from './state.ts';

/** Rounds of samples from one model prover until a proof is found or the budget is spent. */
export const proveInRounds = async (
  state: TheoremState,
  records: Records,
  prover: string,
): Promise<StageEnd> => {
  for (let round = 1; round <= roundsOf(state, prover).rounds; round++) {
    await state.gate();
    const spent = spentBudget(state.budget, state.ledger) ?? ownSpent(state, prover);
    if (spent !== null) return { kind: 'nothing', stoppedBy: spent };
    state.round = round;
    const end = endOfRound(state, prover, await affordableRound(state, records, prover, round));
    if (end !== null) return end;
  }
  return { kind: 'nothing', stoppedBy: 'rounds' };
};

/**
 * A round with as many samples as the money left allows: each request may cost at most its share, and when
 * requests are refused because their upper bound is above it, fewer of them share the same money.
 */
const affordableRound = async (
  state: TheoremState,
  records: Records,
  prover: string,
  round: number,
): Promise<RoundEnd> => {
  const all: SampleEnd[] = [];
  const left = () => lesser(moneyLeft(state.budget, state.ledger), ownMoneyLeft(state, prover));
  let samples = [...Array(roundsOf(state, prover).samples).keys()];
  for (;;) {
    const maxCostUsd = shareOf(left(), samples.length);
    const tasks = samples.map((sample) => ({ prover, round, sample, maxCostUsd }));
    const { accepted, ends } = await runRound(state, records, tasks);
    all.push(...ends.filter((end) => end.kind !== 'overBudget'));
    if (accepted !== null) return { accepted, ends: all };
    const refused = samples.filter((_, i) => ends[i]?.kind === 'overBudget');
    const bound = Math.max(...ends.map((end) => (end.kind === 'overBudget' ? end.upperBoundUsd : 0)));
    const fit = affordable(left(), bound, refused.length);
    if (refused.length === 0) return { accepted, ends: all };
    // The same share again would be refused again; without room for one more the round is over.
    if (fit === 0 || (fit === samples.length && refused.length === samples.length)) {
      if (all.length === 0) all.push({ kind: 'overBudget', upperBoundUsd: bound });
      return { accepted, ends: all };
    }
    samples = refused.slice(0, fit);
  }
};

/** What a round means for the stage; null = go on with the next one. */
const endOfRound = (state: TheoremState, prover: string, { accepted, ends }: RoundEnd): StageEnd | null => {
  if (accepted?.verdict.status === 'accepted') {
    const { submission, verdict, cached } = accepted;
    return { kind: 'found', found: { prover, submission, verdict, cached } };
  }
  const judged = ends.flatMap((end) => (end.kind === 'judged' ? [end.judged] : []));
  for (const { submission, verdict, cached } of judged)
    if (verdict.status === 'conditional')
      return { kind: 'found', found: { prover, submission, verdict, cached } };
  for (const { verdict } of judged) {
    const fault = faultOfVerdict(verdict);
    if (fault !== null) return { kind: 'fault', fault };
  }
  if (ends.some((end) => end.kind === 'overBudget')) return { kind: 'nothing', stoppedBy: 'cost' };
  const failures = ends.flatMap((end) => (end.kind === 'modelFailed' ? [end.fault] : []));
  const [fault] = failures;
  if (fault === undefined) return null;
  if (failures.length === ends.length) return { kind: 'modelFailed', prover, fault };
  state.notes.push(
    `${failures.length} of ${ends.length} requests to ${prover} failed in round ${state.round}: ${fault.code}: ${fault.message}`,
  );
  return null;
};
