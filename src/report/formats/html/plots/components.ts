import { duration } from '../../../../words/units.ts';
import type { Report } from '../../../report/schema.ts';
import { BASELINE, BASELINE_TOTAL, orNoData } from '../../text.ts';
import { axis, legend, type Plot, VALUE_LABEL } from './plot.ts';

const middle = ([low, high]: readonly [number, number]): number => (low + high) / 2;

/** Mean of a theorem by component, beside what was told of the old system. */
export const componentsPlot = ({ times, finished }: Report): Plot | null => {
  if (finished === 0) return null;
  const { lean, model, cache, rest } = times.components;
  const [oldLean, oldModel] = [middle(BASELINE.lean), middle(BASELINE.model)];
  const parts = [
    ['Lean', '--lean', lean / finished, oldLean],
    ['model', '--model', model / finished, oldModel],
    ['cache', '--cache', cache / finished, 0],
    ['orchestration and waiting', '--rest', rest / finished, BASELINE.total - oldLean - oldModel],
  ] as const;
  return {
    label: `Mean time of a theorem ${orNoData(times.mean, duration)}; the old system took ${BASELINE_TOTAL} for other work on another machine`,
    height: 200,
    option: {
      legend: legend(),
      grid: { left: 150, right: 30, top: 34, bottom: 46 },
      xAxis: axis({ type: 'value', name: 'seconds a theorem, mean' }),
      yAxis: axis({
        ...{ type: 'category', inverse: true },
        data: ['this run', 'before:\nnot the same work'],
        splitLine: { show: false },
      }),
      series: parts.map(([name, colour, now, before]) => ({
        ...{ name, type: 'bar', stack: 'all', barMaxWidth: 34, itemStyle: { color: `var(${colour})` } },
        label: {
          ...VALUE_LABEL,
          color: 'var(--bg)',
          formatter: ({ value }: { value: number }) => (value < 1.2 ? '' : `${value.toFixed(1)} s`),
        },
        data: [now / 1000, before / 1000],
      })),
    },
  };
};
