import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluate } from '../../src/predictor/evaluate.ts';
import { modelSchema, parseModel } from '../../src/predictor/model.ts';
import { predictWith } from '../../src/predictor/predict.ts';
import { theoremKey } from '../../src/predictor/rows.ts';
import { LEAST, train } from '../../src/predictor/train.ts';
import { numbers, rowOf, theoremOf } from './support.ts';

const OF = { prover: 'local', product: '0.1.0', seed: 1, at: 5, runs: 1, through: 9 };
const rows = (count: number, from = 0, seed = 1) =>
  numbers(count, from).map((n) => ({ ...rowOf(n, seed), key: theoremKey(theoremOf(n)) }));

const trained = async (count = 120) => {
  const model = await train(rows(count), OF);
  if (model === null) throw new Error('no model');
  return model;
};

describe('training', () => {
  test('too few records, or too few theorems, are no data', async () => {
    expect(await train([], OF)).toBeNull();
    expect(await train(rows(LEAST.rows - 1), OF)).toBeNull();
    const often = numbers(LEAST.rows).map((n) => ({ ...rowOf(n % (LEAST.theorems - 1)), at: n }));
    expect(await train(often, OF)).toBeNull();
    expect(await train(rows(LEAST.rows), OF)).not.toBeNull();
  });

  test('the same records and seed give the same model, another seed another one', async () => {
    const one = JSON.stringify(await train(rows(60), OF));
    expect(JSON.stringify(await train(rows(60), OF))).toBe(one);
    expect(JSON.stringify(await train(rows(60), { ...OF, seed: 2 }))).not.toBe(one);
  });

  test('what is stored is read back as it was; other formats, products and damaged texts are no model', async () => {
    const model = await trained(60);
    const json = JSON.stringify(model);
    expect(parseModel(json, '0.1.0')).toEqual(model);
    expect(parseModel(json, '0.2.0')).toBeNull();
    expect(parseModel(JSON.stringify({ ...model, format: 99 }), '0.1.0')).toBeNull();
    expect(parseModel(json.slice(0, -9), '0.1.0')).toBeNull();
    expect(parseModel('null', '0.1.0')).toBeNull();
    expect(modelSchema.parse(model)).toEqual(model);
  });

  test('records with one outcome only, and none with a time, are borne', async () => {
    const all = rows(40).map((r) => ({ ...r, solved: true }));
    const model = await train(all, OF);
    const chance = predictWith(model!)(theoremOf(500)).probability;
    expect(chance).toBeGreaterThan(0.8);
    expect(chance).toBeLessThan(1);
    expect(
      await train(
        all.map((r) => ({ ...r, ms: null })),
        OF,
      ),
    ).toBeNull();
  });
});

describe('predictions', () => {
  test('of new theorems follow what was learned: size makes time, difficulty makes success', async () => {
    const predict = predictWith(await trained());
    const [small, large] = [predict(theoremOf(1200)), predict(theoremOf(1211))];
    expect(small.basis).toBe('similar');
    expect(large.ms.mean).toBeGreaterThan(3 * small.ms.mean);
    expect(predict(theoremOf(1202)).probability).toBeGreaterThan(0.6);
    expect(predict(theoremOf(1203)).probability).toBeLessThan(0.4);
    expect(small.tokens).toEqual({ mean: 0, low: 0, high: 0 });
    expect(small.usd).toEqual({ mean: 0, low: 0, high: 0 });
  });

  test('of a theorem that was tried often follow its own record, against what others like it say', async () => {
    const slow = theoremOf(2000);
    const often = numbers(5).map((i) => ({
      ...{ ...rowOf(2000), theorem: slow, key: theoremKey(slow) },
      ...{ at: 9e9 + i, ms: 60_000, solved: false },
    }));
    const model = await train([...rows(120), ...often], OF);
    const seen = predictWith(model!)(slow);
    const fresh = predictWith(await trained())(slow);
    expect([seen.basis, fresh.basis]).toEqual(['history', 'similar']);
    expect(seen.ms.mean).toBeGreaterThan(5 * fresh.ms.mean);
    expect(seen.probability).toBeLessThan(fresh.probability);
  });

  test('are numbers that make sense, whatever the theorem', async () => {
    const predict = predictWith(await trained(60));
    fc.assert(
      fc.property(
        fc.record({
          statement: fc.oneof(fc.string({ minLength: 1 }), fc.constant('theorem x : ∀ n : Nat, n ^ 99 = 1')),
          context: fc.string(),
          header: fc.constantFrom('', 'import Mathlib\n', 'import A.B\nimport C\n'),
          category: fc.constantFrom('arithmetic', '__proto__', 'other'),
          difficulty: fc.constantFrom('easy' as const, 'very_hard' as const),
        }),
        (text) => {
          const { ms, tokens, probability } = predict({ id: 'x', name: 'x', ...text });
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThan(1);
          for (const { low, mean, high } of [ms, tokens])
            expect([low <= mean, mean <= high, low >= 0, Number.isFinite(high)]).toEqual([
              ...[true, true, true, true],
            ]);
        },
      ),
    );
  });

  test('tokens and money are predicted where a model is asked, and an unknown price stays unknown', async () => {
    const asked = rows(60).map((r, i) => ({ ...r, tokens: 1000 + i, usd: 0.001 }));
    const { tokens, usd } = predictWith((await train(asked, OF))!)(theoremOf(700));
    expect(tokens.mean).toBeGreaterThan(900);
    expect(usd?.mean).toBeCloseTo(0.001, 3);
    const unknown = await train(
      asked.map((r, i) => (i === 7 ? { ...r, usd: null } : r)),
      OF,
    );
    expect(predictWith(unknown!)(theoremOf(700)).usd).toBeNull();
  });
});

describe('evaluation', () => {
  test('on newer records: better than mean, median and base rate where there is something to learn', async () => {
    const e = await evaluate([...rows(120), ...rows(60, 120, 2)], 120 / 180, OF);
    expect(e).toMatchObject({ trainedOn: 120, testedOn: 60, seen: { ms: null, solved: null } });
    const { ms, solved } = e!.all;
    expect(ms!.model).toBeLessThan(0.6 * Math.min(ms!.mean, ms!.median));
    expect(ms!.last).toBe(ms!.median);
    expect(solved!.model).toBeLessThan(0.8 * solved!.baseRate);
    expect(ms!.coverage).toBeGreaterThan(0.6);
    expect(e!.all.tokens).toBeNull();
  });

  test('of theorems that were tried before has the last time beside it', async () => {
    const e = await evaluate([...rows(80), ...rows(80, 0, 2)], 0.5, OF);
    expect(e!.seen.ms!.n).toBe(80);
    expect(e!.fresh.ms).toBeNull();
    expect(e!.seen.ms!.last).toBeLessThan(e!.seen.ms!.median);
    expect(e!.seen.ms!.model).toBeLessThan(e!.seen.ms!.median);
  });

  test('nothing to train on or to test is no data', async () => {
    expect(await evaluate(rows(30), 0.7, OF)).toBeNull();
    expect(await evaluate([], 0.5, OF)).toBeNull();
    expect(await evaluate(rows(40), 0.999, OF)).not.toBeNull();
  });
});
