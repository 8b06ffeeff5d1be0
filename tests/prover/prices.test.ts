import { describe, expect, test } from '@jest/globals';
import type { Price } from '../../src/config/config.ts';
import { boundOf, costOf, LIST_PRICES, priceAt, priceOfAnswer } from '../../src/prover/prices.ts';
import { proverOf, requestOf } from './support.ts';

const at = (date: string): number => Date.parse(date);

describe('prices', () => {
  test('hold from their first day to the day before their last', () => {
    expect(priceAt('gemini-3.8-flash', at('2026-12-31T23:59:59Z'), [])).toMatchObject({
      input: 0.75,
      output: 3.75,
    });
    expect(priceAt('gemini-3.8-flash', at('2027-01-01'), [])).toMatchObject({ input: 1.5, output: 7.5 });
    expect(priceAt('gemini-3.8-flash', at('2025-06-01'), [])).toBeNull();
  });

  test('of one model never overlap, and leave no gap once they begin', () => {
    for (const model of new Set(LIST_PRICES.map((p) => p.model))) {
      const rows = LIST_PRICES.filter((p) => p.model === model).toSorted((a, b) => at(a.from) - at(b.from));
      for (const [i, row] of rows.entries()) expect(row.to).toBe(rows[i + 1]?.from ?? null);
    }
  });

  test('of an unknown model are unknown, never nothing', () => {
    expect(priceAt('gemini-9-ultra', at('2026-11-23'), [])).toBeNull();
    expect(boundOf('gemini-9-ultra', 100, 100, { from: 0, to: 1 }, [])).toBeNull();
    const prover = proverOf({ model: 'gemini-9-ultra' });
    expect(prover.upperBoundUsd(prover.prompt(requestOf()))).toBeNull();
  });

  test('of the user win over the list, within their dates', () => {
    const own: Price = {
      model: 'gemini-3.8-flash',
      input: 9,
      cachedInput: 1,
      output: 99,
      from: '2026-11-01',
      to: '2026-12-01',
    };
    expect(priceAt('gemini-3.8-flash', at('2026-11-23'), [own])).toBe(own);
    expect(priceAt('gemini-3.8-flash', at('2026-12-02'), [own])).toMatchObject({ input: 0.75 });
  });

  test('count thoughts as output, cached input as such, and long prompts dearer where the list says so', () => {
    const pro = priceAt('gemini-3.1-pro-preview', at('2026-11-23'), [])!;
    const tokens = { input: 100_000, cachedInput: 40_000, output: 1_000, thoughts: 9_000 };
    expect(costOf(pro, tokens)).toBeCloseTo((60_000 * 2 + 40_000 * 0.2 + 10_000 * 12) / 1e6, 12);
    expect(costOf(pro, { ...tokens, input: 300_000, cachedInput: 0 })).toBeCloseTo(
      (300_000 * 4 + 10_000 * 18) / 1e6,
      12,
    );
  });

  test('of an answer are those of the version that answered, or of the id it is a dated form of', () => {
    const now = at('2026-12-05');
    expect(priceOfAnswer('gemini-2.5-flash', 'gemini-3.5-flash-lite', now, [])).toMatchObject({ input: 0.3 });
    expect(priceOfAnswer('gemini-3.6-flash', 'models/gemini-3.6-flash-001', now, [])).toMatchObject({
      input: 1.5,
    });
    expect(priceOfAnswer('gemini-3.6-flash', null, now, [])).toMatchObject({ input: 1.5 });
    expect(priceOfAnswer('gemini-3.6-flash', 'gemini-3.6-flash-lite', now, [])).toBeNull();
  });

  test('bound a request from above: a byte a token, the whole output limit, the dearer price of its time', () => {
    const prover = proverOf({ maxOutputTokens: 65_536 }, () => at('2026-11-23'));
    const prompt = prover.prompt(requestOf());
    const bytes = Buffer.byteLength(prompt.system + prompt.user);
    const bound = prover.upperBoundUsd(prompt)!;
    expect(bound).toBeGreaterThan((bytes * 0.75 + 65_536 * 3.75) / 1e6);
    expect(bound).toBeLessThan(0.26);
    const newYear = proverOf({ maxOutputTokens: 65_536, timeoutMs: 60_000 }, () =>
      at('2026-12-31T23:59:30Z'),
    );
    expect(newYear.upperBoundUsd(prompt)).toBeGreaterThan(65_536 * 7.5e-6);
  });
});
