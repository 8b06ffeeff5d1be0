import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type {
  Allowance,
  AttemptPlan,
  Refutation,
  Step,
  Submission,
  TheoremResult,
} from '../../src/model/index.ts';
import { withAllowance } from '../budget/child.ts';
import { endsRun, faultOf } from '../failure.ts';
import { withEstimate } from '../theorem/ledger.ts';
import { LOCAL } from '../theorem/local.ts';
import type { TheoremState } from '../theorem/state.ts';
import { payers, planFor } from './allowance.ts';
import { proveStep, withStep } from './child.ts';

export type StepEnd =
  | {
      readonly kind: 'proved';
      readonly step: Step;
      readonly proof: Submission;
      readonly prover: string | null;
    }
  | { readonly kind: 'refuted'; readonly step: Step; readonly refutation: Refutation }
  | { readonly kind: 'unproved'; readonly step: Step; readonly why: string }
  /** Another step was refuted, so nothing more was spent on this one. */
  | { readonly kind: 'left'; readonly step: Step };
/** In the order of the steps. */
export type StepsEnd = readonly StepEnd[];

/** Steps at work at once. */
const LANES = 4;

/** Proofs of steps by what they state, kept from sketch to sketch of one theorem. */
export class Proved {
  readonly #known = new Map<string, { readonly proof: Submission; readonly prover: string | null }>();

  of(step: Step): StepEnd | null {
    const known = this.#known.get(step.signature);
    return known === undefined ? null : { kind: 'proved', step, ...known };
  }

  add(end: StepEnd): void {
    // A proof that restates its theorem holds its name, which another sketch need not have.
    if (end.kind === 'proved' && end.proof.form === 'proof')
      this.#known.set(end.step.signature, { proof: end.proof, prover: end.prover });
  }
}

type Work = {
  readonly steps: readonly Step[];
  readonly number: number;
  readonly depth: number;
  readonly proved: Proved;
};

/**
 * Proves the steps of a sketch in child workflows: all of them by the local prover, which also looks for
 * counterexamples, so that no money goes into a sketch with a step that is false; then what is left by the models,
 * within an allowance from what the theorem has left.
 */
export const proveSteps = async (state: TheoremState, work: Work): Promise<StepsEnd> => {
  const { steps, number, depth, proved } = work;
  const ends = new Map<Step, StepEnd>();
  for (const step of steps) {
    const known = proved.of(step);
    if (known !== null) ends.set(step, known);
  }
  const left = () => steps.filter((step) => ends.get(step)?.kind !== 'proved');
  const isRefuted = () => [...ends.values()].some((end) => end.kind === 'refuted');
  const settle = (end: StepEnd): void => {
    ends.set(end.step, end);
    proved.add(end);
  };
  await inLanes(state, left(), isRefuted, async (step) => {
    const plan = planFor(state, 1);
    if (plan === null) return;
    // Nothing is asked of a model here, so nothing is set aside.
    const allowance: Allowance = { costUsd: 0, tokens: 0 };
    const input = { plan: { ...plan, provers: [LOCAL] }, allowance };
    settle(endOf(step, await child(state, step, `s${number}.${step.name}`, input)));
  });
  for (const [i, { models, account }] of payers(state).entries()) {
    if (isRefuted()) break;
    let waiting = left().length;
    await inLanes(state, left(), isRefuted, async (step) => {
      const part = 1 / Math.min(LANES, waiting);
      const base = planFor(state, waiting);
      waiting = Math.max(1, waiting - 1);
      if (base === null) return;
      const deeper = depth > 1 && {
        sketch: { count: state.input.plan.sketch?.count ?? 1, depth: depth - 1 },
      };
      // What is false among small values has been looked for.
      const plan = { ...base, provers: models, refute: false, ...deeper };
      const end = await withAllowance(account, { part }, async (allowance) => {
        const result = await child(state, step, `s${number}.${step.name}~${i + 1}`, { plan, allowance });
        return { ledger: result?.ledger ?? null, value: endOf(step, result) };
      });
      settle('kind' in end ? end : { kind: 'unproved', step, why: `stopped by ${end.refused}` });
    });
  }
  return steps.map((step) => ends.get(step) ?? { kind: 'left', step });
};

/** The result of a step's workflow; null when the workflow itself failed. */
const child = async (
  state: TheoremState,
  step: Step,
  id: string,
  input: { readonly plan: AttemptPlan; readonly allowance: Allowance },
): Promise<TheoremResult | null> => {
  try {
    const result = await proveStep(state, step, id, input);
    state.ledger = withStep(state.ledger, result.ledger);
    state.attempts += result.attempts;
    state.begun += result.ledger.modelCalls + result.ledger.cachedAnswers;
    return result;
  } catch (error) {
    // One that somebody cancelled by itself is unproved; when all of it is being cancelled the error passes through.
    if (endsRun(error) || (isCancellation(error) && CancellationScope.current().consideredCancelled))
      throw error;
    // Nobody knows what it has cost; it may have been all of its allowance.
    const { costUsd, tokens } = input.allowance;
    if (input.plan.provers.some((prover) => prover !== LOCAL))
      state.ledger = withEstimate(state.ledger, { usd: costUsd, tokens: tokens ?? 0 });
    state.notes.push(`step ${step.name}: ${faultOf(error).code}: ${faultOf(error).message}`);
    return null;
  }
};

const endOf = (step: Step, result: TheoremResult | null): StepEnd => {
  if (result === null) return { kind: 'unproved', step, why: 'its workflow failed' };
  const { outcome, submission, prover, refutation } = result;
  if ((outcome === 'solved' || outcome === 'conditional') && submission !== null)
    return { kind: 'proved', step, proof: submission, prover };
  if (outcome === 'refuted' && refutation) return { kind: 'refuted', step, refutation };
  const error = result.error === null ? '' : `${result.error.code}: ${result.error.message}`;
  const spent = result.stoppedBy === 'rounds' ? '' : `stopped by ${result.stoppedBy}`;
  return { kind: 'unproved', step, why: error === '' ? spent : error };
};

/** Works on `steps`, a bounded number at once; when `over` says so no new one begins and those at work are cancelled. */
const inLanes = async (
  state: TheoremState,
  steps: readonly Step[],
  over: () => boolean,
  work: (step: Step) => Promise<void>,
): Promise<void> => {
  const waiting = [...steps];
  const scope = new CancellationScope();
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined && !over(); step = waiting.shift()) {
      await state.gate();
      await work(step);
      if (over()) scope.cancel();
    }
  };
  await scope.run(async () => {
    const ends = await Promise.allSettled([...Array(Math.min(LANES, steps.length)).keys()].map(lane));
    const faults = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    const fault = faults.find((reason) => !isCancellation(reason)) ?? (over() ? undefined : faults[0]);
    if (fault !== undefined) throw fault;
  });
};
