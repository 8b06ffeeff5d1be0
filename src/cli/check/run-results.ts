import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { CHECKER_VERSION, ProofloopError } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { plural } from '../../words/units.ts';
import { assuranceLine } from '../../words/verdict.ts';
import type { Cli } from '../cli.ts';
import type { ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { renderDiagnostics } from '../render/diagnostics.ts';
import { indent } from '../render/width.ts';
import { writeRecord } from '../run/records.ts';
import { exitForProofs, proofRecord, type Rechecked, recheck } from './recheck.ts';
import { runFromFolder, runFromStore, type StoredRun } from './stored.ts';

export type ResultsOptions = {
  /** A folder that `bench -o` wrote, or the id of a run. */
  readonly results: string;
  /** Null: what the run had. */
  readonly wallMs: number | null;
  readonly json: boolean;
};

/** `check RESULTS`: every stored proof of a run once more, without a model and without the verdicts of the store. */
export const runResultsCheck = async (
  { io }: Cli,
  config: Config,
  options: ResultsOptions,
): Promise<ExitCode> => {
  const run = await storedRun(config, io, options.results);
  const { createLeanService } = await import('../../../lean/index.ts');
  const lean = await createLeanService(config, (line) => io.say(io.paintErr('dim', line)));
  try {
    const limits = {
      wallMs: options.wallMs ?? Math.max(config.lean.wallMs, run.lean?.wallMs ?? 0),
      heartbeats: run.lean?.heartbeats ?? config.lean.heartbeats,
    };
    const all = await recheck(lean, run, limits, (one) => {
      if (options.json) writeRecord(io, 'proof', proofRecord(one));
    });
    const identity = await lean.identity();
    const exitCode = exitForProofs(all);
    const count = (what: string) => all.filter((one) => one.judgement === what).length;
    const counts = { accepted: count('accepted'), refused: count('refused'), errors: count('error') };
    if (options.json) {
      const { version, backend, sandbox } = identity;
      const by = { checker: CHECKER_VERSION, lean: version, backend, sandbox };
      writeRecord(io, 'done', { results: run.label, proofs: all.length, ...counts, ...by, exitCode });
      return exitCode;
    }
    for (const one of all) if (one.judgement !== 'accepted') for (const line of lines(one, io)) io.out(line);
    const [whole] = all.flatMap(({ verdict }) => (verdict?.status === 'accepted' ? [verdict] : []));
    const good = counts.accepted === all.length;
    io.out(
      `${io.paintOut([good ? 'green' : 'red', 'bold'], `${counts.accepted} of ${plural(all.length, 'stored proof')} accepted once more`)} · ` +
        `refused ${counts.refused} · errors ${counts.errors} · checker ${CHECKER_VERSION} · Lean ${identity.version} (${identity.backend})`,
    );
    if (whole !== undefined) io.out(`checked: ${assuranceLine(whole)}`);
    return exitCode;
  } finally {
    await lean.close();
  }
};

const storedRun = async (config: Config, io: Io, results: string): Promise<StoredRun> => {
  let store: Store | null = null;
  const open = async () => {
    const { openStore } = await import('../../store/index.ts');
    store = await openStore(config.store);
    return store;
  };
  try {
    const path = resolve(io.cwd, results);
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory()) return await runFromFolder(path, open);
    if (found !== null || results.endsWith('.lean') || results === '-')
      throw new ProofloopError('USAGE', `'${results}' needs a submission to be checked against it`, {
        fix: 'Name two files: proofloop check CHALLENGE.lean SUBMISSION.lean; or a results folder, or a run.',
      });
    return await runFromStore(await open(), results);
  } finally {
    await (store as Store | null)?.close();
  }
};

const lines = ({ id, judgement, reason, detail, verdict, text }: Rechecked, { paintOut }: Io): string[] => {
  const colour = judgement === 'refused' ? 'red' : 'magenta';
  const errors =
    verdict !== null && 'diagnostics' in verdict
      ? verdict.diagnostics.filter((d) => d.severity === 'error')
      : [];
  return [
    `${paintOut([colour, 'bold'], judgement)} ${paintOut('bold', id)}`,
    `  ${reason}: ${detail}`,
    ...renderDiagnostics(errors, text, paintOut).map((told) => indent(told, '  ')),
  ];
};
