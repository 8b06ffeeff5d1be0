import { OUTCOMES } from '../../../model/index.ts';
import { count, duration } from '../../../words/units.ts';
import type { Report, Row } from '../../report/schema.ts';
import { money } from '../text.ts';
import { type Html, html } from './html.ts';

/** A page that every browser opens quickly: rows, characters of one text, and characters of all texts together. */
const MOST_ROWS = 1000;
const MOST_TEXT = 4000;
const MOST_TEXTS = 1_500_000;

const cut = (text: string): string =>
  text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}\n… (${count(text.length)} characters in all)` : text;

/** Where not all can be shown, those that are not solved go first. */
const shown = (rows: readonly Row[]): readonly Row[] =>
  rows.length <= MOST_ROWS
    ? rows
    : [...rows.filter((r) => r.outcome !== 'solved'), ...rows.filter((r) => r.outcome === 'solved')].slice(
        0,
        MOST_ROWS,
      );

export const theoremsSection = ({ theorems, outcomes }: Report): Html => {
  const rows = shown(theorems);
  let left = MOST_TEXTS;
  const body = rows.map((row) => {
    const texts = textsOf(row);
    const size = texts.reduce((n, [, text]) => n + text.length, 0);
    left -= size;
    return rowHtml(row, left < 0 ? null : texts);
  });
  const present = OUTCOMES.filter((o) => outcomes[o] > 0);
  return html`<section id="theorems"><h2>Theorems</h2>
${
  rows.length < theorems.length
    ? html`<p class="warn">Shortened: ${count(rows.length)} of ${count(theorems.length)} theorems, those that are not solved first. The JSON and CSV forms have all.</p>`
    : null
}${left < 0 ? html`<p class="warn">Shortened: the page has no room for the texts of all theorems. The JSON and CSV forms have them.</p>` : null}
${
  present.length < 2
    ? null
    : html`<div class="filter"><label><input type="radio" name="show" checked> all</label>${present.map((o) => html`<label class="o-${o}"><input type="radio" name="show" id="show-${o}"> ${o} (${count(outcomes[o])})</label>`)}</div>`
}
<div class="scroll"><table><thead><tr><th>theorem</th><th class="left">outcome</th><th class="left">difficulty</th><th class="left">category</th><th class="left">by</th><th>attempts</th><th>calls</th><th>time</th><th>Lean</th><th>model</th><th>cost</th></tr></thead>
<tbody>${body}</tbody></table></div></section>`;
};

/** Hides rows without a script: each outcome has a button, and a rule that hides the others. */
export const FILTER_STYLE = OUTCOMES.map(
  (o) => `body:has(#show-${o}:checked) #theorems tbody tr:not(.r-${o}) { display: none; }`,
).join('\n');

type Text = readonly [name: string, text: string];

const textsOf = (row: Row): readonly Text[] => {
  const texts: (readonly [string, string | null])[] = [
    [row.outcome === 'refuted' ? 'its negation, proved' : 'statement', row.statement],
    ['proof', row.proof],
    ['why not', row.why === '' ? null : row.why],
    ['counterexample', row.counterexample],
    ['verdict', row.verdict],
    ['checked', row.assurance],
    ['models', row.models.length === 0 ? null : row.models.join(', ')],
    ['prompts', row.prompts.length === 0 ? null : row.prompts.join(', ')],
    ['error', row.error === null ? null : `${row.error.code}: ${row.error.message}`],
    ['notes', row.notes.length === 0 ? null : row.notes.join('\n')],
    ['workflow', row.workflowId],
  ];
  return texts.flatMap(([name, text]) => (text === null || text === '' ? [] : [[name, cut(text)] as const]));
};

const rowHtml = (row: Row, texts: readonly Text[] | null): Html => html`<tr class="r-${row.outcome}"><td>${
  texts === null
    ? html`<code>${row.id}</code>`
    : html`<details><summary><code>${row.id}</code></summary>${texts.map(
        ([name, text]) => html`<div class="dim">${name}</div><pre>${text}</pre>`,
      )}</details>`
}</td><td class="left o-${row.outcome}">${row.outcome}</td><td class="left">${row.difficulty ?? '-'}</td><td class="left">${row.category ?? '-'}</td><td class="left">${row.cached ? 'store' : (row.prover ?? '-')}</td><td>${count(row.attempts)}</td><td>${count(row.calls)}</td><td class="num">${duration(row.totalMs)}</td><td class="num">${duration(row.leanMs)}</td><td class="num">${duration(row.modelMs)}</td><td class="num">${money(row.usd)}</td></tr>
`;
