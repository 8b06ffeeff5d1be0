import type { LeanService } from '../../../lean/service.ts';
import type { Config } from '../../config/config.ts';
import { assembled, leanText, targetsOf, theoremFor } from '../../lean-text/assemble.ts';
import { type Diagnostic, type LeanFile, type LeanOptions, ProofloopError } from '../../model/index.ts';
import { proofsOf } from '../../suite/of-run.ts';
import { oneLine } from '../../words/one-line.ts';
import { plural } from '../../words/units.ts';
import { verdictLine } from '../../words/verdict.ts';
import type { SourceText } from '../source/read.ts';
import { mustBeUnchanged, replaceSource } from '../source/write.ts';
import type { RunEnd } from './conduct.ts';

/** A whole file may take as long as all of its theorems together. */
const FILE_FACTOR = 10;

const refused = (source: SourceText, why: string): ProofloopError =>
  new ProofloopError('FILE_NOT_WRITTEN', `${source.name}: ${why}`);

const errorsOf = async (
  lean: LeanService,
  text: string,
  options: LeanOptions,
): Promise<readonly Diagnostic[]> => {
  const answer = await lean.elaborate(leanText(text), options);
  if (answer.status !== 'ok') throw new Error(verdictLine({ ...answer }));
  return answer.messages.filter((m) => m.severity === 'error');
};

/** A proof that comes from the store without a new check is judged again before it enters a file. */
const judgeAgain = async (
  source: SourceText,
  file: LeanFile,
  { launch, record: { results } }: RunEnd,
  options: LeanOptions,
  lean: LeanService,
): Promise<void> => {
  const proofs = proofsOf(results);
  for (const [index, target] of targetsOf(file).entries()) {
    const submission = proofs[target.id];
    const stored = launch.attached || results.some((r) => r.theoremId === target.id && r.cached);
    if (submission === undefined || !stored) continue;
    const verdict = await lean.judge({ challenge: theoremFor(file, index, proofs), options }, submission);
    if (verdict.status !== 'accepted')
      throw refused(
        source,
        `the stored proof of ${target.name} does not pass any more: ${verdictLine(verdict)}`,
      );
  }
};

/**
 * Puts the proofs into the file. The whole result is elaborated first: it may have no error that the file had not
 * before. Answers a line that says what was done. Throws FILE_CHANGED, FILE_NOT_WRITTEN.
 */
export const writeProved = async (
  source: SourceText,
  file: LeanFile,
  end: RunEnd,
  config: Config,
  lean: LeanService,
): Promise<string> => {
  const proofs = proofsOf(end.record.results);
  const n = Object.keys(proofs).length;
  if (n === 0) return `${source.name} stays as it is: nothing was proved.`;
  await mustBeUnchanged(source);
  const options = { wallMs: config.lean.wallMs, heartbeats: config.lean.heartbeats };
  await judgeAgain(source, file, end, options, lean);
  const text = assembled(file, proofs);
  const patient = { ...options, wallMs: options.wallMs * FILE_FACTOR };
  let errors: readonly Diagnostic[];
  try {
    errors = await errorsOf(lean, text, patient);
    if (errors.length > 0) {
      const before = new Set((await errorsOf(lean, source.text, patient)).map((e) => e.text));
      errors = errors.filter((e) => !before.has(e.text));
    }
  } catch (error) {
    throw refused(
      source,
      `the result does not elaborate: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const [first] = errors;
  if (first !== undefined)
    throw refused(
      source,
      `with the proofs in place Lean says at line ${first.pos.line}: ${oneLine(first.text)}`,
    );
  await replaceSource(source, text);
  return `${source.name}: ${plural(n, 'proof')} written.`;
};
