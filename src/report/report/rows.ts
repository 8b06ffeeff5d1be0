import { isFromStore, type Prediction } from '../../model/index.ts';
import { assuranceLine, verdictLine } from '../../words/verdict.ts';
import { whyNot } from '../../words/why-not.ts';
import { componentsOf } from '../statistics/time.ts';
import type { Entry } from './data.ts';
import type { Row } from './schema.ts';

export const rowOf = (
  { result: r, attempted, theorem }: Entry,
  predictions: ReadonlyMap<string, Prediction>,
): Row => {
  const { rest, overlaps } = componentsOf(r);
  const proved = r.refutation ?? (r.submission === null ? null : r);
  const verdict = r.refutation?.verdict ?? r.verdict;
  return {
    id: r.theoremId,
    name: r.name,
    difficulty: r.difficulty,
    category: r.category,
    outcome: r.outcome,
    stoppedBy: r.stoppedBy,
    stoppedScope: r.stoppedScope ?? null,
    why: whyNot(r),
    prover: r.prover,
    models: attempted.models,
    prompts: attempted.prompts,
    cached: isFromStore(r),
    attempts: r.attempts,
    calls: attempted.calls.all,
    callsToProof: attempted.calls.toProof,
    startedAt: r.startedAt,
    endedAt: r.endedAt,
    totalMs: r.ledger.totalMs,
    leanMs: r.ledger.leanMs,
    modelMs: r.ledger.modelMs,
    cacheMs: r.ledger.cacheMs,
    restMs: overlaps ? null : rest,
    inputTokens: r.ledger.inputTokens,
    outputTokens: r.ledger.outputTokens,
    usd: r.ledger.costUsd,
    verdict: verdict === null ? null : verdictLine(verdict),
    axioms: verdict?.status === 'accepted' ? verdict.axioms : [],
    assurance: verdict?.status === 'accepted' ? assuranceLine(verdict) : null,
    header: theorem?.header ?? null,
    statement: r.refutation?.statement ?? theorem?.statement ?? null,
    proof: proved?.submission?.text ?? null,
    counterexample: r.refutation?.counterexample ?? null,
    error: r.error,
    notes: r.notes,
    prediction: predictions.get(r.theoremId) ?? null,
    workflowId: r.workflowId,
  };
};
