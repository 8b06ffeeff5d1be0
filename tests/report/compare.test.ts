import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OUTCOMES, type Outcome, type RunRecord, type Theorem } from '../../src/model/index.ts';
import { comparisonOf, lostIn } from '../../src/report/compare/build.ts';
import { COMPARISON_FORMATS, renderComparison } from '../../src/report/compare/formats/index.ts';
import { type Comparison, comparisonSchema } from '../../src/report/compare/schema.ts';
import type { RunData } from '../../src/report/report/data.ts';
import { mcNemar, meanRatio } from '../../src/report/statistics/paired.ts';
import { signFlip } from '../../src/report/statistics/sign-flip.ts';
import { ledger } from '../cli/samples.ts';
import { ACCEPTED, attempt, dataOf, NASTY, ONE_OF_EACH, REJECTED, result, run } from './sample.ts';

const MADE = { at: 1, by: 'proofloop' };
const compare = (a: readonly RunData[], b: readonly RunData[]): Comparison => comparisonOf(a, b, MADE);

const runOf = (outcomes: readonly Outcome[], runId = 'a'): RunData =>
  dataOf(
    outcomes.map((outcome, i) => ({ result: result({ theoremId: `t${i}`, outcome }) })),
    {},
    run({ runId }),
  );

it("McNemar's exact p is that of the binomial, and there is none where nothing changed", () => {
  expect(mcNemar(0, 0)).toBeNull();
  expect(mcNemar(1, 0)).toBe(1);
  expect(mcNemar(6, 0)).toBeCloseTo(2 / 64, 10);
  expect(mcNemar(8, 2)).toBeCloseTo(0.109375, 10);
  fc.assert(
    fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), (b, c) => {
      const p = mcNemar(b, c);
      expect(mcNemar(c, b)).toBe(p);
      if (p !== null) expect(p > 0 && p <= 1).toBe(true);
    }),
  );
});

it('the randomization test counts all ways to flip the signs, and is the same the other way round', () => {
  expect(signFlip([])).toBeNull();
  expect(signFlip([0, 0])).toBeNull();
  expect(signFlip([0.5])).toBe(1);
  // Of 2^5 ways two are as far out as all of one sign.
  expect(signFlip([0.25, 0.5, 0.25, 1, 0.75])).toBe(2 / 32);
  // |s| >= 1 of ±1 ±1 ±1: all.
  expect(signFlip([1, 1, -1])).toBe(1);
  // Drawn, not counted: 2 / 2^30 has to come out as nearly nothing, and noise as chance.
  expect(signFlip(Array.from({ length: 30 }, () => 0.25))).toBeLessThan(0.001);
  expect(signFlip(Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 0.25 : -0.25)))).toBeGreaterThan(0.9);
  const some = fc.array(fc.constantFrom(-1, -0.5, -0.25, 0, 0.25, 0.5, 1), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(some, (ds) => {
      const value = signFlip(ds);
      expect(signFlip(ds.map((d) => -d))).toBe(value);
      if (value !== null) expect(value > 0 && value <= 1).toBe(true);
    }),
  );
});

/** Theorems with so many right of four samples each, or with fewer judged. */
const sampled = (right: readonly number[], over: Partial<RunRecord['plan']> = {}, judged = 4): RunData => {
  const { plan } = run();
  const of = run({ plan: { ...plan, ...over } });
  const tried = right.map((good, i) => ({
    result: result({ theoremId: `t${i}`, outcome: good > 0 ? ('solved' as const) : ('unsolved' as const) }),
    attempts: Array.from({ length: judged }, (_, s) =>
      attempt({ n: s + 1, sample: s, verdict: s < good ? ACCEPTED : REJECTED }),
    ),
  }));
  return dataOf(tried, {}, of);
};

it('samples of two runs are tested theorem by theorem where all of them were judged', () => {
  const whole = { exhaust: true } as const;
  const few = sampled([1, 0, 2, 1, 0, 1, 0], whole);
  const more = sampled([2, 2, 4, 3, 1, 2, 1], whole);
  const there = compare([few], [more]);
  expect(there.noSampleTest).toBeNull();
  expect(there.sampleTests).toMatchObject([
    {
      modelA: 'lab',
      modelB: 'lab',
      theorems: 7,
      left: 0,
      rateA: 5 / 28,
      rateB: 15 / 28,
      p: 2 / 128,
      significant: true,
    },
  ]);
  expect(there.sampleTests[0]?.difference).toBeCloseTo(10 / 28, 12);
  // As outcomes alone the same runs say nothing: three were newly solved.
  expect(there.outcomeTest.significant).toBe(false);
  expect(compare([few], [few]).sampleTests).toMatchObject([{ difference: 0, p: null, significant: null }]);
  expect(compare([few], [sampled([1, 1], whole)]).sampleTests).toMatchObject([{ theorems: 2, left: 0 }]);
});

it('no test is made on samples that a proof has ended, or that were not judged, and that is said', async () => {
  const cut = compare([sampled([1, 0])], [sampled([4, 0])]);
  expect(cut.sampleTests).toEqual([]);
  expect(await renderComparison(cut, 'md')).toContain('Samples: no test, because the first proof');
  const whole = { exhaust: true } as const;
  const short = compare([sampled([1, 0, 1], whole, 3)], [sampled([1, 0, 1], whole)]);
  expect(short.sampleTests).toMatchObject([{ theorems: 0, left: 3, difference: null, p: null }]);
  expect(await renderComparison(short, 'md')).toContain('too few theorems to test');
  const one = { budget: { ...run().plan.budget, samples: 1 } };
  expect(compare([sampled([1], one, 1)], [sampled([1], one, 1)])).toMatchObject({
    sampleTests: [],
    noSampleTest: null,
  });
});

it('a ratio of times is that of the pairs, with an interval around it', () => {
  expect(meanRatio([[100, 200]])).toBeNull();
  const doubled = meanRatio([100, 300, 900].map((ms) => [ms, 2 * ms] as const))!;
  expect(doubled.ratio).toBeCloseTo(2, 9);
  expect(doubled.interval.low).toBeCloseTo(2, 9);
  const mixed = meanRatio([
    [100, 50],
    [100, 200],
    [100, 150],
    [100, 80],
  ])!;
  expect(mixed.interval.low).toBeLessThan(mixed.ratio);
  expect(mixed.interval.high).toBeGreaterThan(mixed.ratio);
});

it('every common theorem is newly solved, lost, solved by both or by neither; the other way round they change places', () => {
  const outcomes = fc.array(fc.tuple(fc.constantFrom(...OUTCOMES), fc.constantFrom(...OUTCOMES)), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(outcomes, (pairs) => {
      const [a, b] = [runOf(pairs.map(([x]) => x)), runOf(pairs.map(([, y]) => y))];
      const there = compare([a], [b]);
      const back = compare([b], [a]);
      expect(there.newlySolved.length + there.lost.length + there.bothSolved + there.neither).toBe(
        pairs.length,
      );
      expect(there.wavering).toEqual([]);
      expect(back.lost.map((p) => p.id)).toEqual(there.newlySolved.map((p) => p.id));
      expect(back.outcomeTest.p).toBe(there.outcomeTest.p);
      expect(lostIn(there)).toBe(pairs.filter(([x, y]) => x === 'solved' && y !== 'solved').length);
    }),
    { numRuns: 40 },
  );
});

it('an error is lost to the reader, but no evidence in the test', () => {
  const c = compare([runOf(['solved', 'solved'])], [runOf(['error', 'unsolved'])]);
  expect(c.lost.map((p) => p.id)).toEqual(['t0', 't1']);
  expect(c.outcomeTest).toMatchObject({ name: 'exact McNemar', p: 1, significant: false });
  expect(c.outcomeTest.on).toContain('1 left out because a run ended in an error');
});

it('repeats of a side are tested by bootstrap; what they do not agree on is neither new nor lost', () => {
  const twice = (outcome: Outcome) => [runOf(Array(8).fill(outcome)), runOf(Array(8).fill(outcome))];
  const better = compare(twice('unsolved'), twice('solved'));
  expect(better.outcomeTest).toMatchObject({ name: 'paired bootstrap', difference: 1, significant: true });
  expect(better.newlySolved).toHaveLength(8);
  const mixed = compare(twice('solved'), [runOf(['solved', 'unsolved']), runOf(['unsolved', 'solved'])]);
  expect([mixed.wavering.length, mixed.lost.length, lostIn(mixed), mixed.common]).toEqual([2, 0, 2, 2]);
});

const theorem = (id: string, statement: string): Theorem => ({
  id,
  name: id,
  header: '',
  context: '',
  statement,
});

const stated = (statements: Readonly<Record<string, string>>): RunData => {
  const data = dataOf(Object.keys(statements).map((theoremId) => ({ result: result({ theoremId }) })));
  return {
    ...data,
    entries: data.entries.map((e) => ({
      ...e,
      theorem: theorem(e.result.theoremId, statements[e.result.theoremId]!),
    })),
  };
};

it('only the theorems that both have are compared, and those of the same id with another statement are not', () => {
  const a = stated({
    same: 'theorem same : 1 = 1',
    gone: 'theorem gone : 1 = 1',
    other: 'theorem other : 1 = 1',
  });
  const b = stated({
    same: 'theorem same : 1 = 1',
    other: 'theorem other : 2 = 2',
    more: 'theorem more : 1 = 1',
  });
  expect(compare([a], [b])).toMatchObject({
    ...{ common: 1, onlyA: ['gone'], onlyB: ['more'], changed: ['other'], statementsCompared: true },
  });
  expect(compare([runOf(['solved'])], [runOf(['solved'])]).statementsCompared).toBe(false);
});

it('times are compared over what both solved without the store', () => {
  const timed = (ms: number, cached: boolean) =>
    dataOf(
      Array.from({ length: 6 }, (_, i) => ({
        result: result({ theoremId: `t${i}`, cached: cached && i < 3, ledger: { ...ledger, totalMs: ms } }),
      })),
    );
  expect(compare([timed(1000, false)], [timed(500, true)]).time).toMatchObject({ pairs: 3, ratio: 0.5 });
});

it('each format says what was not compared and which test was made, and keeps foreign text as text', async () => {
  const a = dataOf(ONE_OF_EACH);
  const b = dataOf([
    { result: result({ theoremId: 'good', outcome: 'error', error: { code: 'INTERNAL', message: NASTY } }) },
    { result: result({ theoremId: 'bad' }) },
    { result: result({ theoremId: 'more' }) },
  ]);
  const c = compare([a], [b]);
  expect(comparisonSchema.parse(JSON.parse(await renderComparison(c, 'json')))).toEqual(c);
  for (const format of COMPARISON_FORMATS) {
    const text = await renderComparison(c, format);
    expect(text).toContain('good');
    if (format === 'html' || format === 'md') expect(text).not.toMatch(/<script>|<img /);
  }
  const markdown = await renderComparison(c, 'md');
  expect(markdown).toContain('# 1 newly solved, 1 lost');
  expect(markdown).toContain('Not compared: 3 theorems with a result in A only.');
  expect(markdown).toContain('exact McNemar');
  const csv = await renderComparison(c, 'csv');
  expect(csv.split('\r\n')[0]).toBe('change,id,a,b,a_ms,b_ms,why');
});
