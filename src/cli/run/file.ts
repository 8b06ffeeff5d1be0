import { basename } from 'node:path';
import type { Config } from '../../config/config.ts';
import { assembled, targetsOf, theoremFor } from '../../lean-text/assemble.ts';
import { scanFile } from '../../lean-text/scan.ts';
import { commandText, type LeanFile, ProofloopError } from '../../model/index.ts';
import { resultsJsonl } from '../../report/jsonl.ts';
import { proofFiles } from '../../report/proof-files.ts';
import { proofsOf } from '../../suite/of-run.ts';
import type { Cli } from '../cli.ts';
import type { ExitCode } from '../exit.ts';
import { skippedLines } from '../render/skipped.ts';
import { type SourceText, STANDARD_INPUT } from '../source/read.ts';
import { begin } from './begin.ts';
import { boundLine, boundOf } from './bound.ts';
import { conduct, type RunEnd } from './conduct.ts';
import { type Identified, identify, proversOf } from './identify.ts';
import { outputFolder, writeOutputs } from './output.ts';
import { limitsOf, planOf } from './plan.ts';
import { writeRecord } from './records.ts';
import { reportLines } from './report.ts';
import { writeProved } from './write-proved.ts';

export type FileOptions = {
  readonly json: boolean;
  readonly detach: boolean;
  readonly fresh: boolean;
  readonly cache: boolean;
  readonly write: boolean;
  readonly theorems: readonly string[];
  /** Folder of `-o`, or null. */
  readonly output: string | null;
};

/** The targets of a file; throws NO_TARGET where there is none, after the skipped ones were told. */
const scanned = (cli: Cli, source: SourceText, options: FileOptions): LeanFile => {
  const file = scanFile(source.text, source.sha256, options.theorems);
  for (const line of skippedLines(source.name, file.skipped)) cli.io.say(line);
  if (targetsOf(file).length === 0)
    throw new ProofloopError('NO_TARGET', `${source.name} has no theorem or lemma to prove`);
  return file;
};

/** Proves the `sorry`s of a file, in file order: what `prove` does. */
export const runFile = async (
  cli: Cli,
  config: Config,
  source: SourceText,
  options: FileOptions,
): Promise<ExitCode> => {
  const { io } = cli;
  const file = scanned(cli, source, options);
  const targets = targetsOf(file);
  const provers = await proversOf(config);
  const asked = targets.map((_, i) => theoremFor(file, i, {}));
  const bound = boundLine(boundOf(config, provers, asked));
  const folder = options.output === null ? null : await outputFolder(options.output, io.cwd);
  const subject = {
    kind: 'file',
    label: source.name === STANDARD_INPUT ? 'stdin' : source.name,
    sha256: source.sha256,
    theoremIds: targets.map((t) => t.id),
  } as const;
  const plan = planOf(config, options.cache);
  const limits = limitsOf(config);
  let identified: Identified | null = null;

  /** Standard output gets Lean text: the whole of it for standard input, else the proofs unless they went to a file. */
  const print = ({ record }: RunEnd, text: string): void => {
    const proofs = proofsOf(record.results);
    if (options.json) {
      if (source.path === null) writeRecord(io, 'text', { text });
    } else if (source.path === null) io.stdout.write(text);
    else if (!options.write && folder === null)
      for (const [i, target] of targets.entries()) {
        const proof = proofs[target.id];
        if (proof !== undefined)
          io.out(`${commandText(theoremFor(file, i, proofs).statement, proof).trim()}\n`);
      }
  };

  return conduct(cli, config, {
    ...options,
    again: !options.fresh,
    asked: { plan, limits },
    finished: async (bench) => {
      identified = await identify(bench, provers, subject, asked, options.fresh);
      const record = await bench.store.getRun(identified.runId);
      return record?.state === 'done' ? record : null;
    },
    begin: (bench, session, say) => {
      if (bound !== null) say(bound);
      return begin(bench, session, say, (ctx, runs) =>
        runs.startFileRun(ctx, { ...identified!, plan, limits, path: source.name, file }),
      );
    },
    finish: async (end, bench) => {
      const proofs = proofsOf(end.record.results);
      const text = assembled(file, proofs);
      for (const skipped of file.skipped) if (options.json) writeRecord(io, 'skipped', skipped);
      if (!options.json) for (const line of reportLines(end, io, 'stderr')) io.say(line);
      print(end, text);
      if (folder !== null) {
        const name = source.path === null ? 'stdin.lean' : basename(source.path);
        await writeOutputs(folder, [
          { name, text },
          { name: 'results.jsonl', text: resultsJsonl(end.record.results) },
          ...proofFiles(
            targets.map((_, i) => theoremFor(file, i, proofs)),
            end.record.results.filter((r) => r.outcome === 'refuted'),
          ),
        ]);
        io.say(`${name} and results.jsonl in ${folder}`);
      }
      if (options.write) io.say(await writeProved(source, file, end, config, await bench.lean()));
    },
  });
};
