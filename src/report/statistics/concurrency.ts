type Span = { readonly startedAt: number; readonly endedAt: number };

export type Concurrency = {
  readonly peak: number;
  /** As many as this, or more, were in flight for at least half of the time in which any was. */
  readonly sustained: number;
};

/** How many theorems were in flight, as steps: from `at` on there were `n`. */
export const inFlight = (spans: readonly Span[]): readonly { readonly at: number; readonly n: number }[] => {
  const changes = new Map<number, number>();
  const change = (at: number, by: number) => changes.set(at, (changes.get(at) ?? 0) + by);
  for (const { startedAt, endedAt } of spans) {
    change(startedAt, 1);
    change(Math.max(startedAt, endedAt), -1);
  }
  let n = 0;
  return [...changes]
    .sort(([a], [b]) => a - b)
    .map(([at, by]) => {
      n += by;
      return { at, n };
    });
};

/** Null where no theorem took any time. */
export const concurrencyOf = (spans: readonly Span[]): Concurrency | null => {
  const steps = inFlight(spans);
  const lasted = new Map<number, number>();
  for (const [i, { at, n }] of steps.entries()) {
    const ms = (steps[i + 1]?.at ?? at) - at;
    if (n > 0 && ms > 0) lasted.set(n, (lasted.get(n) ?? 0) + ms);
  }
  const levels = [...lasted].sort(([a], [b]) => b - a);
  const busy = levels.reduce((ms, [, took]) => ms + took, 0);
  let above = 0;
  for (const [n, took] of levels) {
    above += took;
    if (above >= busy / 2) return { peak: levels[0]![0], sustained: n };
  }
  return null;
};

/** Puts each span into the first lane that is free, in the order of their starts; the lane of each, from 0. */
export const lanesOf = (spans: readonly Span[]): readonly number[] => {
  const freeAt: number[] = [];
  const lanes = new Array<number>(spans.length);
  const order = spans.map((_, i) => i).sort((a, b) => spans[a]!.startedAt - spans[b]!.startedAt);
  for (const i of order) {
    const { startedAt, endedAt } = spans[i]!;
    const free = freeAt.findIndex((at) => at <= startedAt);
    const lane = free < 0 ? freeAt.length : free;
    freeAt[lane] = endedAt;
    lanes[i] = lane;
  }
  return lanes;
};
