import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Judged } from '../../activities/api.ts';
import { samplesLeft } from './budget.ts';
import { EMPTY_TALLY, type Position } from './position.ts';
import { roundsOf } from './prover-budget.ts';
import type { Records } from './records.ts';
import { runSample, type SampleEnd } from './sample.ts';
import { sampleKey } from './sample-key.ts';
import { faultOfVerdict, type StageEnd } from './stage.ts';
import type { TheoremState } from './state.ts';

/** Samples of one theorem and prover under way at once; more wait their turn, so that a history's end can be waited for. */
const WIDTH = 32;

/**
 * Rounds of samples from one model prover until a proof is found or a limit is met. Where it stands is in
 * `state.positions`, so that it goes on there after `continue`.
 */
export const proveInRounds = async (
  state: TheoremState,
  records: Records,
  prover: string,
): Promise<StageEnd> => {
  const at = state.positionOf(prover);
  while (at.round <= roundsOf(state, prover).rounds) {
    await state.gate();
    state.round = at.round;
    const accepted = await runRound(state, records, prover, at);
    const end = endOfRound(state, prover, at, accepted);
    if (end !== null) return end;
    at.round += 1;
    at.nextSample = 0;
    at.tally = { ...EMPTY_TALLY };
  }
  return { kind: 'nothing', stoppedBy: 'rounds', scope: 'theorem' };
};

/** The first round is gone through to its end, though it has its proof: what pass@k is measured on. */
const exhausts = (state: TheoremState, { round }: Position): boolean =>
  state.input.plan.exhaust === true && round === 1;

/**
 * Runs the samples of a round that are left, each judged as its answer arrives; the first accepted proof is returned, and
 * cancels the others unless all are to be judged. Ends early, with samples left, at a limit or when the history has
 * become long.
 */
const runRound = async (
  state: TheoremState,
  records: Records,
  prover: string,
  at: Position,
): Promise<Judged | null> => {
  const siblings = new CancellationScope();
  const all = exhausts(state, at);
  let accepted: Judged | null = at.tally.accepted ?? provedBefore(state, prover);
  const samples = () => roundsOf(state, prover).samples;
  const more = () =>
    (all || accepted === null) &&
    at.tally.limit === null &&
    at.nextSample < samples() &&
    !state.historyIsLong;
  const lane = async () => {
    while (more()) {
      if (state.doneBefore.has(sampleKey(prover, at.round, at.nextSample))) {
        at.nextSample += 1;
        continue;
      }
      if (samplesLeft(state.budget, state.begun) === 0) {
        at.tally.limit = { stoppedBy: 'samples', scope: 'theorem' };
        break;
      }
      const sample = at.nextSample;
      at.nextSample += 1;
      state.begun += 1;
      const end = await runSample(state, records, { prover, round: at.round, sample });
      if (end.kind === 'judged' && end.judged.verdict.status === 'accepted' && accepted === null) {
        accepted = end.judged;
        if (all) at.tally.accepted = accepted;
        else siblings.cancel();
      }
      count(state, at, end);
      await state.gate();
    }
  };
  const width = Math.min(WIDTH, Math.max(1, samples() - at.nextSample));
  const settled = await siblings.run(() => Promise.allSettled(Array.from({ length: width }, lane)));
  // With a proof in hand, a sibling's end is of no account.
  if (accepted !== null) return accepted;
  const thrown = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  // A cancellation from outside goes before a fault, so that the workflow ends as cancelled.
  const first = thrown.find(isCancellation) ?? thrown[0];
  if (first !== undefined) throw first;
  return null;
};

/** By this prover, in an earlier turn. */
const provedBefore = ({ foundBefore: found }: TheoremState, prover: string): Judged | null =>
  found?.prover === prover && found.verdict.status === 'accepted'
    ? { submission: found.submission, verdict: found.verdict, cached: true, leanMs: 0, cacheMs: 0 }
    : null;

const count = (state: TheoremState, { tally }: Position, end: SampleEnd): void => {
  if (end.kind === 'overBudget') {
    state.begun -= 1;
    tally.limit ??= end.limit;
    return;
  }
  tally.ends += 1;
  if (end.kind === 'modelFailed') {
    tally.failures += 1;
    tally.failure ??= end.fault;
  }
  if (end.kind !== 'judged') return;
  if (end.judged.verdict.status === 'conditional') tally.conditional ??= end.judged;
  tally.fault ??= faultOfVerdict(end.judged.verdict);
};

/** What a round means for the stage; null = go on with the next one. */
const endOfRound = (
  state: TheoremState,
  prover: string,
  at: Position,
  accepted: Judged | null,
): StageEnd | null => {
  const { tally } = at;
  const isCut = accepted !== null && exhausts(state, at) && tally.limit === null && state.historyIsLong;
  if (isCut && at.nextSample < samplesOf(state, prover)) return { kind: 'continue' };
  for (const judged of [accepted, tally.conditional]) {
    if (judged === null) continue;
    const { submission, verdict, cached } = judged;
    if (verdict.status === 'accepted' || verdict.status === 'conditional')
      return { kind: 'found', found: { prover, submission, verdict, cached } };
  }
  if (tally.fault !== null) return { kind: 'fault', fault: tally.fault };
  const { failures, ends, failure } = tally;
  if (
    failure !== null &&
    failures === ends &&
    tally.limit === null &&
    at.nextSample >= samplesOf(state, prover)
  )
    return { kind: 'modelFailed', prover, fault: failure };
  if (tally.limit !== null) return { kind: 'nothing', ...tally.limit };
  if (at.nextSample < samplesOf(state, prover)) return { kind: 'continue' };
  if (failure !== null)
    state.notes.push(
      `${failures} of ${ends} requests to ${prover} failed in round ${at.round}: ${failure.code}: ${failure.message}`,
    );
  return state.historyIsLong ? next(at) : null;
};

/** The round is done; the next one begins in a new execution. */
const next = (at: Position): StageEnd => {
  at.round += 1;
  at.nextSample = 0;
  at.tally = { ...EMPTY_TALLY };
  return { kind: 'continue' };
};

const samplesOf = (state: TheoremState, prover: string): number => roundsOf(state, prover).samples;
