import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { held } from '../../../src/scheduler/control/hold.ts';
import { controlLanes, type LaneSample, lanePolicy } from '../../../src/scheduler/control/lanes.ts';

const policy = lanePolicy(64);
const sample = (n: number, more: Partial<LaneSample> = {}): LaneSample => ({
  at: n * 5_000,
  inFlight: 6,
  left: 100,
  slots: 4,
  waiting: 0,
  utilisation: 0.75,
  model: null,
  leanFirst: true,
  ...more,
});

/** The decisions over so many looks, each five seconds after the last. */
const run = (begin: number, count: number, look: (n: number, lanes: number) => Partial<LaneSample>) => {
  let state = held(begin);
  const decisions = [];
  for (let n = 0; n < count; n += 1) {
    const { state: next, decision } = controlLanes(policy, state, sample(n, look(n, state.value)));
    state = next;
    if (decision !== null) decisions.push(decision);
  }
  return { decisions, lanes: state.value };
};

test('a run begins with lanes for the Lean slots of all workers and for what its models bear', () => {
  expect(run(2, 1, () => ({})).decisions).toEqual([{ from: 2, to: 6, reason: '4 Lean slots' }]);
  const model = { limit: 8, refused: 0 };
  expect(run(2, 1, () => ({ model })).decisions).toEqual([
    { from: 2, to: 14, reason: '4 Lean slots and 8 model requests at once' },
  ]);
  // No worker has said anything yet.
  expect(run(2, 3, () => ({ slots: null })).decisions).toEqual([]);
});

test('slots that idle while all lanes are taken get more lanes, a queue longer than the slots takes some away', () => {
  const idle = run(6, 12, (_, lanes) => ({ inFlight: lanes, utilisation: 0.4 }));
  expect(idle.lanes).toBeGreaterThan(6);
  expect(idle.decisions.every((d) => d.to > d.from)).toBe(true);
  const queue = run(30, 12, (n) => (n === 0 ? { model: { limit: 24, refused: 0 } } : { waiting: 20 }));
  expect(queue.lanes).toBe(6);
  const nothingLeft = run(6, 12, (_, lanes) => ({ inFlight: lanes, utilisation: 0.4, left: 0 }));
  expect(nothingLeft.decisions).toEqual([]);
});

test('refusals of a model take its lanes and leave those of Lean', () => {
  const storm = (leanFirst: boolean) =>
    run(2, 20, (n, lanes) => ({
      inFlight: lanes,
      leanFirst,
      utilisation: 0.3,
      model: n < 2 ? { limit: 16, refused: 0 } : { limit: 1, refused: 9 },
    }));
  const modelOnly = storm(false);
  expect(modelOnly.lanes).toBe(7);
  expect(modelOnly.decisions.at(-1)?.reason).toBe(
    '9 requests were refused for the rate: 4 Lean slots and 1 model requests at once',
  );
  // Theorems that wait for the model hold their lanes; Lean goes on with others.
  expect(storm(true).lanes).toBeGreaterThan(22);
});

test('whatever is measured: within the bounds, and more waiting work never leads to more lanes', () => {
  const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null });
  const look = fc.record({
    inFlight: fc.nat(80),
    left: fc.nat(5),
    slots: fc.option(fc.integer({ min: 1, max: 40 }), { nil: null }),
    waiting: fc.option(fc.nat(100), { nil: null }),
    utilisation: share,
    model: fc.option(fc.record({ limit: fc.integer({ min: 1, max: 32 }), refused: fc.nat(3) }), {
      nil: null,
    }),
    leanFirst: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), fc.array(look), (begin, looks) => {
      let state = held(begin);
      for (const [n, values] of looks.entries()) {
        const before = state;
        const { state: next, decision } = controlLanes(policy, state, { at: n * 5_000, ...values });
        state = next;
        expect(state.value).toBeGreaterThanOrEqual(1);
        expect(state.value).toBeLessThanOrEqual(64);
        if (decision !== null) expect(decision.reason).not.toBe('');
        const more = controlLanes(policy, before, {
          at: n * 5_000,
          ...values,
          waiting: (values.waiting ?? 0) + 50,
        });
        if (values.waiting !== null) expect(more.state.value).toBeLessThanOrEqual(state.value);
      }
    }),
  );
});

test('constant figures with noise change the lanes a few times at most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 32 }),
      fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
      (slots, noise) => {
        const random = noise[Symbol.iterator]();
        const { decisions } = run(2, 720, (_, lanes) => ({
          slots,
          inFlight: lanes,
          waiting: Math.max(0, Math.round(slots / 2 + slots * (random.next().value ?? 0))),
          utilisation: Math.min(1, Math.max(0, 0.75 + 0.25 * (random.next().value ?? 0))),
        }));
        const turns = decisions.filter(
          (d, i) => i > 0 && d.to > d.from !== decisions[i - 1]!.to > decisions[i - 1]!.from,
        );
        expect(turns.length).toBeLessThanOrEqual(24);
      },
    ),
    { numRuns: 40 },
  );
});
