import { runBare } from './bare.ts';
import type { Lived } from './lived.ts';
import { runOurs } from './ours.ts';
import { type Summary, summarize } from './statistics.ts';
import { benchScript, benchTheorems } from './theorems.ts';
import type { World } from './world.ts';

export type Row = {
  readonly what: string;
  readonly lanes: number;
  readonly cache: 'empty' | 'warm' | null;
  /** What one value of the summaries is for: an attempt, or a whole theorem where the cache answers all. */
  readonly per: 'attempt' | 'theorem' | 'workflow';
  /** All that goes beyond Lean's own time and the model's latency. */
  readonly overhead: Summary;
  /** The same without waiting for a free Lean slot and a fresh instance. */
  readonly loop: Summary;
  /** Means for the same unit, in ms. */
  readonly parts: {
    readonly lean: number;
    readonly leanWait: number;
    readonly workflowTasks: number;
    readonly queues: number;
    readonly activities: Readonly<Record<string, number>>;
  };
  /** Of the whole row, as its client saw it, in ms. */
  readonly wallMs: number;
};

export type Plan = { readonly count: number; readonly lanes: readonly number[]; readonly latencyMs: number };

/** What is written to bench/results/orchestration.json. */
export type OrchestrationReport = {
  readonly plan: Plan;
  readonly aimMs: number;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly at: string;
  readonly rows: readonly Row[];
};

const meanParts = (
  lived: readonly (Lived & { leanMs?: number; leanWaitMs?: number })[],
  units: number,
): Row['parts'] => {
  const sum = (of: (l: (typeof lived)[number]) => number): number =>
    lived.reduce((total, l) => total + of(l), 0) / units;
  const types = [...new Set(lived.flatMap((l) => Object.keys(l.activityMs)))].sort();
  return {
    lean: sum((l) => l.leanMs ?? 0),
    leanWait: sum((l) => l.leanWaitMs ?? 0),
    workflowTasks: sum((l) => l.workflowTaskMs),
    queues: sum((l) => Object.values(l.queueMs).reduce((total, ms) => total + ms, 0)),
    activities: Object.fromEntries(types.map((type) => [type, sum((l) => l.activityMs[type] ?? 0)])),
  };
};

/**
 * All rows in one run: for each number of lanes the bare workflow, our loop with an empty cache (a wrong proof
 * and a right one for each theorem), and our loop once more with the cache that this left.
 */
export const measure = async (
  world: World,
  plan: Plan,
  say: (line: string) => void,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  const { latencyMs, count } = plan;
  // The first theorem starts Lean and loads the workflow code; that is no cost of an attempt.
  const [warmUp] = benchTheorems(1);
  world.gemini.reset([], benchScript([], 0).otherwise);
  await runOurs(world, {
    theorems: [{ ...warmUp!, context: 'section\n' }],
    lanes: 1,
    latencyMs: 0,
    label: 'warm-up',
  });
  for (const lanes of plan.lanes) {
    say(`${lanes} lane(s): ${count} bare workflows`);
    const start = performance.now();
    const bare = await runBare(world.session, { count, lanes, latencyMs, label: `bare-${lanes}` });
    rows.push({
      what: 'bare workflow, one activity',
      lanes,
      cache: null,
      per: 'workflow',
      overhead: summarize(bare.map((b) => b.overheadMs)),
      loop: summarize(bare.map((b) => b.overheadMs)),
      parts: meanParts(bare, bare.length),
      wallMs: performance.now() - start,
    });
    // Keys differ between numbers of lanes, so that each starts with an empty cache.
    const theorems = benchTheorems(count).map((t) => ({ ...t, context: `/- ${lanes} lanes -/\n` }));
    const { script, otherwise } = benchScript(theorems, latencyMs);
    world.gemini.reset(script, otherwise);
    for (const cache of ['empty', 'warm'] as const) {
      say(`${lanes} lane(s): ${count} theorems, ${cache} cache`);
      const run = await runOurs(world, { theorems, lanes, latencyMs, label: `${lanes}-${cache}` });
      const per = cache === 'empty' ? 'attempt' : 'theorem';
      const units = (t: { attempts: number }): number => (per === 'attempt' ? t.attempts : 1);
      rows.push({
        what: 'proofloop',
        lanes,
        cache,
        per,
        overhead: summarize(run.theorems.map((t) => t.overheadMs / units(t))),
        loop: summarize(run.theorems.map((t) => (t.overheadMs - t.leanWaitMs) / units(t))),
        parts: meanParts(
          run.theorems,
          run.theorems.reduce((sum, t) => sum + units(t), 0),
        ),
        wallMs: run.wallMs,
      });
    }
  }
  return rows;
};
