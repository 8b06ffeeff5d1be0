import { z } from 'zod';

/** A monotone piecewise linear function through these points; constant beyond them. */
export const curveSchema = z.array(z.tuple([z.number(), z.number()]).readonly()).readonly();
export type Curve = z.infer<typeof curveSchema>;

type Case = { readonly score: number; readonly won: boolean };
type Block = { readonly score: number; readonly wins: number; readonly size: number };

const LEAST_BLOCK = 10;

const join = (a: Block, b: Block): Block => ({
  score: (a.score * a.size + b.score * b.size) / (a.size + b.size),
  wins: a.wins + b.wins,
  size: a.size + b.size,
});
/** Laplace's rule: a block is never quite sure. */
const rate = ({ wins, size }: Block): number => (wins + 1) / (size + 2);

/**
 * Isotonic regression (pool adjacent violators) of outcomes on held-out scores: neighbours in the order of the scores are
 * pooled until the rates rise, in blocks of ten and more.
 */
export const isotonic = (cases: readonly Case[]): Curve => {
  const sorted = cases.toSorted((a, b) => a.score - b.score);
  const small: Block[] = [];
  for (const { score, won } of sorted) {
    const one = { score, wins: won ? 1 : 0, size: 1 };
    const last = small.at(-1);
    if (last !== undefined && last.size < LEAST_BLOCK) small[small.length - 1] = join(last, one);
    else small.push(one);
  }
  const blocks: Block[] = [];
  for (const block of small) {
    let top = block;
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (rate(last) < rate(top)) break;
      top = join(last, top);
      blocks.pop();
    }
    blocks.push(top);
  }
  return blocks.map((b) => [b.score, rate(b)]);
};

/** The curve's value at a score; 0.5 where nothing is known. */
export const calibrated = (curve: Curve, score: number): number => {
  const right = curve.findIndex(([x]) => x >= score);
  const [x1, y1] = curve[right] ?? curve.at(-1) ?? [0, 0.5];
  const [x0, y0] = curve[right - 1] ?? [x1, y1];
  if (right <= 0 || x1 === x0) return y1;
  return y0 + ((y1 - y0) * (score - x0)) / (x1 - x0);
};

/** How far values lie from their predictions, on the logarithmic scale of both. */
export const spreadSchema = z
  .object({
    low: z.number(),
    high: z.number(),
    /** Mean of exp(residual): makes of a typical value an expected one (Duan's smearing estimate). */
    smear: z.number(),
    /** Residuals that it was made of. */
    n: z.number(),
  })
  .readonly();
export type Spread = z.infer<typeof spreadSchema>;

/** Of the interval: a tenth of the values on each side is left out. */
const TAIL = 0.1;

/**
 * Conformal: the interval is made of the residuals of held-out predictions, a tenth left out at each end, one residual
 * further out than their share (the correction for finite samples), so that a value that is exchangeable with them falls
 * inside with 80 % or more, whatever their distribution (Vovk, Gammerman, Shafer: Algorithmic Learning in a Random World;
 * Lei et al. 2018, Distribution-Free Predictive Inference for Regression).
 */
export const conformal = (residuals: readonly number[]): Spread => {
  const sorted = residuals.toSorted((a, b) => a - b);
  const n = sorted.length;
  if (n === 0) return { low: 0, high: 0, smear: 1, n };
  const rank = Math.max(0, Math.floor(TAIL * (n + 1)) - 1);
  return {
    low: Math.min(0, sorted[rank] ?? 0),
    high: Math.max(0, sorted[n - 1 - rank] ?? 0),
    smear: sorted.reduce((sum, r) => sum + Math.exp(r), 0) / n,
    n,
  };
};
