import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { assembled, type Proofs } from '../../lean-text/assemble.ts';
import {
  type FilePiece,
  type LeanFile,
  leanFileSchema,
  ProofloopError,
  type RunRecord,
  type Submission,
  theoremSchema,
} from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import type { RunContext } from './context.ts';
import { recordOf } from './records.ts';
import { type Started, startFileRun, startSuiteRun } from './start.ts';

/**
 * Starts a new run of those theorems of a finished run that ended in an error (or never came to an end);
 * refused proofs are not tried again. Throws RUN_NOT_FOUND, and USAGE when there is nothing to retry.
 */
export const retryRun = async (
  ctx: RunContext,
  runId: string,
  changes: Partial<Pick<RunRecord, 'plan' | 'limits' | 'provenance'>> = {},
): Promise<Started> => {
  const record = await recordOf(ctx.store, runId);
  const again = new Set(unfinished(record));
  if (again.size === 0)
    throw new ProofloopError('USAGE', `run '${runId}' has no theorem that ended in an error`);
  const text = await sourceOf(ctx.store, record);
  const run = {
    runId: `${runId}-r${randomBytes(2).toString('hex')}`,
    plan: changes.plan ?? record.plan,
    limits: changes.limits ?? record.limits,
    // Another version or machine may repeat it.
    provenance: { ...record.provenance, ...changes.provenance, retryOf: runId },
  };
  if (record.kind === 'file') {
    const file = leanFileSchema.parse(JSON.parse(text));
    return startFileRun(ctx, {
      ...run,
      path: record.label,
      file: onlyTargets(file, again, proofsOf(record)),
    });
  }
  const theorems = z.array(theoremSchema).parse(JSON.parse(text));
  const suiteSha256 = record.provenance.suiteSha256 ?? record.provenance.source ?? '';
  const chosen = theorems.filter((t) => again.has(t.id));
  return startSuiteRun(ctx, { ...run, suite: record.label, suiteSha256, theorems: chosen });
};

const unfinished = (record: RunRecord): readonly string[] => {
  const outcomes = new Map(record.results.map((r) => [r.theoremId, r]));
  return record.theoremIds.filter((id) => {
    const result = outcomes.get(id);
    return result === undefined || result.outcome === 'error' || result.stoppedBy === 'cancelled';
  });
};

const sourceOf = async (store: Store, record: RunRecord): Promise<string> => {
  const { source } = record.provenance;
  const text = source === undefined ? null : await store.getText(source);
  if (text === null)
    throw new ProofloopError(
      'RUN_NOT_FOUND',
      `the theorems of run '${record.runId}' are not in the store any more`,
    );
  return text;
};

const proofsOf = (record: RunRecord): Proofs =>
  Object.fromEntries(
    record.results.flatMap((r): [string, Submission][] =>
      r.outcome === 'solved' && r.submission !== null ? [[r.theoremId, r.submission]] : [],
    ),
  );

/** The file with the proofs found in place and only the `chosen` targets left as such. */
const onlyTargets = (file: LeanFile, chosen: ReadonlySet<string>, proofs: Proofs): LeanFile => ({
  ...file,
  pieces: file.pieces.map(
    (piece): FilePiece =>
      piece.kind !== 'target' || chosen.has(piece.id)
        ? piece
        : { kind: 'text', text: assembled({ ...file, pieces: [piece] }, proofs) },
  ),
});
