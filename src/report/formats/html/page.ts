import { count, plural } from '../../../words/units.ts';
import type { Report } from '../../report/schema.ts';
import { EVENTS_TITLE, eventWords } from '../events.ts';
import { atKTable, factLines, groupAtKTable, groupTable, timeTable } from '../facts.ts';
import { kpiValue, kpiVerdict } from '../text.ts';
import { figuresSection } from './figures.ts';
import { type Html, html, Html as Markup } from './html.ts';
import { STYLE } from './style.ts';
import { htmlFacts, htmlTable } from './tables.ts';
import { FILTER_STYLE, theoremsSection } from './theorems.ts';

/** Nothing is loaded and nothing runs, whatever a model wrote into a proof. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A page that stands alone. */
export const page = (title: string, body: Html, style = ''): string =>
  `<!doctype html>\n${
    html`<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(STYLE + style)}</style></head>
<body>${body}</body></html>`.text
  }\n`;

export const reportHtml = (report: Report): string => {
  const { run, outcomes, total, canary, difficulties, categories, events } = report;
  const atK = atKTable(report);
  const body = html`<header><h1>${run.label}: ${count(outcomes.solved)} of ${plural(total, 'theorem')} solved</h1>
<p class="dim">unsolved ${count(outcomes.unsolved)} · refuted ${count(outcomes.refuted)} · conditional ${count(outcomes.conditional)} · error ${count(outcomes.error)}${
    report.finished < total ? ` · not finished ${count(total - report.finished)}` : ''
  } · run ${run.runId} (${run.state})</p></header>
${
  canary !== null && canary.outcome !== 'passed'
    ? html`<p class="warn">The canary of this run did not pass (${canary.outcome}): nothing in it counts.</p>`
    : null
}
${kpiTiles(report)}
${figuresSection(report)}
<h2>Facts</h2>${htmlFacts(factLines(report))}
<h2>By difficulty</h2>${htmlTable(groupTable('difficulty', difficulties, report), 'all')}
<h2>By category</h2>${htmlTable(groupTable('category', categories, report), 'all')}
<h2>Time by component</h2>${htmlTable(timeTable(report))}
${atK.rows.length === 0 ? null : html`<h2>pass@k and refine@k</h2>${[atK, groupAtKTable('difficulty', difficulties), groupAtKTable('category', categories)].map((table) => htmlTable(table))}`}
${
  events.length === 0
    ? null
    : html`<h2>${EVENTS_TITLE}</h2>${htmlTable({
        head: ['at', 'what', 'from', 'to', 'by', 'reason'],
        rows: events.map((e) => {
          const { what, from, to } = eventWords(e);
          return [new Date(e.at).toISOString(), what, from, to, e.by, e.reason];
        }),
        left: [1, 4, 5],
      })}`
}
${theoremsSection(report)}
<h2>Provenance</h2>${htmlFacts([
    ...Object.entries(report.provenance),
    ['report', `${report.madeBy}, ${new Date(report.madeAt).toISOString()}`],
  ])}`;
  return page(`${run.label}: ${outcomes.solved} of ${total} solved`, body, FILTER_STYLE);
};

const kpiTiles = ({ kpis }: Report): Html =>
  html`<div class="tiles">${kpis.map(
    (kpi) =>
      html`<div class="tile ${kpi.met === null ? '' : kpi.met ? 'met' : 'missed'}">${kpi.name}<b>${kpiValue(kpi)}</b>target ${kpi.target}: <span class="verdict">${kpiVerdict(kpi)}</span><p class="dim">${kpi.definition}</p></div>`,
  )}</div>`;
