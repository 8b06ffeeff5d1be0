import { cutAt, filled, gapsOf, inPlace, withLemmas } from '../../src/lean-text/sketch.ts';
import { commandText, type Submission } from '../../src/model/index.ts';
import { TRIES, verifyCalls } from '../calls.ts';
import { oneLine } from '../text.ts';
import { withJudged } from '../theorem/ledger.ts';
import type { Records } from '../theorem/records.ts';
import type { Found, TheoremState } from '../theorem/state.ts';
import { persistent } from '../tries.ts';
import type { StepsEnd } from './steps.ts';

type Whole = {
  readonly submission: Submission;
  readonly ended: StepsEnd;
  readonly prover: string;
  readonly number: number;
};

/** The proofs of the steps in the gaps, which reads best; or, where that is refused, the steps as lemmas before the theorem. */
const readings = (statement: string, { submission, ended }: Whole): readonly Submission[] => {
  const gaps = gapsOf(submission.text);
  const cut = cutAt(submission, gaps);
  const proved = ended.flatMap((one) => (one.kind === 'proved' ? [one] : []));
  const inside = proved.map(({ step, proof }, i) => inPlace(gaps[i]!, step.isTactic, proof));
  const lemmas = proved.map(({ step, proof }) => commandText(step.theorem.statement, proof));
  const uses = filled(
    cut,
    proved.map(({ step }) => step.use),
  );
  // A sketch with helper lemmas restates the theorem itself, so the steps have to stand before all of it.
  const apart = withLemmas(statement, lemmas, uses);
  return inside.some((text) => text === null)
    ? [apart]
    : [
        filled(
          cut,
          inside.map((text) => text ?? ''),
        ),
        apart,
      ];
};

/** Puts the proofs of all steps into the sketch and has the whole judged as any proof; null if it is refused. */
export const putTogether = async (
  state: TheoremState,
  records: Records,
  whole: Whole,
): Promise<Found | null> => {
  const { runId, theorem, plan } = state.input;
  state.phase = 'lean';
  for (const submission of readings(theorem.statement, whole)) {
    await state.gate();
    const judged = await persistent(verifyCalls(plan.lean), TRIES).verify.executeWithOptions(
      {
        summary: oneLine(
          `verify the whole of ${theorem.name}, put together from ${whole.ended.length} steps`,
        ),
      },
      [{ runId, theorem, lean: plan.lean, submission, cache: plan.cache }],
    );
    const { verdict, cached, leanMs } = judged;
    state.ledger = withJudged(state.ledger, judged);
    state.lastVerdict = verdict;
    state.attempts += 1;
    records.attempt(state, {
      ...{ n: state.attempts, prover: whole.prover, round: whole.number, sample: 0, kind: 'sketch' },
      ...{ submission, verdict, answer: null, cachedVerdict: cached, leanMs, error: null },
    });
    if (verdict.status === 'accepted' || verdict.status === 'conditional')
      return { prover: whole.prover, submission, verdict, cached };
  }
  return null;
};
