import { dollars } from '../../../../words/units.ts';
import type { Report } from '../../../report/schema.ts';
import { axis, legend, type Plot } from './plot.ts';

const MOST_POINTS = 500;

const thinned = <T>(points: readonly T[]): readonly T[] => {
  const every = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, i) => i % every === 0 || i === points.length - 1);
};

/** Theorems solved and money spent as the run went on. */
export const progressPlot = ({ theorems, run, cost, outcomes }: Report): Plot | null => {
  if (theorems.length === 0) return null;
  let solved = 0;
  let usd = 0;
  const points = theorems
    .toSorted((a, b) => a.endedAt - b.endedAt)
    .map((r) => {
      solved += r.outcome === 'solved' ? 1 : 0;
      usd += r.usd ?? 0;
      return { at: (r.endedAt - run.startedAt) / 1000, solved, usd };
    });
  const start = { at: 0, solved: 0, usd: 0 };
  const shown = [start, ...thinned(points)];
  const paid = cost.usd === null || cost.usd > 0;
  const line = (name: string, colour: string, data: readonly (readonly number[])[], yAxisIndex: number) => ({
    ...{ name, type: 'line', step: 'end', showSymbol: false, yAxisIndex, data },
    ...{ lineStyle: { color: `var(${colour})`, width: 2 }, itemStyle: { color: `var(${colour})` } },
  });
  const solvedLine = line(
    'solved',
    '--solved',
    shown.map((p) => [p.at, p.solved]),
    0,
  );
  const spentLine = line(
    'US dollars',
    '--model',
    shown.map((p) => [p.at, p.usd]),
    1,
  );
  return {
    label: `${outcomes.solved} theorems solved for ${dollars(cost.usd)}`,
    option: {
      legend: legend(),
      grid: { left: 55, right: paid ? 70 : 20, top: 34, bottom: 46 },
      xAxis: axis({ type: 'value', name: 'seconds since the start of the run', min: 0 }),
      yAxis: [
        axis({ type: 'value', name: 'theorems', nameGap: 34, minInterval: 1 }),
        ...(paid
          ? [axis({ type: 'value', name: 'US dollars', nameGap: 50, splitLine: { show: false } })]
          : []),
      ],
      series: paid ? [solvedLine, spentLine] : [solvedLine],
    },
  };
};
