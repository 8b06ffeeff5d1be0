import { createEmbeddedBackend } from '../../lean/embedded/backend.ts';
import type { EmbeddedInstance } from '../../lean/embedded/instance.ts';
import { cpuSeconds, quantile, residentMiB } from './process.ts';
import { type Case, inTurn, mixedSet } from './set.ts';

/**
 * One process: prints a line of JSON. Arguments: cache folder, header. Each theorem is elaborated, compared, replayed
 * through the kernel and its axioms walked, as in every screening verdict.
 */
const [cacheDir, header] = [process.argv[2]!, process.argv[3]!];
const set = inTurn(mixedSet(header));
const lean = createEmbeddedBackend({ cacheDir });

/** Times in ms; a verdict that is not the expected one ends the bench. */
async function pass(instance: EmbeddedInstance, cases: readonly Case[]): Promise<number[]> {
  const times: number[] = [];
  for (const { request, expected } of cases) {
    const started = performance.now();
    const verdict = await instance.check(request);
    times.push(performance.now() - started);
    if (verdict.status !== expected)
      throw new Error(
        `${request.challenge.statement} := ${request.submission.text}: ${JSON.stringify(verdict)}`,
      );
  }
  return times;
}

const first = await lean.start({ header });
// From nothing: V8 compiles each function when it is first called, and again when it is hot.
const cold = await pass(first, set);
await pass(first, set);
const before = { cpu: await cpuSeconds(first.pid), miB: await residentMiB(first.pid) };
const warm = await pass(first, set);
const after = { cpu: await cpuSeconds(first.pid), miB: await residentMiB(first.pid) };

// The same work by one and, at the same time, by two: the second lives in the same process.
const second = await lean.start({ header });
await pass(second, set);
const alone = performance.now();
await pass(first, set);
const aloneMs = performance.now() - alone;
const both = performance.now();
await Promise.all([pass(first, set), pass(second, set)]);
const bothMs = performance.now() - both;

const ranks = (times: readonly number[]) => [0.5, 0.95, 0.99].map((q) => quantile(times, q));
console.log(
  JSON.stringify({
    cold: ranks(cold),
    warm: ranks(warm),
    cpuSecondsPerProof: (after.cpu - before.cpu) / set.length,
    miBPerProof: (after.miB - before.miB) / set.length,
    twoAgainstOne: (2 * aloneMs) / bothMs,
    sameHost: first.pid === second.pid,
  }),
);
await lean.close();
