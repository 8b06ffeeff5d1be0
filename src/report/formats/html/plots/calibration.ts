import type { Report } from '../../../report/schema.ts';
import { axis, legend, type Plot } from './plot.ts';

const MOST_POINTS = 500;
const DIAGONAL = {
  type: 'line',
  showSymbol: false,
  silent: true,
  lineStyle: { color: 'var(--dim)', type: 'dashed', width: 1 },
  // Of its mark in the legend.
  itemStyle: { color: 'var(--dim)' },
};

/** Predicted chance of success against what came, with Wilson's interval of each bin. */
export const chancePlot = ({ calibration }: Report): Plot | null =>
  calibration === null
    ? null
    : {
        label: `Calibration of the chance of success, Brier score ${calibration.brier.toFixed(3)}`,
        option: {
          legend: legend({ data: ['bins of the prediction', 'perfect'] }),
          grid: { left: 60, right: 20, top: 34, bottom: 46 },
          xAxis: axis({ type: 'value', name: 'predicted chance of success', min: 0, max: 1 }),
          yAxis: axis({ type: 'value', name: 'share that was solved', nameGap: 36, min: 0, max: 1 }),
          series: [
            {
              ...DIAGONAL,
              name: 'perfect',
              data: [
                [0, 0],
                [1, 1],
              ],
            },
            ...calibration.bins.map((bin) => ({
              ...{ type: 'line', showSymbol: false, lineStyle: { color: 'var(--lean)', width: 2 } },
              data: [
                [bin.predicted, bin.interval.low],
                [bin.predicted, bin.interval.high],
              ],
            })),
            {
              ...{ name: 'bins of the prediction', type: 'scatter', itemStyle: { color: 'var(--lean)' } },
              data: calibration.bins.map((bin) => ({
                value: [bin.predicted, bin.solved],
                symbolSize: Math.min(26, 6 + Math.sqrt(bin.theorems) * 2),
              })),
            },
          ],
        },
      };

/** Predicted time against the time taken. */
export const timePlot = ({ calibration, theorems }: Report): Plot | null => {
  if (calibration === null) return null;
  const pairs = theorems
    .flatMap((r) =>
      r.prediction === null || r.cached || r.outcome === 'error'
        ? []
        : [[Math.max(10, r.prediction.ms.mean) / 1000, Math.max(10, r.totalMs) / 1000] as const],
    )
    .slice(0, MOST_POINTS);
  const ends = [Math.min(...pairs.flat()), Math.max(...pairs.flat())];
  return {
    label: `Predicted time against the time taken, of ${pairs.length} theorems`,
    option: {
      legend: legend(),
      grid: { left: 60, right: 20, top: 34, bottom: 46 },
      xAxis: axis({ type: 'log', name: 'predicted, seconds' }),
      yAxis: axis({ type: 'log', name: 'taken, seconds', nameGap: 40 }),
      series: [
        { ...DIAGONAL, name: 'perfect', data: ends.map((end) => [end, end]) },
        {
          name: 'theorems',
          type: 'scatter',
          symbolSize: 6,
          itemStyle: { color: 'var(--lean)', opacity: 0.7 },
          data: pairs,
        },
      ],
    },
  };
};
