import { type Attempt, isDeterministic, type SearchReport, type Submission } from '../src/model/index.ts';
import type { LocalProver } from '../src/prover/prover.ts';
import { whileAlive } from './alive.ts';
import type { Judged, LeanActivities, LocalInput } from './api.ts';
import { boundedVerdict, INLINE_BYTES } from './bounds.ts';
import { canaryActivities } from './canary.ts';
import { hintActivities } from './hints.ts';
import { Joined } from './joined.ts';
import { type Case, caseOf, type JudgingDeps, knownVerdict, settle } from './judging.ts';
import { refuteActivities } from './refute.ts';
import { type LocalProof, searchLocally } from './search.ts';
import { sketchActivities } from './sketch.ts';

export type VerifyDeps = JudgingDeps & { readonly local: LocalProver };

/** Activities of the queue `proofloop-lean`. */
export const leanActivities = (deps: VerifyDeps): LeanActivities => ({
  ...canaryActivities(deps),
  ...refuteActivities(deps),
  ...hintActivities(deps),
  ...sketchActivities(deps),
  verify: verifyOnce(deps),

  proveLocally: (input) =>
    whileAlive(async (signal) => {
      const { judged, search } = await localProof(deps, input, signal);
      await recordAll(deps, input, judged, search);
      const share = Math.max(512, Math.floor(INLINE_BYTES / Math.max(1, judged.length)));
      return judged.map((j) => ({ ...j, verdict: boundedVerdict(j.verdict, share) }));
    }),
});

/** The same proof of the same theorem at the same time goes to Lean once; without the cache, once in a run. */
const verifyOnce = (deps: VerifyDeps): LeanActivities['verify'] => {
  const flying = new Joined<Judged>();
  return ({ runId, theorem, lean, submission, cache }) =>
    whileAlive(async (signal) => {
      const one = await caseOf(deps, theorem, lean);
      const known = cache ? await knownVerdict(deps, one, submission) : null;
      if (known !== null) return known;
      const { value, made } = await flying.once({
        key: `${cache ? '' : runId} ${one.verdictKey(submission)}`,
        signal,
        make: async () => {
          const screened = await deps.lean.screen(one.job, submission, { signal });
          return settle(deps, one, submission, screened, signal);
        },
        share: ({ verdict }) => isDeterministic(verdict),
      });
      return made ? value : { ...value, cached: true, leanMs: 0, cacheMs: 0 };
    });
};

/** By search where the backend has proof states, else by trying candidates. */
const localProof = async (deps: VerifyDeps, input: LocalInput, signal: AbortSignal): Promise<LocalProof> => {
  const searched = await searchLocally(deps, input, signal);
  if (searched !== null) return searched;
  const judged = await tryPortfolio(deps, await portfolioCase(deps, input), input.cache, signal);
  return { judged, search: null };
};

/**
 * The theorem with the limits of the portfolio. Its refusals hold for these limits only, so they have keys of their own;
 * what it proves is a proof under any.
 */
const portfolioCase = async (deps: VerifyDeps, { theorem, lean }: LocalInput): Promise<Case> => {
  const one = await caseOf(deps, theorem, lean);
  const allowed = lean.heartbeats === 0 ? Number.POSITIVE_INFINITY : lean.heartbeats;
  const heartbeats = Math.min(deps.local.heartbeats ?? allowed, allowed);
  if (heartbeats === allowed) return one;
  return { ...(await caseOf(deps, theorem, { ...lean, heartbeats })), proofKey: one.proofKey };
};

/** Candidates whose verdict is stored are not tried again; the others go to one Lean slot together. */
const tryPortfolio = async (
  deps: VerifyDeps,
  one: Case,
  cache: boolean,
  signal: AbortSignal,
): Promise<readonly Judged[]> => {
  const judged: Judged[] = [];
  let untried: Submission[] = [];
  for (const candidate of deps.local.candidates(one.theorem)) {
    const known = cache ? await knownVerdict(deps, one, candidate) : null;
    if (known === null) untried.push(candidate);
    else judged.push(known);
    if (known?.verdict.status === 'accepted') return judged;
  }
  while (untried.length > 0) {
    const tried = await deps.lean.firstAccepted(one.job, untried, { signal });
    for (const { submission, verdict } of tried)
      judged.push(await settle(deps, one, submission, verdict, signal));
    const last = judged.at(-1)?.verdict.status;
    const accepted = tried.at(-1)?.verdict.status === 'accepted';
    // An acceptance that the fresh instance did not confirm: the candidates behind it are still to be tried.
    if (!accepted || last === 'accepted') return judged;
    untried = untried.slice(tried.length);
  }
  return judged;
};

const recordAll = async (
  { store, local }: VerifyDeps,
  { runId, theorem, firstAttempt }: LocalInput,
  judged: readonly Judged[],
  search: SearchReport | null,
): Promise<void> => {
  for (const [i, { submission, verdict, cached, leanMs }] of judged.entries()) {
    const attempt: Attempt = {
      n: firstAttempt + i,
      prover: local.name,
      round: 0,
      sample: i,
      submission,
      verdict,
      answer: null,
      cachedVerdict: cached,
      leanMs,
      ...(search !== null && i === judged.length - 1 ? { search } : {}),
      error: null,
    };
    await store.putAttempt(runId, theorem.id, attempt);
  }
};
