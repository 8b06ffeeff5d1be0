import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OUTCOMES, type Prediction } from '../../../src/model/index.ts';
import { calibrationOf } from '../../../src/report/statistics/calibration.ts';
import { concurrencyOf, lanesOf } from '../../../src/report/statistics/concurrency.ts';
import { componentsOf } from '../../../src/report/statistics/time.ts';
import { ledger } from '../../cli/samples.ts';
import { ACCEPTED, attempt, report, result, run } from '../sample.ts';

const spans = fc.array(
  fc
    .tuple(fc.nat({ max: 500 }), fc.integer({ min: 1, max: 200 }))
    .map(([startedAt, ms]) => ({ startedAt, endedAt: startedAt + ms })),
  { minLength: 1, maxLength: 60 },
);

it('lanes never hold two theorems at once and are no more than were in flight at the peak', () => {
  fc.assert(
    fc.property(spans, (all) => {
      const lanes = lanesOf(all);
      for (const lane of new Set(lanes)) {
        const own = all.filter((_, i) => lanes[i] === lane).sort((a, b) => a.startedAt - b.startedAt);
        for (const [i, span] of own.entries())
          expect(own[i + 1]?.startedAt ?? Infinity).toBeGreaterThanOrEqual(span.endedAt);
      }
      const { peak, sustained } = concurrencyOf(all)!;
      expect(new Set(lanes).size).toBe(peak);
      expect(sustained).toBeGreaterThanOrEqual(1);
      expect(sustained).toBeLessThanOrEqual(peak);
    }),
  );
});

it('capacity is what was sustained, not a short peak', () => {
  const long = (n: number) => Array.from({ length: n }, () => ({ startedAt: 0, endedAt: 1000 }));
  expect(concurrencyOf([...long(2), { startedAt: 400, endedAt: 500 }])).toEqual({ peak: 3, sustained: 2 });
  expect(concurrencyOf(long(4))).toEqual({ peak: 4, sustained: 4 });
  expect(concurrencyOf([])).toBeNull();
});

it('the components of a time add up to it, unless samples overlapped', () => {
  const ms = fc.nat({ max: 10_000 });
  fc.assert(
    fc.property(ms, ms, ms, ms, (leanMs, modelMs, cacheMs, totalMs) => {
      const c = componentsOf({ ledger: { ...ledger, leanMs, modelMs, cacheMs, totalMs } });
      if (c.overlaps) expect(c.rest).toBe(0);
      else expect(c.lean + c.model + c.cache + c.rest).toBe(totalMs);
    }),
  );
});

it('outcomes are counted apart, in the whole and in each group, and every theorem once', () => {
  const outcome = fc.constantFrom(...OUTCOMES);
  const theorem = fc.tuple(
    outcome,
    fc.constantFrom('easy', 'hard', null),
    fc.constantFrom('Nat', 'List', null),
  );
  fc.assert(
    fc.property(fc.array(theorem, { maxLength: 40 }), (all) => {
      const made = report(
        all.map(([o, difficulty, category], i) => ({
          result: result({ theoremId: `t${i}`, outcome: o, difficulty, category }),
        })),
      );
      for (const o of OUTCOMES) {
        expect(made.outcomes[o]).toBe(all.filter(([one]) => one === o).length);
        for (const groups of [made.difficulties, made.categories])
          expect(groups.reduce((n, group) => n + group.outcomes[o], 0)).toBe(made.outcomes[o]);
      }
    }),
    { numRuns: 40 },
  );
});

const solvedBy = (round: number, sample: number, n: number) =>
  attempt({ n, round, sample, verdict: ACCEPTED });
const cancelled = attempt({ n: 9, sample: 3, verdict: null, error: { code: 'CANCELLED', message: '' } });

it('pass@k is made of the first round; what the first proof ended leaves bounds, and what never came to a model counts apart', () => {
  const made = report([
    {
      result: result({ theoremId: 'a', prover: 'lab' }),
      attempts: [attempt(), { ...solvedBy(1, 1, 2) }, cancelled],
    },
    {
      result: result({ theoremId: 'b', outcome: 'unsolved', stoppedBy: 'rounds', prover: null }),
      attempts: [0, 1, 2, 3].map((sample) => attempt({ n: sample + 1, sample })),
    },
    { result: result({ theoremId: 'c', prover: 'local' }) },
  ]);
  const [{ prover, planned, passAtK }] = made.models as [(typeof made.models)[number]];
  expect([prover, planned, passAtK.map((e) => e.k)]).toEqual(['lab', 4, [1, 2, 4]]);
  expect(passAtK[0]).toMatchObject({ theorems: 2, without: 1, value: null, low: 1 / 8, high: 3 / 8 });
  expect(passAtK[2]).toMatchObject({ value: 0.5, interval: { method: 'wilson' } });
});

it('refine@k counts repairs; 0 is without any model call; what was cut short is not known beyond that', () => {
  const calls = (modelCalls: number) => ({ ...ledger, modelCalls });
  const made = report([
    { result: result({ theoremId: 'a', prover: 'local' }) },
    {
      result: result({ theoremId: 'b', prover: 'lab', ledger: calls(3) }),
      attempts: [attempt(), attempt({ n: 2, sample: 1 }), solvedBy(2, 0, 3)],
    },
    {
      result: result({
        theoremId: 'c',
        outcome: 'unsolved',
        stoppedBy: 'rounds',
        prover: null,
        ledger: calls(8),
      }),
    },
    {
      result: result({
        theoremId: 'd',
        outcome: 'unsolved',
        stoppedBy: 'cost',
        prover: null,
        ledger: calls(2),
      }),
    },
  ]);
  expect(made.refineAtK.map(({ k, value, low, high }) => [k, value, low, high])).toEqual([
    [0, 0.25, 0.25, 0.25],
    [1, 0.25, 0.25, 0.25],
    [2, 0.25, 0.25, 0.25],
    [4, null, 0.5, 0.75],
    [8, null, 0.5, 0.75],
  ]);
});

it('KPIs are met, missed, or without data', () => {
  const verdicts = (made: ReturnType<typeof report>) =>
    Object.fromEntries(made.kpis.map((kpi) => [kpi.id, kpi.met]));
  expect(verdicts(report([], {}, run({ provenance: {} })))).toEqual({
    ...{ success: null, time: null, capacity: null, utilisation: null, errors: null },
  });
  const good = report(
    Array.from({ length: 4 }, (_, i) => ({ result: result({ theoremId: `t${i}` }) })),
    { utilisation: { busyMs: 750, availableMs: 1000, share: 0.75, cpu: null, workers: 1 } },
  );
  expect(verdicts(good)).toEqual({
    success: true,
    time: true,
    capacity: true,
    utilisation: true,
    errors: true,
  });
  expect(good.utilisation).toEqual({ value: 0.75, source: 'workers' });
  const slow = { ...ledger, totalMs: 20_000 };
  const poor = report([
    { result: result({ theoremId: 'a', ledger: slow }) },
    { result: result({ theoremId: 'b', outcome: 'error', ledger: slow }) },
  ]);
  expect(verdicts(poor)).toEqual({
    success: false,
    time: false,
    capacity: false,
    utilisation: false,
    errors: false,
  });
  expect(poor.utilisation.source).toBe('ledgers');
});

it('money for a solved theorem includes what the others took, and an unknown price stays unknown', () => {
  const cost = (costUsd: number | null) => ({ ...ledger, costUsd });
  const made = (b: number | null) =>
    report([
      { result: result({ theoremId: 'a', ledger: cost(0.25) }) },
      { result: result({ theoremId: 'b', outcome: 'unsolved', ledger: cost(b) }) },
    ]).cost;
  expect(made(0.75)).toMatchObject({ usd: 1, usdPerSolved: 1 });
  expect(made(null)).toMatchObject({ usd: null, usdPerSolved: null });
});

it('predictions are held against what came; proofs from the store and errors are not', () => {
  const at = (probability: number): Prediction => ({
    ...{ probability, ms: { mean: 1000, low: 500, high: 2000 }, tokens: { mean: 0, low: 0, high: 0 } },
    ...{ usd: null, basis: 'similar' },
  });
  const results = [
    result({ theoremId: 'a' }),
    result({ theoremId: 'b', outcome: 'unsolved', stoppedBy: 'rounds' }),
    result({ theoremId: 'c', cached: true }),
    result({ theoremId: 'd', outcome: 'error' }),
  ];
  const made = calibrationOf(results, new Map(results.map((r) => [r.theoremId, at(0.9)])));
  expect(made).toMatchObject({ theorems: 2, timeMae: 500, timeWithin: 1 });
  expect(made?.brier).toBeCloseTo((0.1 ** 2 + 0.9 ** 2) / 2, 9);
  expect(made?.bins).toMatchObject([{ theorems: 2, solved: 0.5 }]);
  expect(calibrationOf(results, new Map())).toBeNull();
});
