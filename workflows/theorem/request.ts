import { condition, isCancellation, sleep } from '@temporalio/workflow';
import type { BatchQuote, GenerateInput, Quote } from '../../activities/api.ts';
import type { ModelAnswer } from '../../src/model/index.ts';
import {
  type Account,
  type Amount,
  isRefusal,
  type Kept,
  type Refusal,
  type Reservation,
} from '../budget/account.ts';
import { llmCalls, mainCalls } from '../calls.ts';
import { type Fault, faultOf } from '../failure.ts';
import { askSummary } from '../summaries.ts';
import { withAsked } from './asked.ts';
import { askInBatch, batchRun } from './batch.ts';
import { tokensOf, withAnswer, withEstimate } from './ledger.ts';
import { failureOf, retryDelay } from './retry.ts';
import type { Limit } from './stage.ts';
import type { TheoremState } from './state.ts';

export type Request = Omit<GenerateInput, 'maxCostUsd' | 'maxTokens'>;

export type Asked =
  | { readonly kind: 'answer'; readonly answer: ModelAnswer }
  | { readonly kind: 'modelFailed'; readonly fault: Fault }
  | { readonly kind: 'overBudget'; readonly limit: Limit };

/**
 * One model request. Before each try its upper bound is reserved; a try that may have been billed without an answer
 * (cancelled, hung, lost with its worker) keeps its reserve as an estimate, until the answer is found after all. Tries
 * are made here, not by Temporal, because each of them may cost money of its own. Cancellation is thrown.
 */
export const request = async (state: TheoremState, input: Request): Promise<Asked> => {
  const account = state.accountOf(input.prover);
  const lost: Kept[] = [];
  const run = batchRun(state);
  const quote = await quoted(input, run !== null);
  if (run !== null && quote.batch !== undefined && !quote.stored) {
    const asked = await throughBatch(state, account, input, run, { ...quote, batch: quote.batch });
    if (asked !== null) return asked;
  }
  let bound: Amount = { usd: quote.stored ? 0 : quote.usd, tokens: quote.tokens };
  for (let tries = 1, bounds = 1; ; ) {
    const reservation = await roomFor(account, bound);
    if (isRefusal(reservation)) return overBudget(state, input, reservation, bound);
    try {
      const answer = await llmCalls.generate.executeWithOptions({ summary: askSummary(input, tries) }, [
        { ...input, maxCostUsd: bound.usd, maxTokens: bound.tokens },
      ]);
      return { kind: 'answer', answer: settled(state, input, reservation, lost, answer) };
    } catch (error) {
      if (isCancellation(error)) {
        estimate(state, reservation);
        throw error;
      }
      const failure = failureOf(error);
      if (failure.mayBeBilled) lost.push(estimate(state, reservation));
      else reservation.release();
      // Another worker's prices, or an answer that has left the store since: the new bound is reserved instead.
      if (failure.bound !== null && bounds < 3) {
        bound = failure.bound;
        bounds += 1;
        continue;
      }
      const delay = retryDelay(failure, tries);
      if (delay === null) return { kind: 'modelFailed', fault: faultOf(error) };
      tries += 1;
      await sleep(delay);
      await state.gate();
    }
  }
};

/** What the request may take at most; an answer that is in the store costs no money. */
const quoted = (input: Request, batch: boolean): Promise<Quote> =>
  mainCalls.quote.executeWithOptions({ summary: `bound of a request to ${input.prover}` }, [
    { ...input, maxCostUsd: null, maxTokens: null, ...(batch && { batch }) },
  ]);

/** The request in the next batch job of the run, at its price; null: it failed there and is to be asked singly. */
const throughBatch = async (
  state: TheoremState,
  account: Account,
  input: Request,
  run: string,
  { tokens, batch }: Quote & { readonly batch: BatchQuote },
): Promise<Asked | null> => {
  const reservation = await roomFor(account, { usd: batch.usd, tokens });
  if (isRefusal(reservation)) return overBudget(state, input, reservation, { usd: batch.usd, tokens });
  try {
    const end = await askInBatch(state, run, input, batch);
    if (!end.ok) {
      if (end.mayBeBilled) estimate(state, reservation);
      else reservation.release();
      const note = `a request in a batch job failed and was asked singly: ${end.why}`;
      if (!state.notes.includes(note) && state.notes.length < MOST_NOTES) state.notes.push(note);
      return null;
    }
    // Reads what the job has written into the store; nothing is sent.
    const found = await llmCalls.generate.executeWithOptions({ summary: askSummary(input) }, [
      { ...input, maxCostUsd: 0, maxTokens: null },
    ]);
    const answer = { ...found, cached: false, costUsd: end.costUsd, tokens: end.tokens };
    return { kind: 'answer', answer: booked(state, reservation, answer) };
  } catch (error) {
    estimate(state, reservation);
    if (isCancellation(error)) throw error;
    return null;
  }
};

const MOST_NOTES = 20;

/** Reserves; while others hold what is missing it waits for them. */
const roomFor = async (account: Account, bound: Amount): Promise<Reservation | Refusal> => {
  for (;;) {
    const reservation = account.reserve(bound);
    if (!isRefusal(reservation) || !reservation.mayCome) return reservation;
    await condition(() => {
      const refusal = account.refusalOf(bound);
      return refusal === null || !refusal.mayCome;
    });
  }
};

const overBudget = (
  state: TheoremState,
  { prover }: Request,
  { refused, scope, unpriced }: Refusal,
  { usd, tokens }: Amount,
): Asked => {
  if (unpriced)
    return {
      kind: 'modelFailed',
      fault: {
        code: 'PRICE_UNKNOWN',
        message: `what a request to '${prover}' costs is not known, so the ${refused} limit of the ${scope} cannot be kept`,
      },
    };
  if (scope === 'run') state.lacks(refused === 'cost' ? { usd, tokens: null } : { usd: null, tokens });
  const most = refused === 'cost' ? `cost up to $${(usd ?? 0).toFixed(4)}` : `take up to ${tokens} tokens`;
  const note = `no further request to ${prover}: one may ${most}, which is more than the ${scope} has left`;
  // One a theorem and prover: the bound changes with the prompt.
  if (!state.notes.some((known) => known.startsWith(`no further request to ${prover}:`)))
    state.notes.push(note);
  return { kind: 'overBudget', limit: { stoppedBy: refused, scope } };
};

/** Books the answer; one that an earlier try had bought takes that try's estimate back. */
const settled = (
  state: TheoremState,
  input: Request,
  reservation: Reservation,
  lost: Kept[],
  found: ModelAnswer,
): ModelAnswer => {
  const own = found.cached && found.askedBy === input.askedBy;
  const earlier = own ? lost.pop() : undefined;
  if (earlier !== undefined) {
    earlier.undo();
    state.ledger = withEstimate(state.ledger, earlier.amount, -1);
  }
  return booked(state, reservation, earlier === undefined ? found : { ...found, cached: false });
};

const booked = (state: TheoremState, reservation: Reservation, answer: ModelAnswer): ModelAnswer => {
  state.asked = withAsked(state.asked, answer);
  if (answer.cached) reservation.settle({ usd: 0, tokens: tokensOf(answer) }, { usd: 0, tokens: 0 });
  else if (answer.tokens === null) {
    // The provider did not say what it took.
    state.ledger = withAnswer(state.ledger, { ...answer, costUsd: 0 });
    estimate(state, reservation);
    return answer;
  } else reservation.settle({ usd: answer.costUsd, tokens: tokensOf(answer) });
  state.ledger = withAnswer(state.ledger, answer);
  return answer;
};

const estimate = (state: TheoremState, reservation: Reservation): Kept => {
  const kept = reservation.keep();
  state.ledger = withEstimate(state.ledger, kept.amount);
  return kept;
};
