import type { Config } from '../../config/config.ts';
import type { Suite, Theorem } from '../../model/index.ts';
import { resultsJsonl, runJson, theoremsJsonl } from '../../report/jsonl.ts';
import { proofFiles } from '../../report/proof-files.ts';
import type { Cli } from '../cli.ts';
import type { ExitCode } from '../exit.ts';
import { scheduleLines } from '../render/plan.ts';
import { begin } from './begin.ts';
import { boundLine, boundOf, reserveLine } from './bound.ts';
import { conduct } from './conduct.ts';
import { type Identified, identifyKnown, proversOf } from './identify.ts';
import { outputFolder, writeOutputs } from './output.ts';
import { planOf } from './plan.ts';
import { reportLines } from './report.ts';
import { reportFiles } from './report-files.ts';
import {
  limitsWithin,
  meaningsUnder,
  mustHoldSome,
  provenanceOf,
  type Schedule,
  scheduleOf,
} from './schedule.ts';

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
  // Throws before anything is started, if a limit cannot be kept.
  const boundOfAll = boundOf(config, provers, theorems);
  const folder = options.output === null ? null : await outputFolder(options.output, io.cwd);
  const plan = planOf(config, options.cache);
  const limits = limitsWithin(config);
  const theoremIds = theorems.map((t) => t.id);
  const subject = { kind: 'suite', label: suite.name, sha256: suite.sha256, theoremIds } as const;
  let identified: Identified | null = null;
  let schedule: Schedule | null = null;
  return conduct(cli, config, {
    ...options,
    again: !options.fresh,
    asked: { plan, limits, order: config.run.order },
    finished: async (bench) => {
      schedule = await scheduleOf(bench.store, config, theorems);
      const meanings = meaningsUnder(config, schedule, subject);
      identified = await identifyKnown(bench, provers, meanings, theorems, options.fresh);
      const record = await bench.store.getRun(identified.runId);
      if (record?.state !== 'done') return null;
      const { goesOn } = await import('../../temporal/runs.ts');
      return goesOn(record, { plan, limits }).turns.length === 0 ? record : null;
    },
    begin: async (bench, session, say) => {
      const { jobs, left } = schedule!;
      const chosen = jobs.map(({ theorem }) => theorem);
      mustHoldSome(schedule!);
      const bound = left.length === 0 ? boundOfAll : boundOf(config, provers, chosen);
      const told = boundLine(bound);
      if (told !== null) say(told);
      // A batch job has prices of its own.
      const requestUsd = config.run.batch ? null : bound.requestUsd;
      const reserve = reserveLine({ ...bound, requestUsd }, Math.min(config.run.lanes, chosen.length));
      if (reserve !== null) say(reserve);
      const { runId, provenance } = identified!;
      const planned = await provenanceOf(bench.store, config, schedule!);
      const begun = await begin(bench, session, say, (ctx, runs) =>
        runs.startSuiteRun(ctx, {
          runId,
          plan,
          limits,
          provenance: { ...provenance, suiteSha256: suite.sha256, ...planned },
          suite: suite.name,
          suiteSha256: suite.sha256,
          theorems: chosen,
          order: config.run.order,
          requestUsd,
          amends: !options.fresh && options.cache,
        }),
      );
      if (begun.how === 'started') for (const line of scheduleLines(schedule!)) say(line);
      return begun;
    },
    finish: async (end, bench) => {
      if (!options.json) for (const line of reportLines(end, io, 'stdout')) io.out(line);
      if (folder === null) return;
      const files = proofFiles(theorems, end.record.results);
      await writeOutputs(folder, [
        ...files,
        { name: 'theorems.jsonl', text: theoremsJsonl(theorems) },
        { name: 'run.json', text: runJson(end.record) },
        { name: 'results.jsonl', text: resultsJsonl(end.record.results) },
        ...(await reportFiles(bench.store, end.record.runId)),
      ]);
      io.say(
        `${files.length} proofs, results.jsonl and report.html in ${folder}; proofloop check ${options.output} judges them once more`,
      );
    },
  });
};
