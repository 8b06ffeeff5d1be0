import type { Report } from '../../../report/schema.ts';
import type { Estimate } from '../../../statistics/estimate.ts';
import { axis, legend, type Plot } from './plot.ts';

const COLOURS = ['--model', '--refuted', '--conditional', '--unsolved'];

type AtK = Estimate & { readonly k: number };

/** Lines of one estimate: in between nothing is known; thin: its 95 % interval. */
const lines = (name: string, colour: string, points: readonly AtK[]): object[] => {
  const known = points.filter((p) => p.low !== null && p.high !== null);
  const of = (get: (p: AtK) => number, more: object) => ({
    ...{ type: 'line', symbolSize: 7, itemStyle: { color: `var(${colour})` } },
    lineStyle: { color: `var(${colour})`, width: 2 },
    data: known.map((p) => [String(p.k), get(p)]),
    ...more,
  });
  const thin = { showSymbol: false, lineStyle: { color: `var(${colour})`, width: 1.5, type: 'dotted' } };
  return [
    of((p) => p.low!, { name }),
    ...(known.some((p) => p.low !== p.high) ? [of((p) => p.high!, { name })] : []),
    of((p) => p.interval?.low ?? p.low!, thin),
    of((p) => p.interval?.high ?? p.high!, thin),
  ];
};

/** pass@k of each model, and refine@k of the whole loop. */
export const atKPlot = ({ models, refineAtK }: Report): Plot | null => {
  if (models.length === 0 && refineAtK.length === 0) return null;
  const ks = [...new Set([...refineAtK, ...models.flatMap((m) => m.passAtK)].map((e) => e.k))].sort(
    (a, b) => a - b,
  );
  const names = [
    ...models.map(({ prover }) => `pass@k of ${prover}`),
    ...(refineAtK.length > 0 ? ['refine@k of the loop'] : []),
  ];
  return {
    label: 'pass@k and refine@k',
    option: {
      legend: legend({ data: names }),
      grid: { left: 55, right: 20, top: 34, bottom: 46 },
      xAxis: axis({ type: 'category', name: 'k', data: ks.map(String) }),
      yAxis: axis({ type: 'value', name: 'share of the theorems', nameGap: 38, min: 0, max: 1 }),
      series: [
        ...models.flatMap(({ prover, passAtK }, i) =>
          lines(`pass@k of ${prover}`, COLOURS[i % COLOURS.length]!, passAtK),
        ),
        ...lines('refine@k of the loop', '--solved', refineAtK),
      ],
    },
  };
};
