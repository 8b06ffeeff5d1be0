import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { escapeHtml, Html } from '../html.ts';

use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, LegendComponent, SVGRenderer]);

export type Plot = {
  /** What there is to see, in words, for who cannot see it. */
  readonly label: string;
  readonly option: EChartsCoreOption;
  readonly height?: number;
  /** Over the whole width of the page. */
  readonly wide?: boolean;
};

const TEXT = { color: 'var(--fg)', fontFamily: 'system-ui, sans-serif', fontSize: 12 };
export const DIM = { ...TEXT, color: 'var(--dim)' };
const LINE = { lineStyle: { color: 'var(--line)' } };

/** An axis in the colours of the page. */
export const axis = (more: object): object => ({
  nameTextStyle: DIM,
  axisLabel: DIM,
  axisLine: LINE,
  axisTick: LINE,
  splitLine: LINE,
  nameLocation: 'middle',
  nameGap: 28,
  ...more,
});

export const legend = (more: object = {}): object => ({
  top: 0,
  left: 0,
  icon: 'roundRect',
  itemGap: 18,
  itemWidth: 12,
  itemHeight: 12,
  textStyle: TEXT,
  ...more,
});

export const VALUE_LABEL = { show: true, ...TEXT };

/** Drawn here, as SVG: the page needs no script. */
export const draw = ({ label, option, height = 260, wide = false }: Plot): Html => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: wide ? 1180 : 560, height });
  try {
    chart.setOption({ animation: false, textStyle: TEXT, ...option });
    const svg = chart.renderToSVGString();
    return new Html(svg.replace('<svg ', `<svg role="img" aria-label="${escapeHtml(label)}" `));
  } finally {
    // It holds a timer that would keep the process alive.
    chart.dispose();
  }
};
