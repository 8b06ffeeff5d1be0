import { count, duration } from '../../words/units.ts';
import type { Report, Row } from '../report/schema.ts';
import { EVENTS_TITLE, eventWords } from './events.ts';
import {
  atKTable,
  factLines,
  groupAtKTable,
  groupTable,
  kpiTable,
  type TableData,
  timeTable,
} from './facts.ts';
import { BASELINE, BASELINE_NAME, BASELINE_TOTAL, money, orNoData, percent } from './text.ts';

/** Rows and bytes beyond which a Markdown page is of no use to anybody. */
const MOST_ROWS = 1000;

/** Texts of suites and models in a cell or a line: what Markdown or HTML would read as mark-up is escaped. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|~#&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`));

export const markdownTable = ({ head, rows, left = [] }: TableData): string =>
  [
    head,
    head.map((_, i) => (i === 0 || left.includes(i) ? '---' : '---:')),
    ...rows.map((row) => row.map(escapeMarkdown)),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const eventLine = (event: Report['events'][number]): string => {
  const { what, from, to } = eventWords(event);
  const text = `${what} ${from} to ${to} (${event.by}): ${event.reason}`;
  return `- ${new Date(event.at).toISOString()} ${escapeMarkdown(text)}`;
};

export const reportMarkdown = (report: Report): string => {
  const { run, difficulties, categories } = report;
  const atK = atKTable(report);
  const sections = [
    `# ${escapeMarkdown(run.label)}: ${report.outcomes.solved} of ${count(report.total)} solved`,
    factLines(report)
      .map(([name, text]) => `- ${name}: ${escapeMarkdown(text)}`)
      .join('\n'),
    `## KPIs\n\n${markdownTable(kpiTable(report))}`,
    `## By difficulty\n\n${markdownTable(groupTable('difficulty', difficulties, report))}`,
    `## By category\n\n${markdownTable(groupTable('category', categories, report))}`,
    ...(atK.rows.length === 0
      ? []
      : [
          `## pass@k and refine@k\n\n${markdownTable(atK)}\n\n"between" stands where samples are missing that are needed to say more: the first proof ended them, or they failed.`,
          ...[groupAtKTable('difficulty', difficulties), groupAtKTable('category', categories)].map(
            markdownTable,
          ),
        ]),
    `## Time\n\n${markdownTable(timeTable(report))}\n\n${beforeLine(report)}`,
    `## Predictions\n\n${calibrationLine(report)}`,
    ...(report.events.length === 0
      ? []
      : [`## ${EVENTS_TITLE}\n\n${report.events.map(eventLine).join('\n')}`]),
    `## Theorems\n\n${theorems(report.theorems)}`,
    `## Provenance\n\n${Object.entries(report.provenance)
      .map(([name, value]) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(value)}`)
      .join('\n')}\n- report: ${escapeMarkdown(report.madeBy)}, ${new Date(report.madeAt).toISOString()}`,
  ];
  return `${sections.join('\n\n')}\n`;
};

const beforeLine = ({ times }: Report): string =>
  `Mean of a theorem: ${orNoData(times.mean, duration)}. The system ${BASELINE_NAME}: ${BASELINE_TOTAL} a test, of it Lean ${BASELINE.lean.map((ms) => ms / 1000).join(' to ')} s, model ${BASELINE.model.map((ms) => ms / 1000).join(' to ')} s.`;

export const calibrationLine = ({ calibration }: Pick<Report, 'calibration'>): string =>
  calibration === null
    ? 'no data: nothing was predicted before this run'
    : `${count(calibration.theorems)} theorems: Brier score ${calibration.brier.toFixed(3)} (0.25 = always one half), mean error of the time ${duration(calibration.timeMae)}, ${percent(calibration.timeWithin)} of the times within their 80 % interval.`;

const theorems = (rows: readonly Row[]): string => {
  const table = markdownTable({
    head: ['theorem', 'outcome', 'by', 'attempts', 'time', 'cost', 'why not'],
    rows: rows
      .slice(0, MOST_ROWS)
      .map((r) => [
        r.id,
        r.outcome,
        r.cached ? 'store' : (r.prover ?? '-'),
        count(r.attempts),
        duration(r.totalMs),
        money(r.usd),
        r.why.length > 200 ? `${r.why.slice(0, 200)}…` : r.why,
      ]),
    left: [1, 2, 6],
  });
  return rows.length > MOST_ROWS
    ? `${table}\n\nThe first ${count(MOST_ROWS)} of ${count(rows.length)}; the CSV and JSON forms have all.`
    : table;
};
