import type { LeanService } from '../../../lean/service.ts';
import { statedNegation } from '../../lean-text/negation.ts';
import { fullText, type LeanOptions, type TheoremResult, type Verdict } from '../../model/index.ts';
import type { ExitCode } from '../exit.ts';
import { EXIT } from '../exit.ts';
import { detailOf, errorPlace, type Judgement, judgementOf, reasonOf } from './judgement.ts';
import type { StoredRun } from './stored.ts';

/** A stored proof, judged once more. */
export type Rechecked = {
  readonly id: string;
  readonly name: string;
  readonly judgement: Judgement;
  /** As for the target of a file; besides `file-changed`, `file-missing`, `no-proof`, `no-statement`. */
  readonly reason: string;
  readonly detail: string;
  /** Null where there was nothing to give to Lean. */
  readonly verdict: Verdict | null;
  /** The whole Lean text that was judged, for the places in it. */
  readonly text: string | null;
};

const without = (
  { theoremId, name }: TheoremResult,
  judgement: Judgement,
  reason: string,
  detail: string,
): Rechecked => ({ id: theoremId, name, judgement, reason, detail, verdict: null, text: null });

/** Judges every stored proof of a run in a fresh instance, whatever any store knows of it. In the order of the run. */
export const recheck = (
  lean: Pick<LeanService, 'judge'>,
  run: StoredRun,
  options: LeanOptions,
  onEach: (one: Rechecked) => void,
): Promise<readonly Rechecked[]> =>
  Promise.all(
    run.solved.map(async (result) => {
      const one = await again(lean, run, result, options);
      onEach(one);
      return one;
    }),
  );

async function again(
  lean: Pick<LeanService, 'judge'>,
  run: StoredRun,
  result: TheoremResult,
  options: LeanOptions,
): Promise<Rechecked> {
  const { theoremId: id, name } = result;
  const asked = run.theorem(id);
  if (asked === null)
    return without(result, 'error', 'no-statement', `nothing tells what theorem \`${id}\` of the run states`);
  const refuted = result.outcome === 'refuted';
  const submission = refuted ? result.refutation?.submission : result.submission;
  if (!submission)
    return without(
      result,
      'refused',
      'no-proof',
      `it is counted as ${result.outcome}, and no proof is stored`,
    );
  const theorem = refuted ? statedNegation(asked, result.refutation?.statement ?? '') : asked;
  const text = fullText(theorem, submission);
  const file = (await run.file?.(id, refuted)) ?? null;
  if (file?.text === null) return without(result, 'refused', 'file-missing', `${file.name} is not there`);
  if (file !== null && file.text !== text)
    return without(result, 'refused', 'file-changed', `${file.name} is not the proof that results.jsonl has`);
  const { header, context, ownContext, statement, provenance, negates } = theorem;
  const challenge = {
    ...{ name: theorem.name, header, context, statement },
    ...(ownContext === undefined ? {} : { ownContext }),
    ...(provenance === undefined ? {} : { provenance }),
    ...(negates === undefined ? {} : { negates }),
  };
  const verdict = await lean.judge({ challenge, options }, submission);
  const judgement = judgementOf(verdict);
  return { id, name, judgement, reason: reasonOf(verdict), detail: detailOf(verdict), verdict, text };
}

/** As for files: 1 if anything could not be judged, else 2 if anything is refused. */
export const exitForProofs = (all: readonly Rechecked[]): ExitCode => {
  if (all.some((one) => one.judgement === 'error')) return EXIT.fault;
  return all.every((one) => one.judgement === 'accepted') ? EXIT.ok : EXIT.unsolved;
};

/** The record of one proof in `--json`. */
export const proofRecord = ({ id, name, judgement, reason, detail, verdict }: Rechecked): object => {
  const place = verdict === null ? null : errorPlace(verdict);
  return {
    id,
    name,
    verdict: judgement,
    reason,
    detail,
    line: place?.line ?? null,
    column: place?.column ?? null,
    axioms: verdict?.status === 'accepted' ? verdict.axioms : null,
    assurance: verdict?.status === 'accepted' ? verdict.assurance : null,
    diagnostics: verdict !== null && 'diagnostics' in verdict ? verdict.diagnostics : [],
    ms: verdict === null ? 0 : Math.round(verdict.ms),
  };
};
