import { OUTCOMES } from '../../../../model/index.ts';
import type { Report } from '../../../report/schema.ts';
import { axis, legend, type Plot, VALUE_LABEL } from './plot.ts';

/** Outcomes of each difficulty and of all, as shares. */
export const outcomesPlot = ({ difficulties, outcomes, finished }: Report): Plot | null => {
  if (finished === 0) return null;
  const bars = [...difficulties, { name: 'all', outcomes, total: finished }].toReversed();
  return {
    label: `Outcomes: ${OUTCOMES.map((o) => `${outcomes[o]} ${o}`).join(', ')}`,
    height: 90 + 42 * bars.length,
    option: {
      legend: legend(),
      grid: { left: 100, right: 20, top: 34, bottom: 40 },
      xAxis: axis({ type: 'value', max: 100, axisLabel: { color: 'var(--dim)', formatter: '{value} %' } }),
      yAxis: axis({ type: 'category', data: bars.map((bar) => `${bar.name} (${bar.total})`) }),
      series: OUTCOMES.filter((o) => outcomes[o] > 0).map((outcome) => ({
        ...{ name: outcome, type: 'bar', stack: 'all', barMaxWidth: 26 },
        itemStyle: { color: `var(--${outcome})` },
        label: {
          ...VALUE_LABEL,
          color: 'var(--bg)',
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const n = bars[dataIndex]!.outcomes[outcome];
            return n / bars[dataIndex]!.total < 0.04 ? '' : String(n);
          },
        },
        data: bars.map((bar) => (100 * bar.outcomes[outcome]) / bar.total),
      })),
    },
  };
};
