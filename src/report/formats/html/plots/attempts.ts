import type { Report, Row } from '../../../report/schema.ts';
import { axis, legend, type Plot } from './plot.ts';

const COLOURS = ['--solved', '--model', '--lean', '--refuted', '--unsolved'];

const nameOf = (bin: number): string => {
  if (bin === 0) return 'store';
  const to = 2 ** (bin - 1);
  return to <= 2 ? String(to) : `${to / 2 + 1}–${to}`;
};

/** Up to the proof that was accepted: steps of the local prover, or samples in the order in which they were due. */
const neededFor = ({ cached, prover, attempts, callsToProof }: Row): number =>
  cached ? 0 : prover === 'local' ? attempts : (callsToProof ?? attempts);

const binOf = (row: Row): number => {
  const needed = neededFor(row);
  return needed === 0 ? 0 : 1 + Math.ceil(Math.log2(needed));
};

/** How many tries it took until a proof was accepted, by who found it. Samples that were asked beside it do not count. */
export const attemptsPlot = ({ theorems }: Report): Plot | null => {
  const solved = theorems.filter((r) => r.outcome === 'solved');
  if (solved.length === 0) return null;
  const bins = 1 + solved.reduce((most, r) => Math.max(most, binOf(r)), 0);
  const by = Map.groupBy(solved, (r) => (r.cached ? 'store' : (r.prover ?? 'store')));
  return {
    label: `Attempts until the proof of ${solved.length} solved theorems`,
    option: {
      legend: legend(),
      grid: { left: 50, right: 20, top: 34, bottom: 46 },
      xAxis: axis({
        ...{ type: 'category', name: 'attempts until the proof was accepted' },
        data: Array.from({ length: bins }, (_, bin) => nameOf(bin)),
      }),
      yAxis: axis({ type: 'value', name: 'theorems', nameGap: 34, minInterval: 1 }),
      series: [...by].map(([prover, rows], i) => ({
        ...{ name: prover, type: 'bar', stack: 'all', barMaxWidth: 48 },
        itemStyle: { color: `var(${prover === 'store' ? '--rest' : COLOURS[i % COLOURS.length]})` },
        data: Array.from({ length: bins }, (_, bin) => rows.filter((r) => binOf(r) === bin).length),
      })),
    },
  };
};
