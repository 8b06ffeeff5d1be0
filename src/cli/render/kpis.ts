import { estimateText, kpiValue, kpiVerdict } from '../../report/formats/text.ts';
import type { Report } from '../../report/report/schema.ts';
import type { Paint } from './paint.ts';
import { renderTable } from './table.ts';

const STYLE = { met: 'green', missed: 'red', 'no data': 'dim' } as const;

/** The targets of a run, met or missed, and what its samples say of its models. */
export const kpiLines = (
  { kpis, models, success }: Pick<Report, 'kpis' | 'models' | 'success'>,
  width: number,
  paint: Paint,
): string[] => {
  const table = renderTable(
    [{ head: 'KPI' }, { head: 'value', align: 'right' }, { head: 'target', align: 'right' }, { head: '' }],
    kpis.map((kpi) => {
      const verdict = kpiVerdict(kpi);
      return [kpi.name, kpiValue(kpi), kpi.target, paint(STYLE[verdict], verdict)];
    }),
    width,
    paint,
  );
  const estimates = models.flatMap(({ prover, passAtK }) =>
    passAtK.map((e) => `${paint('dim', `pass@${e.k}`.padEnd(10))}${prover}: ${estimateText(e)}`),
  );
  return [...table, '', `${paint('dim', 'success'.padEnd(10))}${estimateText(success)}`, ...estimates];
};
