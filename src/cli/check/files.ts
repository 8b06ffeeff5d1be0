import type { FileRequest } from '../../../lean/backend.ts';
import type { LeanService } from '../../../lean/service.ts';
import { leanText } from '../../lean-text/assemble.ts';
import { type Declared, declaredTheorems } from '../../lean-text/declarations.ts';
import { type LeanOptions, ProofloopError, type Verdict } from '../../model/index.ts';
import type { SourceText } from '../source/read.ts';
import { errorPlace, judgementOf } from './judgement.ts';

/** One theorem of the challenge with what became of it. */
export type CheckedTarget = {
  readonly name: string;
  readonly verdict: Verdict;
  /** The place to look at; null where the submission has none. `file` as the user named it. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number } | null;
};

/** The theorems of the challenge that have to be proved: those with a `sorry` in their proofs. Throws NO_TARGET. */
export const targetsIn = (challenge: SourceText): string[] => {
  const open = declaredTheorems(leanText(challenge.text)).filter((t) => t.open);
  if (open.length === 0)
    throw new ProofloopError('NO_TARGET', `${challenge.name} has no theorem whose proof is \`sorry\``, {
      fix: 'The challenge is the file with the statements: each theorem to be proved has the proof `sorry`.',
    });
  return [...new Set(open.map((t) => t.name))];
};

/** Judges a submission against a challenge in a fresh instance. */
export const checkFiles = async (
  lean: Pick<LeanService, 'judgeFile'>,
  challenge: SourceText,
  submission: SourceText,
  options: LeanOptions,
): Promise<readonly CheckedTarget[]> => {
  const targets = targetsIn(challenge);
  const request: FileRequest = {
    challenge: leanText(challenge.text),
    submission: leanText(submission.text),
    targets,
    options,
  };
  const verdicts = await lean.judgeFile(request);
  const declared = declaredTheorems(request.submission);
  return targets.map((name, i) => {
    const verdict = verdicts[i]!;
    const own = declared.find((t) => t.name === name);
    return { name, verdict, place: placeOf(verdict, own, challenge.name, submission.name) };
  });
};

function placeOf(
  verdict: Verdict,
  own: Declared | undefined,
  challenge: string,
  submission: string,
): CheckedTarget['place'] {
  const error = errorPlace(verdict);
  if (verdict.status === 'badChallenge') return error === null ? null : { file: challenge, ...error };
  if (judgementOf(verdict) === 'error') return null;
  const pos = (verdict.status === 'accepted' ? null : error) ?? own;
  return pos === undefined ? null : { file: submission, line: pos.line, column: pos.column };
}
