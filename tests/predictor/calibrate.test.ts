import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calibrated, conformal, isotonic } from '../../src/predictor/calibrate.ts';
import { draw } from '../../src/predictor/draw.ts';
import { numbers } from './support.ts';

const score = fc.double({ min: 0, max: 1, noNaN: true });
const cases = fc.array(fc.record({ score, won: fc.boolean() }), { maxLength: 120 });

test('a calibrated chance is between 0 and 1, and grows with the score', () => {
  fc.assert(
    fc.property(cases, score, score, (known, a, b) => {
      const curve = isotonic(known);
      const [low, high] = [calibrated(curve, Math.min(a, b)), calibrated(curve, Math.max(a, b))];
      expect([low > 0, high < 1, low <= high + 1e-12]).toEqual([true, true, true]);
    }),
  );
});

test('scores that promise too much are brought to the rates that came', () => {
  const known = numbers(2000).map((n) => {
    const sure = draw(n, 1);
    return { score: sure, won: draw(n, 2) < sure / 2 };
  });
  const curve = isotonic(known);
  for (const asked of [0.2, 0.5, 0.9])
    expect(Math.abs(calibrated(curve, asked) - asked / 2)).toBeLessThan(0.08);
});

test('an interval holds 80 % or more of what is drawn as its residuals were, and the middle', () => {
  const tailed = (n: number) => Math.log(draw(n, 3) + 1e-9) - 3 * draw(n, 4) ** 4;
  for (const n of [20, 100]) {
    let held = 0;
    for (const round of numbers(400)) {
      const { low, high, smear } = conformal(numbers(n, round * (n + 1)).map(tailed));
      const next = tailed(round * (n + 1) + n);
      if (next >= low && next <= high) held += 1;
      expect([low <= 0, high >= 0, smear > 0]).toEqual([true, true, true]);
    }
    // Of 400 draws: 80 % less three standard errors.
    expect(held / 400).toBeGreaterThan(0.74);
  }
});

test('without residuals there is no width, and without cases a chance of a half', () => {
  expect(conformal([])).toEqual({ low: 0, high: 0, smear: 1, n: 0 });
  expect(calibrated([], 0.9)).toBe(0.5);
});
