import type { Config } from '../../config/config.ts';
import type { Suite, Theorem } from '../../model/index.ts';
import { resultsJsonl, runJson, theoremsJsonl } from '../../report/jsonl.ts';
import { proofFiles } from '../../report/proof-files.ts';
import type { Cli } from '../cli.ts';
import type { ExitCode } from '../exit.ts';
import { begin } from './begin.ts';
import { boundLine, boundOf } from './bound.ts';
import { conduct } from './conduct.ts';
import { type Identified, identify, proversOf } from './identify.ts';
import { outputFolder, writeOutputs } from './output.ts';
import { limitsOf, planOf } from './plan.ts';
import { reportLines } from './report.ts';

export type SuiteOptions = {
  readonly json: boolean;
  readonly detach: boolean;
  readonly fresh: boolean;
  readonly cache: boolean;
  /** Folder of `-o`, or null. */
  readonly output: string | null;
};

/** Runs the chosen theorems of a suite: what `bench` and `demo` do. */
export const runSuite = async (
  cli: Cli,
  config: Config,
  suite: Suite,
  theorems: readonly Theorem[],
  options: SuiteOptions,
): Promise<ExitCode> => {
  const { io } = cli;
  const provers = await proversOf(config);
  const bound = boundLine(boundOf(config, provers, theorems));
  const folder = options.output === null ? null : await outputFolder(options.output, io.cwd);
  const plan = planOf(config, options.cache);
  const limits = limitsOf(config);
  const theoremIds = theorems.map((t) => t.id);
  const subject = { kind: 'suite', label: suite.name, sha256: suite.sha256, theoremIds } as const;
  let identified: Identified | null = null;
  return conduct(cli, config, {
    ...options,
    again: !options.fresh,
    asked: { plan, limits },
    finished: async (bench) => {
      identified = await identify(bench, provers, subject, options.fresh);
      const record = await bench.store.getRun(identified.runId);
      return record?.state === 'done' ? record : null;
    },
    begin: (bench, session, say) => {
      if (bound !== null) say(bound);
      const { runId, provenance } = identified!;
      return begin(bench, session, say, (ctx, runs) =>
        runs.startSuiteRun(ctx, {
          runId,
          plan,
          limits,
          provenance: { ...provenance, suiteSha256: suite.sha256 },
          suite: suite.name,
          suiteSha256: suite.sha256,
          theorems,
        }),
      );
    },
    finish: async (end) => {
      if (!options.json) for (const line of reportLines(end, io, 'stdout')) io.out(line);
      if (folder === null) return;
      const files = proofFiles(theorems, end.record.results);
      await writeOutputs(folder, [
        ...files,
        { name: 'theorems.jsonl', text: theoremsJsonl(theorems) },
        { name: 'run.json', text: runJson(end.record) },
        { name: 'results.jsonl', text: resultsJsonl(end.record.results) },
      ]);
      io.say(
        `${files.length} proofs and results.jsonl in ${folder}; proofloop check ${options.output} judges them once more`,
      );
    },
  });
};
