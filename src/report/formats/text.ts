import { count, dollars, duration } from '../../words/units.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { Kpi } from '../statistics/kpis.ts';

/** 0.5 -> `50 %`, 0.123 -> `12.3 %`. */
export const percent = (value: number): string => {
  const text = (100 * value).toFixed(1).replace(/\.0$/, '');
  return `${text} %`;
};

export const NO_DATA = 'no data';
export const orNoData = <T>(value: T | null, text: (value: T) => string): string =>
  value === null ? NO_DATA : text(value);

const METHOD = { wilson: 'Wilson', bootstrap: 'bootstrap over theorems' } as const;

/** `62.5 % (95 %: 40 to 81 %, Wilson)`; bounds where samples are missing. */
export const estimateText = ({ value, low, high, interval }: Estimate): string => {
  if (low === null || high === null) return NO_DATA;
  const middle = value === null ? `between ${percent(low)} and ${percent(high)}` : percent(value);
  if (interval === null) return middle;
  return `${middle} (95 %: ${percent(interval.low).replace(' %', '')} to ${percent(interval.high)}, ${METHOD[interval.method]})`;
};

export const kpiValue = ({ value, unit }: Pick<Kpi, 'value' | 'unit'>): string =>
  orNoData(value, (v) => (unit === 'share' ? percent(v) : unit === 'ms' ? duration(v) : count(v)));

export const kpiVerdict = ({ met }: Pick<Kpi, 'met'>): 'met' | 'missed' | typeof NO_DATA =>
  met === null ? NO_DATA : met ? 'met' : 'missed';

export const money = (usd: number | null): string => dollars(usd);

/** The old system, as its own numbers were told: another machine, with Mathlib. Milliseconds a test. */
export const BASELINE = { total: 15_920, lean: [12_000, 13_000], model: [2000, 3000] } as const;
/** As it was told, to the hundredth. */
export const BASELINE_TOTAL = '15.92 s';
export const BASELINE_NAME = 'before (not the same work: another machine, with Mathlib)';
