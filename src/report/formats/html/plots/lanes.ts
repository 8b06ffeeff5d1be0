import { OUTCOMES } from '../../../../model/index.ts';
import { duration } from '../../../../words/units.ts';
import type { Report } from '../../../report/schema.ts';
import { inFlight, lanesOf } from '../../../statistics/concurrency.ts';
import { axis, DIM, legend, type Plot } from './plot.ts';

/** With more theorems than this a bar each is neither seen nor loaded quickly: how many were in flight is drawn instead. */
const MOST_BARS = 600;
const MOST_STEPS = 1200;

/** What was in flight when: a bar a theorem, in the lane that was free. */
export const lanesPlot = (report: Report): Plot | null => {
  const { theorems, run, concurrency } = report;
  if (theorems.length === 0 || concurrency === null) return null;
  const label = `Theorems in flight over ${duration(run.wallMs)}: sustained ${concurrency.sustained}, at the most ${concurrency.peak}`;
  const seconds = (at: number) => (at - run.startedAt) / 1000;
  const time = axis({
    ...{ type: 'value', name: 'seconds since the start of the run', min: 0 },
    max: Math.ceil(seconds(Math.max(...theorems.map((r) => r.endedAt)))),
    // It would stand on the last round number.
    axisLabel: { ...DIM, showMaxLabel: false },
  });
  if (theorems.length > MOST_BARS) return { label, wide: true, option: flightOption(report, time, seconds) };
  const lanes = lanesOf(theorems);
  const count = Math.max(...lanes) + 1;
  return {
    ...{ label, wide: true, height: 110 + Math.min(400, 24 * count) },
    option: {
      legend: legend(),
      grid: { left: 60, right: 20, top: 34, bottom: 46 },
      xAxis: time,
      yAxis: axis({
        ...{ type: 'category', name: 'lane', nameGap: 30, inverse: true },
        data: Array.from({ length: count }, (_, lane) => String(lane + 1)),
        axisLabel: DIM,
        splitLine: { show: false },
      }),
      series: OUTCOMES.filter((o) => theorems.some((r) => r.outcome === o)).map((outcome) => ({
        ...{ name: outcome, type: 'custom', itemStyle: { color: `var(--${outcome})` } },
        renderItem: bar,
        data: theorems.flatMap((r, i) =>
          r.outcome === outcome ? [[seconds(r.startedAt), seconds(r.endedAt), lanes[i]!]] : [],
        ),
        encode: { x: [0, 1], y: 2 },
      })),
    },
  };
};

type Api = {
  value(of: number): number;
  coord(point: readonly number[]): [number, number];
  size(of: readonly number[]): [number, number];
  visual(of: 'color'): string;
};

const bar = (_: unknown, api: Api): object => {
  const lane = api.value(2);
  const [x, y] = api.coord([api.value(0), lane]);
  const [end] = api.coord([api.value(1), lane]);
  const height = api.size([0, 1])[1] * 0.72;
  const width = Math.max(1, end - x - 0.6);
  return {
    type: 'rect',
    shape: { x, y: y - height / 2, width, height },
    style: { fill: api.visual('color') },
  };
};

const flightOption = (
  { theorems }: Report,
  time: object,
  seconds: (at: number) => number,
): Plot['option'] => {
  const steps = inFlight(theorems);
  const every = Math.ceil(steps.length / MOST_STEPS);
  return {
    grid: { left: 60, right: 20, top: 16, bottom: 46 },
    xAxis: time,
    yAxis: axis({ type: 'value', name: 'theorems in flight', nameGap: 36, minInterval: 1 }),
    series: [
      {
        ...{ type: 'line', step: 'end', showSymbol: false, lineStyle: { color: 'var(--lean)', width: 1 } },
        areaStyle: { color: 'var(--lean)', opacity: 0.25 },
        data: steps.filter((_, i) => i % every === 0).map(({ at, n }) => [seconds(at), n]),
      },
    ],
  };
};
