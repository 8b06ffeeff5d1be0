import { mainCalls } from '../calls.ts';
import { proveInSteps } from '../sketch/prove.ts';
import { oneLine } from '../text.ts';
import { withJudged } from './ledger.ts';
import { findLemmas } from './lemmas.ts';
import { LOCAL, proveLocally } from './local.ts';
import { race } from './race.ts';
import type { Records } from './records.ts';
import { refute } from './refute.ts';
import type { Ending, SearchEnd } from './result.ts';
import { proveInRounds } from './rounds.ts';
import type { StageEnd } from './stage.ts';
import type { TheoremState } from './state.ts';

/** Look-up, then the provers of the plan in their order, until one finds a proof or something ends the search. */
export const search = async (state: TheoremState, records: Records): Promise<SearchEnd> => {
  const known = await lookUp(state);
  if (known !== null) return known;
  if (state.foundBefore !== null && state.input.plan.exhaust !== true)
    return { kind: 'found', found: state.foundBefore };
  const { provers, race: raced = false } = state.input.plan;
  const models = provers.filter((prover) => prover !== LOCAL);
  const steps: readonly (readonly string[])[] = raced
    ? [...(models.length < provers.length ? [[LOCAL]] : []), models]
    : provers.map((prover) => [prover]);
  let last: Nothing = { kind: 'nothing', stoppedBy: 'rounds', scope: 'theorem' };
  let triedLocally = false;
  // In a later execution of the same theorem, or in a later turn, that has been done.
  const wasBegun = state.positions.size > 0 || state.input.resumed === true;
  let lookedFor = wasBegun;
  if (!wasBegun && steps[0]?.includes(LOCAL)) {
    // What is false for a small value is not searched for a proof.
    const refuted = await refute(state, 'glance');
    if (refuted !== null) return refuted;
  }
  for (const step of steps) {
    if (!lookedFor && step.some((prover) => prover !== LOCAL)) {
      // A paid call on a false statement is waste.
      lookedFor = true;
      const refuted = await refute(state, 'quick');
      if (refuted !== null) return refuted;
    }
    if (step.some((prover) => prover !== LOCAL && !state.ended.has(prover))) await findLemmas(state);
    triedLocally ||= step.includes(LOCAL);
    const ends = await endsOf(state, records, step);
    const end = ends.find((e) => e.kind === 'found' || e.kind === 'fault');
    if (end?.kind === 'found' || end?.kind === 'fault') {
      for (const failed of ends.filter((e) => e.kind === 'modelFailed')) noteFailure(state, failed, '');
      return end;
    }
    if (ends.some((e) => e.kind === 'continue')) return { kind: 'continue' };
    for (const one of ends) if (one.kind === 'nothing') last = one;
    for (const failed of ends.filter((e) => e.kind === 'modelFailed')) {
      if (state.input.plan.onModelFailure === 'fail') return { kind: 'fault', fault: failed.fault };
      noteFailure(state, failed, '; the local prover went on alone');
      if (triedLocally || provers.includes(LOCAL)) continue;
      triedLocally = true;
      const local = await run(state, records, LOCAL);
      if (local.kind === 'found' || local.kind === 'fault') return local;
    }
  }
  if (state.searchedBefore || state.foundBefore !== null) return last;
  const refuted = await refute(state, 'full');
  if (refuted !== null) return refuted;
  const inSteps = last.stoppedBy === 'rounds' ? await proveInSteps(state, records, models) : null;
  if (inSteps === null) return last;
  if (inSteps.kind !== 'modelFailed') return inSteps;
  if (state.input.plan.onModelFailure === 'fail') return { kind: 'fault', fault: inSteps.fault };
  noteFailure(state, inSteps, '');
  return last;
};

type Nothing = Extract<StageEnd, { kind: 'nothing' }>;

const noteFailure = (
  state: TheoremState,
  { prover, fault }: Extract<StageEnd, { kind: 'modelFailed' }>,
  and: string,
): void => {
  const note = `${prover} failed (${fault.code}: ${fault.message})${and}`;
  // Said already, in an execution before this one.
  if (!state.notes.includes(note)) state.notes.push(note);
};

/** One stage; one that came to its end in an earlier execution is not run again. */
const run = async (state: TheoremState, records: Records, prover: string): Promise<StageEnd> => {
  const before = state.ended.get(prover);
  if (before !== undefined) return before;
  const end = await (prover === LOCAL ? proveLocally(state) : proveInRounds(state, records, prover));
  if (end.kind === 'nothing' || end.kind === 'modelFailed') state.ended.set(prover, end);
  return end;
};

/** One prover, or several that race. */
const endsOf = async (
  state: TheoremState,
  records: Records,
  step: readonly string[],
): Promise<readonly StageEnd[]> => {
  const one = (prover: string) => run(state, records, prover);
  const [only] = step;
  return step.length === 1 && only !== undefined ? [await one(only)] : race(step, one);
};

/** An accepted proof that the store knows; also refuses a worker with another store or version. */
const lookUp = async (state: TheoremState): Promise<Ending | null> => {
  const { theorem, plan, guard } = state.input;
  state.phase = 'cache';
  // In a later execution it was looked for already, and a model that is to be measured has to be asked: then it is only
  // the worker that is asked who it is.
  const looks = plan.cache && state.positions.size === 0 && plan.exhaust !== true;
  const known = await mainCalls.lookupProof.executeWithOptions(
    { summary: oneLine(`look for a known proof of ${theorem.name}`) },
    [{ theorem, lean: plan.lean, guard, cache: looks }],
  );
  if (known === null) return null;
  state.ledger = withJudged(state.ledger, known);
  const { submission, verdict } = known;
  if (verdict.status !== 'accepted') return null;
  return { kind: 'found', found: { prover: null, submission, verdict, cached: true } };
};
