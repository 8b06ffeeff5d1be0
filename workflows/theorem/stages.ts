import { mainCalls } from '../calls.ts';
import { oneLine } from '../text.ts';
import { withJudged } from './ledger.ts';
import { LOCAL, proveLocally } from './local.ts';
import type { Records } from './records.ts';
import type { Ending } from './result.ts';
import { proveInRounds } from './rounds.ts';
import type { StageEnd } from './stage.ts';
import type { TheoremState } from './state.ts';

/** Look-up, then the provers of the plan in their order, until one finds a proof or something ends the search. */
export const search = async (state: TheoremState, records: Records): Promise<Ending> => {
  const known = await lookUp(state);
  if (known !== null) return known;
  const { provers, onModelFailure } = state.input.plan;
  let stoppedBy: Extract<StageEnd, { kind: 'nothing' }>['stoppedBy'] = 'rounds';
  let triedLocally = false;
  for (const prover of provers) {
    const end = prover === LOCAL ? await proveLocally(state) : await proveInRounds(state, records, prover);
    triedLocally ||= prover === LOCAL;
    if (end.kind === 'found' || end.kind === 'fault') return end;
    if (end.kind === 'nothing') {
      stoppedBy = end.stoppedBy;
      continue;
    }
    if (onModelFailure === 'fail') return { kind: 'fault', fault: end.fault };
    state.notes.push(
      `${end.prover} failed (${end.fault.code}: ${end.fault.message}); the local prover went on alone`,
    );
    if (triedLocally || provers.includes(LOCAL)) continue;
    triedLocally = true;
    const local = await proveLocally(state);
    if (local.kind === 'found' || local.kind === 'fault') return local;
  }
  return { kind: 'nothing', stoppedBy };
};

/** An accepted proof that the store knows; also refuses a worker with another store or version. */
const lookUp = async (state: TheoremState): Promise<Ending | null> => {
  const { theorem, plan, guard } = state.input;
  state.phase = 'cache';
  const known = await mainCalls.lookupProof.executeWithOptions(
    { summary: oneLine(`look for a known proof of ${theorem.name}`) },
    [{ theorem, lean: plan.lean, guard, cache: plan.cache }],
  );
  if (known === null) return null;
  state.ledger = withJudged(state.ledger, known);
  const { submission, verdict } = known;
  if (verdict.status !== 'accepted') return null;
  return { kind: 'found', found: { prover: null, submission, verdict, cached: true } };
};
