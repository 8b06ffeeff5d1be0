import type { SketchChecked } from '../../activities/api.ts';
import type { SketchPlan, Submission } from '../../src/model/index.ts';
import type { Feedback } from '../../src/prover/prover.ts';
import { localCalls } from '../calls.ts';
import { oneLine } from '../text.ts';
import { samplesLeft } from '../theorem/budget.ts';
import { why as whyRefused } from '../theorem/feedback.ts';
import { withJudged } from '../theorem/ledger.ts';
import type { Records } from '../theorem/records.ts';
import { faultOfVerdict, type StageEnd } from '../theorem/stage.ts';
import type { TheoremState } from '../theorem/state.ts';
import { askForSketch } from './ask.ts';
import { putTogether } from './assemble.ts';
import { Proved, proveSteps, type StepsEnd } from './steps.ts';
import { factsOf, noteOf } from './tell.ts';

/**
 * When whole proofs have failed: sketches, whose steps are proved as theorems of their own. A step that is false or
 * unproved sends the sketch back to the model with what is known. Null when the plan asks for no sketch, or nobody
 * can be asked.
 */
export const proveInSteps = async (
  state: TheoremState,
  records: Records,
  models: readonly string[],
): Promise<StageEnd | null> => {
  const { sketch } = state.input.plan;
  const [prover] = models;
  if (sketch === undefined || sketch.count === 0 || prover === undefined) return null;
  const proved = new Proved();
  // A whole proof that left gaps may be a sketch; to look costs nothing.
  const given = leftGaps(state);
  if (given !== null) {
    const checked = await check(state, given, 'the last proof with gaps');
    if (checked.steps.length > 0) {
      const outcome = await attempt(state, records, {
        sketch,
        prover,
        number: 0,
        submission: given,
        checked,
        proved,
      });
      if (outcome.end !== null) return outcome.end;
    }
  }
  let feedback: readonly Feedback[] = [];
  for (let number = 1; number <= sketch.count; number += 1) {
    await state.gate();
    if (samplesLeft(state.budget, state.begun) === 0)
      return { kind: 'nothing', stoppedBy: 'samples', scope: 'theorem' };
    state.phase = 'model';
    const asked = await askForSketch(state, records, { prover, number, feedback });
    if (asked.kind === 'end') return asked.end;
    if (asked.kind === 'unusable') continue;
    const { submission } = asked;
    const checked = await check(state, submission, `sketch ${number}`);
    asked.record(checked.judged);
    const outcome = await attempt(state, records, { sketch, prover, number, submission, checked, proved });
    if (outcome.end !== null) return outcome.end;
    feedback = [outcome.feedback];
  }
  return { kind: 'nothing', stoppedBy: 'rounds', scope: 'theorem' };
};

const check = async (state: TheoremState, submission: Submission, what: string): Promise<SketchChecked> => {
  const { theorem, plan } = state.input;
  state.phase = 'lean';
  const checked = await localCalls(plan.lean).checkSketch.executeWithOptions(
    { summary: oneLine(`check ${what} of ${theorem.name}: does it elaborate with its gaps?`) },
    [{ theorem, lean: plan.lean, cache: plan.cache, submission }],
  );
  state.ledger = withJudged(state.ledger, checked.judged);
  return checked;
};

type Attempt = {
  readonly sketch: SketchPlan;
  readonly prover: string;
  /** 0: a whole proof that left gaps. */
  readonly number: number;
  readonly submission: Submission;
  readonly checked: SketchChecked;
  readonly proved: Proved;
};

/** One sketch as far as it goes: a proof of the whole, or what the model has to know. */
const attempt = async (
  state: TheoremState,
  records: Records,
  { sketch, prover, number, submission, checked, proved }: Attempt,
): Promise<{ readonly end: StageEnd | null; readonly feedback: Feedback }> => {
  const { verdict, cached } = checked.judged;
  const called = number === 0 ? 'the last proof with gaps' : `sketch ${number}`;
  const diagnostics = 'diagnostics' in verdict ? verdict.diagnostics : [];
  const back = (why: string): Feedback => ({ submission, diagnostics, why });
  if (verdict.status === 'accepted')
    return { end: { kind: 'found', found: { prover, submission, verdict, cached } }, feedback: back('') };
  const fault = faultOfVerdict(verdict);
  if (fault !== null) return { end: { kind: 'fault', fault }, feedback: back('') };
  if (checked.steps.length === 0) {
    const why = checked.why ?? whyRefused(verdict);
    state.notes.push(`${called} is of no use: ${why}`);
    return { end: null, feedback: back(why) };
  }
  state.phase = 'sketch';
  const ended: StepsEnd = await proveSteps(state, {
    steps: checked.steps,
    number,
    depth: sketch.depth,
    proved,
  });
  state.notes.push(`${called}: ${noteOf(ended)}`);
  const told = factsOf(ended);
  if (ended.some((one) => one.kind !== 'proved'))
    return { end: null, feedback: { submission, diagnostics: [], why: told } };
  const found = await putTogether(state, records, { submission, ended, prover, number });
  if (found !== null) return { end: { kind: 'found', found }, feedback: back('') };
  state.notes.push(`${called}: Lean does not accept what was put together from the proved steps`);
  return {
    end: null,
    feedback: {
      submission,
      diagnostics: [],
      why: `${told} But the whole was not accepted when put together.`,
    },
  };
};

/** The newest sample that is right but for its gaps. */
const leftGaps = (state: TheoremState): Submission | null =>
  state.samples.findLast(
    ({ submission, verdict }) =>
      verdict?.status === 'incomplete' &&
      /\bsorry\b/.test(submission?.text ?? '') &&
      !verdict.diagnostics.some((d) => d.severity === 'error'),
  )?.submission ?? null;
