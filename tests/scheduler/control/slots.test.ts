import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Plant, simulate } from '../../../bench/control/plant.ts';
import { randomOf } from '../../../bench/control/random.ts';
import { held } from '../../../src/scheduler/control/hold.ts';
import { type SlotSample, slotPolicy, WINDOW_MS } from '../../../src/scheduler/control/policy.ts';
import { controlSlots } from '../../../src/scheduler/control/slots.ts';

const GiB = 1024 ** 3;
const policy = (most: number, more: Partial<Parameters<typeof slotPolicy>[0]> = {}) =>
  slotPolicy({ most, ...more });

const plant = (more: Partial<Plant> = {}): Plant => ({
  cores: 8,
  demand: () => 4,
  foreign: () => 0,
  memory: () => 64 * GiB,
  each: GiB / 2,
  random: randomOf(1),
  noise: 0,
  ...more,
});

const at = (n: number, more: Partial<SlotSample> = {}): SlotSample => ({
  at: n * 2_000,
  load: 0.5,
  freeBytes: 16 * GiB,
  busyMs: 0.75 * WINDOW_MS,
  availableMs: WINDOW_MS,
  ...more,
});

/** The same sample again and again, until something is decided. */
const decide = (slots: number, sample: Partial<SlotSample>, most = 16) => {
  let state = held(slots);
  for (let n = 0; n < 20; n += 1) {
    const step = controlSlots(policy(most), state, at(n, sample));
    state = step.state;
    if (step.decision !== null) return step.decision;
  }
  return null;
};

test('load above 80 % halves, below 20 % doubles what is in use, and the reason says so with its numbers', () => {
  expect(decide(8, { load: 0.93 })).toEqual({ from: 8, to: 4, reason: 'load 93 % is above 80 %: halved' });
  expect(decide(4, { load: 0.12, busyMs: 0.95 * WINDOW_MS })).toEqual({
    from: 4,
    to: 8,
    reason: 'load 12 % is below 20 % with 95 % of the slots in use: doubled',
  });
  expect(decide(4, { load: 0.12 })).toBeNull();
  expect(decide(12, { load: 0.12, busyMs: WINDOW_MS })).toMatchObject({ to: 16 });
  expect(decide(1, { load: 1 })).toBeNull();
});

test('between them slots follow the utilisation, as far as the load allows', () => {
  expect(decide(4, { busyMs: WINDOW_MS, load: 0.3 })).toEqual({
    from: 4,
    to: 6,
    reason: 'utilisation 100 % of 4 slots is above 80 %, load 30 %: 2 more',
  });
  // One more of four would bring 70 % to 87 %.
  expect(decide(4, { busyMs: WINDOW_MS, load: 0.7 })).toBeNull();
  expect(decide(8, { busyMs: 0.25 * WINDOW_MS, load: 0.3 })).toMatchObject({ from: 8, to: 3 });
  expect(decide(4, { busyMs: 0.75 * WINDOW_MS })).toBeNull();
  expect(decide(4, { busyMs: 0, load: 0.05 })).toBeNull();
});

test('a wish has to last: a single sample changes nothing', () => {
  const once = controlSlots(policy(16), held(8), at(0, { load: 1 }));
  expect(once.decision).toBeNull();
  const calm = controlSlots(policy(16), once.state, at(1));
  const again = controlSlots(policy(16), calm.state, at(2, { load: 1 }));
  expect(again.decision).toBeNull();
});

test('with too little memory it halves; without room for one more Lean it takes no more', () => {
  expect(decide(4, { freeBytes: 0.5 * GiB })).toMatchObject({
    to: 2,
    reason: expect.stringContaining('512 MiB of memory are free, less than the 1024 MiB'),
  });
  const full = { busyMs: WINDOW_MS, load: 0.1 };
  expect(decide(4, { ...full, freeBytes: 1.4 * GiB })).toBeNull();
  expect(decide(4, { ...full, freeBytes: 1.6 * GiB })).toMatchObject({ to: 5 });
  expect(decide(4, { ...full, load: 0.3, freeBytes: 1.6 * GiB })).toMatchObject({ to: 5 });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const samples = fc.array(
  fc.record({
    load: fc.option(share, { nil: null }),
    freeBytes: fc.option(fc.integer({ min: 0, max: 4 * GiB }), { nil: null }),
    use: share,
    pause: fc.integer({ min: 1, max: 60_000 }),
  }),
  { maxLength: 200 },
);

test('whatever is measured: within the bounds, growth only with room in memory, and a reason for every change', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), fc.nat(64), samples, (most, begin, looks) => {
      const p = policy(most);
      let state = held(Math.min(most, Math.max(1, begin)));
      let now = 0;
      for (const { load, freeBytes, use, pause } of looks) {
        now += pause;
        const before = state.value;
        const sample = { at: now, load, freeBytes, busyMs: use * WINDOW_MS, availableMs: WINDOW_MS };
        const step = controlSlots(p, state, sample);
        state = step.state;
        expect(state.value).toBeGreaterThanOrEqual(1);
        expect(state.value).toBeLessThanOrEqual(most);
        expect(step.decision === null).toBe(state.value === before);
        if (step.decision !== null) expect(step.decision.reason).not.toBe('');
        if (state.value > before) {
          expect(load ?? 0).toBeLessThanOrEqual(0.8);
          if (freeBytes !== null)
            expect((state.value - before) * p.memory.each + p.memory.reserve).toBeLessThanOrEqual(freeBytes);
        }
      }
    }),
  );
});

test('a constant demand with noise leads to few changes, and then to almost none', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 31 }),
      fc.integer({ min: 2, max: 64 }),
      fc.double({ min: 0, max: 2, noNaN: true }),
      fc.double({ min: 0, max: 0.4, noNaN: true }),
      fc.double({ min: 0, max: 0.3, noNaN: true }),
      (seed, cores, per, foreign, noise) => {
        const one = plant({
          cores,
          noise,
          random: randomOf(seed),
          demand: () => per * cores,
          foreign: () => foreign,
        });
        const { decisions } = simulate(one, policy(cores), { seconds: 3_600, start: 1 });
        const turns = decisions.filter(
          (d, i) => i > 0 && d.to > d.from !== decisions[i - 1]!.to > decisions[i - 1]!.from,
        );
        // The rest between two growths that did not last doubles up to ten minutes.
        expect(turns.length).toBeLessThanOrEqual(20);
        expect(decisions.filter((d) => d.second >= 1_800).length).toBeLessThanOrEqual(8);
      },
    ),
    { numRuns: 40 },
  );
});

test('a step up of the demand is answered upwards, a step down downwards only', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 64 }), share, share, (cores, a, b) => {
      const [low, high] = [Math.min(a, b) * cores * 0.7, Math.max(a, b) * cores * 0.7];
      const after = (first: number, then: number) => {
        const one = plant({ cores, demand: (s) => (s < 900 ? first : then) });
        const { decisions, slots } = simulate(one, policy(cores), { seconds: 1_800, start: 1 });
        return { settled: slots[899]!, end: slots.at(-1)!, later: decisions.filter((d) => d.second >= 900) };
      };
      const up = after(low, high);
      // A doubling may be more than is wanted, and only that.
      for (const [i, d] of up.later.entries())
        if (d.to < d.from) expect(up.later[i - 1]?.reason).toContain('below 20 %');
      expect(up.end).toBeGreaterThanOrEqual(up.settled);
      const down = after(high, low);
      for (const d of down.later) expect(d.to).toBeLessThan(d.from);
      expect(down.end).toBeLessThanOrEqual(down.settled);
    }),
    { numRuns: 40 },
  );
});

test('others that take the machine are made room for, and when they go the slots come back', () => {
  const one = plant({ demand: () => 20, foreign: (s) => (s >= 300 && s < 600 ? 0.6 : 0) });
  const { slots } = simulate(one, policy(8), { seconds: 1_200, start: 6 });
  expect(slots[299]).toBe(6);
  expect(slots[599]).toBeLessThanOrEqual(2);
  expect(slots.at(-1)).toBe(6);
});
