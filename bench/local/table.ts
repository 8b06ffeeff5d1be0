import type { Closed } from './close.ts';

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
const seconds = (ms: number): number => Number((ms / 1000).toFixed(2));

export function summary(done: readonly Closed[], wall: number) {
  const times = done.map((d) => d.ms).toSorted((a, b) => a - b);
  const sum = times.reduce((total, ms) => total + ms, 0);
  return {
    theorems: done.length,
    closed: done.filter((d) => d.proof !== null).length,
    mean: seconds(sum / Math.max(1, times.length)),
    median: seconds(at(times, 0.5)),
    p95: seconds(at(times, 0.95)),
    wall: Number(wall.toFixed(1)),
  };
}

/** By category, the largest first. */
export function categories(done: readonly Closed[]): [string, readonly Closed[]][] {
  const by = Map.groupBy(done, (d) => d.theorem.category ?? 'none');
  return [...by].toSorted((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]));
}

/** In how many proofs each kind of step stands. */
export function stepsThatClose(done: readonly Closed[]): string {
  const by = Map.groupBy(
    done.flatMap((d) => d.kinds),
    (kind) => kind,
  );
  return [...by]
    .toSorted((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]))
    .map(([kind, all]) => `${kind} ${all.length}`)
    .join(', ');
}
