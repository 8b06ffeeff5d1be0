import type { SearchReport, Submission } from '../src/model/index.ts';
import type { LocalProver } from '../src/prover/prover.ts';
import type { Judged, LocalInput } from './api.ts';
import { caseOf, type JudgingDeps, knownVerdict, settle } from './judging.ts';

export type LocalProof = {
  readonly judged: readonly Judged[];
  /** What the search took; null where there was none. */
  readonly search: SearchReport | null;
};

type Deps = JudgingDeps & { readonly local: LocalProver };

/** What stands for a search in vain: Lean's verdict on it is `incomplete`, with the goal that is open. */
const inVain = (by: string): Submission => ({ form: 'proof', text: `by\n  -- ${by}\n  sorry` });

/**
 * The local prover's search on one Lean slot, its proof judged like any other. Null where there is nothing to search on:
 * no proof states in this backend, or a theorem that the local prover cannot open.
 * A search in vain that would end the same way again is remembered under its limits and what it had learned.
 */
export const searchLocally = async (
  deps: Deps,
  { theorem, lean: options, cache }: LocalInput,
  signal: AbortSignal,
): Promise<LocalProof | null> => {
  const { search } = deps.local;
  if (search === undefined) return null;
  const one = await caseOf(deps, theorem, options);
  const learned = new Map<string, ReadonlyMap<string, number>>();
  const experience = async (shape: string): Promise<ReadonlyMap<string, number>> => {
    if (!search.learn) return new Map();
    const known = learned.get(shape) ?? (await deps.store.searchExperience(shape));
    learned.set(shape, known);
    return known;
  };
  const vain = inVain(
    `local search ${search.version}: no proof within ${search.limits.heartbeats} heartbeats`,
  );
  if (cache) {
    const known = await knownVerdict(deps, one, vain);
    if (known !== null) return { judged: [known], search: null };
  }
  const explored = await deps.lean.explore(
    one.job,
    (explorer) => search.find(theorem, explorer, { limits: search.limits, experience, signal }),
    { signal },
  );
  if (explored === null || explored.found.status === 'unusable') return null;
  const { found } = explored;
  const judged: Judged[] = [];
  const judge = async (submission: Submission): Promise<Judged> => {
    const screened = await deps.lean.screen(one.job, submission, { signal });
    const done = await settle(deps, one, submission, screened, signal);
    judged.push(done);
    return done;
  };
  if (found.status === 'found') {
    for (const proof of found.proofs) {
      if ((await judge(proof)).verdict.status === 'accepted') break;
    }
  } else await judge(found.exhausted ? vain : inVain('local search: stopped by the clock'));
  const last = judged.pop()!;
  return { judged: [...judged, { ...last, leanMs: last.leanMs + found.report.ms }], search: found.report };
};
