import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptPlan, Theorem } from '../../src/model/index.ts';
import { startSuiteRun } from '../../src/temporal/runs.ts';
import { childIdFor } from '../../workflows/names.ts';
import { type Histories, historiesOf } from './histories.ts';
import { residentMiB, type Trend, trendOf } from './memory.ts';
import { openStressWorld, type Process, type StressWorld } from './world.ts';

export type StressPlan = {
  readonly theorems: readonly Theorem[];
  readonly plan: AttemptPlan;
  readonly lanes: number;
  readonly maxCostUsd: number | null;
  /** Real Lean in the workers; else the fast judge. */
  readonly real: boolean;
  /** Limit of the local prover's search in the workers, in thousands; null: as shipped. */
  readonly searchHeartbeats?: number | null;
  /** Workers that are killed, beside the one that is left alone so that its memory can be followed. */
  readonly victims: number;
  /** Milliseconds between two kills, at least and at most. */
  readonly killMs: readonly [number, number];
  /** Between two looks at memory, milliseconds. */
  readonly lookMs: number;
};

export type StressReport = {
  readonly theorems: number;
  readonly results: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** How often each error, with outcome `error`. */
  readonly errors: Readonly<Record<string, number>>;
  readonly attempts: number;
  /** Workflows of theorems that the server knows: more than theorems would mean that one was begun twice. */
  readonly begun: number;
  readonly kills: number;
  readonly wallMs: number;
  readonly spentUsd: number | null;
  readonly run: Histories;
  /** Of theorems, a sample: the longest. */
  readonly mostTheoremEvents: number;
  readonly worker: Trend | null;
  readonly cli: Trend | null;
  readonly cliExit: number | null;
};

const RUN = 'stress';

/** Runs many theorems while workers are killed, with the command line watching, and counts what became of them. */
export const stress = async (wanted: StressPlan, say: (line: string) => void): Promise<StressReport> => {
  const world = await openStressWorld(wanted.searchHeartbeats ?? null);
  // Ctrl-C ends the workers and the server too: they are processes of their own.
  let stopping: Promise<never> | null = null;
  const interrupted = () => {
    stopping ??= world.close().then(() => process.exit(130));
  };
  process.once('SIGINT', interrupted);
  try {
    return await play(world, wanted, say);
  } catch (error) {
    if (stopping !== null) return await stopping;
    throw error;
  } finally {
    process.off('SIGINT', interrupted);
    await world.close();
  }
};

const play = async (
  world: StressWorld,
  wanted: StressPlan,
  say: (line: string) => void,
): Promise<StressReport> => {
  const { theorems, plan, lanes, maxCostUsd, real, victims, killMs, lookMs } = wanted;
  const { client } = world;
  const steady = await world.worker(real);
  const mortal: Process[] = await Promise.all(Array.from({ length: victims }, () => world.worker(real)));
  const from = Date.now();
  await startSuiteRun(
    { ...world, namespace: 'default', searchAttributes: false },
    {
      ...{ runId: RUN, suite: 'stress', suiteSha256: '', theorems, plan, provenance: {} },
      limits: { lanes, costUsd: maxCostUsd },
    },
  );
  const cli = await world.command('cli', 'attach', RUN);
  const memory = { worker: [] as number[], cli: [] as number[] };
  let over = false;
  const ended = client.workflow
    .getHandle(RUN)
    .result()
    .finally(() => {
      over = true;
    });
  ended.catch(() => {});
  let kills = 0;
  const killing = (async () => {
    while (!over && victims > 0) {
      await sleep(killMs[0] + Math.random() * (killMs[1] - killMs[0]));
      if (over) break;
      const which = Math.floor(Math.random() * mortal.length);
      mortal[which]?.kill('SIGKILL');
      kills += 1;
      mortal[which] = await world.worker(real);
    }
  })();
  let told = 0;
  while (!over) {
    await sleep(lookMs);
    const [worker, watcher] = [await residentMiB(steady.pid), await residentMiB(cli.pid)];
    if (worker !== null) memory.worker.push(worker);
    if (watcher !== null) memory.cli.push(watcher);
    if (Date.now() - told > 30_000) {
      told = Date.now();
      const { results } = await countResults(world);
      say(
        `${Math.round((Date.now() - from) / 1000)} s: ${results} of ${theorems.length}, ${kills} kills, worker ${worker?.toFixed(0)} MiB, command line ${watcher?.toFixed(0)} MiB`,
      );
    }
  }
  const { spentUsd } = (await ended) as { spentUsd: number | null };
  const wallMs = Date.now() - from;
  await killing;
  const cliExit = await cli.ended;
  const counted = await countResults(world);
  const begun = await begunCount(world, theorems.length);
  const longest = await Promise.all(
    theorems
      .slice(0, 40)
      .map(async ({ id }) =>
        Number((await client.workflow.getHandle(childIdFor(RUN, id)).describe()).historyLength),
      ),
  );
  return {
    ...{ theorems: theorems.length, ...counted, begun, kills, wallMs, spentUsd, cliExit },
    run: await historiesOf(client, RUN),
    mostTheoremEvents: Math.max(...longest),
    worker: trendOf(memory.worker),
    cli: trendOf(memory.cli),
  };
};

const countResults = async ({ store }: StressWorld) => {
  const ids = new Set<string>();
  const outcomes: Record<string, number> = {};
  const errors: Record<string, number> = {};
  let attempts = 0;
  for (let cursor = 0; ; ) {
    const page = await store.resultsAfter(RUN, cursor, 500);
    for (const result of page.results) {
      ids.add(result.theoremId);
      outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
      attempts += result.attempts;
      if (result.error === null) continue;
      const error = `${result.error.code}: ${result.error.message}`;
      errors[error] = (errors[error] ?? 0) + 1;
    }
    if (page.results.length === 0) break;
    cursor = page.cursor;
  }
  return { results: ids.size, outcomes, errors, attempts };
};

/** The server's index follows the histories with a delay. */
const begunCount = async ({ client }: StressWorld, want: number): Promise<number> => {
  const look = async () =>
    (await client.workflow.count("WorkflowType = 'proveTheorem' AND ExecutionStatus = 'Completed'")).count;
  let count = await look();
  for (let tries = 0; count < want && tries < 40; tries++) {
    await sleep(250);
    count = await look();
  }
  return count;
};
