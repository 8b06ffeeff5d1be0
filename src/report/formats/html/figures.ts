import type { Report } from '../../report/schema.ts';
import { calibrationLine } from '../markdown.ts';
import { BASELINE, BASELINE_NAME, BASELINE_TOTAL } from '../text.ts';
import { type Html, html } from './html.ts';
import { atKPlot } from './plots/at-k.ts';
import { attemptsPlot } from './plots/attempts.ts';
import { chancePlot, timePlot } from './plots/calibration.ts';
import { componentsPlot } from './plots/components.ts';
import { lanesPlot } from './plots/lanes.ts';
import { outcomesPlot } from './plots/outcomes.ts';
import { draw, type Plot } from './plots/plot.ts';
import { progressPlot } from './plots/progress.ts';
import { timesPlot } from './plots/times.ts';

type Figure = {
  readonly title: string;
  readonly plot: Plot | null;
  readonly caption: string;
  /** What stands in the place of a plot that there is not. */
  readonly none?: string;
};

const seconds = ([low, high]: readonly [number, number]): string => `${low / 1000} to ${high / 1000} s`;

const figures = (report: Report): readonly Figure[] => [
  {
    title: 'Outcomes',
    plot: outcomesPlot(report),
    caption: 'Share of the theorems of each difficulty; figures are theorems.',
  },
  {
    title: 'Time by component',
    plot: componentsPlot(report),
    caption: `The system ${BASELINE_NAME}: ${BASELINE_TOTAL} a test, Lean ${seconds(BASELINE.lean)}, model ${seconds(BASELINE.model)}, drawn at their middles.`,
  },
  {
    title: 'Timeline of the lanes',
    plot: lanesPlot(report),
    caption: 'When each theorem was in flight; a gap is time in which a lane was free.',
  },
  {
    title: 'Time of a theorem',
    plot: timesPlot(report),
    caption: 'Bins of equal width on a logarithmic scale.',
  },
  {
    title: 'Attempts to success',
    plot: attemptsPlot(report),
    caption:
      'Solved theorems, by how many tries it took up to the accepted proof (samples in the order in which they were due; steps of the local prover), and who found it.',
  },
  {
    title: 'Solved and spent',
    plot: progressPlot(report),
    caption:
      report.cost.usd === null
        ? 'Some price is unknown: the line of the money is what is known of it.'
        : report.cost.usd === 0
          ? 'No money was spent.'
          : 'Requests of which nobody knows what was billed count at their upper bound.',
  },
  {
    title: 'pass@k and refine@k',
    plot: atKPlot(report),
    none: 'no data: no model was asked',
    caption:
      'Dotted: 95 % interval over the theorems. Two lines of one colour: samples are missing that are needed to say more (the first proof ended them, or they failed), and the value lies between.',
  },
  {
    title: 'Calibration: success',
    plot: chancePlot(report),
    caption: calibrationLine(report),
    none: calibrationLine({ calibration: null }),
  },
  {
    title: 'Calibration: time',
    plot: timePlot(report),
    none: calibrationLine({ calibration: null }),
    caption: 'Theorems answered from the store and errors are left out.',
  },
];

/** All plots of the page; one without data says so. */
export const figuresSection = (report: Report): Html =>
  html`<div class="plots">${figures(report).map(
    ({ title, plot, caption, none = 'no data' }) =>
      html`<figure class="${plot?.wide ? 'wide' : ''}"><h3>${title}</h3>${
        plot === null
          ? html`<div class="none">${none}</div>`
          : html`${draw(plot)}<figcaption>${caption}</figcaption>`
      }</figure>
`,
  )}</div>`;
