import type { LeanJob, LeanService } from '../lean/service.ts';
import { parseHeader } from '../src/lean-text/imports.ts';
import {
  CHECKER_VERSION,
  isDeterministic,
  type LeanOptions,
  type Submission,
  type Theorem,
  type Verdict,
} from '../src/model/index.ts';
import { proofKey, verdictKey } from '../src/store/keys.ts';
import type { Store } from '../src/store/store.ts';
import type { Judged } from './api.ts';
import { boundedVerdict } from './bounds.ts';

/** What an accepted proof went through; part of its key. */
const CHECKS = ['statement', 'axioms', 'kernel', 'fresh instance'];

export type JudgingDeps = { readonly lean: LeanService; readonly store: Store; readonly now: () => number };

/** A theorem with the Lean that judges it: makes keys, asks store and Lean. */
export type Case = {
  readonly theorem: Theorem;
  readonly job: LeanJob;
  readonly proofKey: string;
  verdictKey(submission: Submission): string;
};

export const caseOf = async (
  { lean }: Pick<JudgingDeps, 'lean'>,
  theorem: Theorem,
  options: LeanOptions,
): Promise<Case> => {
  const { name, header, context, ownContext, statement, provenance, negates } = theorem;
  const own = ownContext === undefined ? {} : { ownContext };
  const from = provenance === undefined ? {} : { provenance };
  const of = negates === undefined ? {} : { negates };
  const challenge = { name, header, context, ...own, statement, ...from, ...of };
  const parts = {
    leanBuildHash: (await lean.identity()).buildHash,
    checkerVersion: CHECKER_VERSION,
    headerKey: parseHeader(header).key,
    challenge,
    options,
    checks: CHECKS,
  };
  return {
    theorem,
    job: { challenge, options },
    proofKey: proofKey(parts),
    verdictKey: (submission) => verdictKey({ ...parts, submission }),
  };
};

/** The stored verdict on a submission, or null. */
export const knownVerdict = async (
  { store, now }: JudgingDeps,
  one: Case,
  submission: Submission,
): Promise<Judged | null> => {
  const from = now();
  const verdict = await store.getVerdict(one.verdictKey(submission));
  if (verdict === null) return null;
  return { submission, verdict: boundedVerdict(verdict), cached: true, leanMs: 0, cacheMs: now() - from };
};

/**
 * What an instance said becomes a judgement: an acceptance by an instance that had run other submissions is
 * repeated in one that has not. Stored before it is returned, refusals only when they are deterministic.
 */
export const settle = async (
  { lean, store, now }: JudgingDeps,
  one: Case,
  submission: Submission,
  screened: Verdict,
  signal: AbortSignal,
): Promise<Judged> => {
  const warm = screened.status === 'accepted' && !screened.assurance.fresh;
  const verdict = warm ? await lean.judge(one.job, submission, { signal }) : screened;
  const from = now();
  if (isDeterministic(verdict)) await store.putVerdict(one.verdictKey(submission), verdict);
  if (verdict.status === 'accepted') await store.putProof(one.proofKey, { submission, verdict, at: now() });
  const leanMs = warm ? screened.ms + verdict.ms : verdict.ms;
  return { submission, verdict: boundedVerdict(verdict), cached: false, leanMs, cacheMs: now() - from };
};
