import { OUTCOMES } from '../../../../model/index.ts';
import { duration } from '../../../../words/units.ts';
import type { Report } from '../../../report/schema.ts';
import { orNoData } from '../../text.ts';
import { binOf, logBins } from './bins.ts';
import { axis, DIM, legend, type Plot } from './plot.ts';

/** How long the theorems took, by outcome. */
export const timesPlot = ({ theorems, times }: Report): Plot | null => {
  const bins = logBins(
    theorems.map((r) => r.totalMs),
    24,
  );
  if (bins.length === 0) return null;
  return {
    label: `Time of a theorem: median ${orNoData(times.median, duration)}, 95 % within ${orNoData(times.p95, duration)}`,
    option: {
      legend: legend(),
      grid: { left: 50, right: 20, top: 34, bottom: 52 },
      xAxis: axis({
        ...{ type: 'category', name: 'from start to result, at least', nameGap: 34 },
        data: bins.map(({ from }) => duration(from)),
        axisLabel: { ...DIM, hideOverlap: true },
      }),
      yAxis: axis({ type: 'value', name: 'theorems', nameGap: 34, minInterval: 1 }),
      series: OUTCOMES.filter((o) => theorems.some((r) => r.outcome === o)).map((outcome) => {
        const counts = bins.map(() => 0);
        for (const r of theorems) if (r.outcome === outcome) counts[binOf(bins, r.totalMs)]! += 1;
        return {
          ...{ name: outcome, type: 'bar', stack: 'all', barCategoryGap: '8%', data: counts },
          itemStyle: { color: `var(--${outcome})` },
        };
      }),
    },
  };
};
