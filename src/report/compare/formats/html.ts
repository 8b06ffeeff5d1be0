import { html } from '../../formats/html/html.ts';
import { page } from '../../formats/html/page.ts';
import { htmlTable } from '../../formats/html/tables.ts';
import type { Comparison } from '../schema.ts';
import { differencesTable, pairLists, scopeLines, sidesTable, testLines } from './facts.ts';

export const comparisonHtml = (c: Comparison): string => {
  const title = `${c.newlySolved.length} newly solved, ${c.lost.length} lost`;
  return page(
    title,
    html`<h1>${title}</h1>
${htmlTable(sidesTable(c))}
${[...scopeLines(c), ...testLines(c)].map((line) => html`<p>${line}</p>`)}
${pairLists(c).map(
  ({ title: name, pairs, table }) => html`<h2>${name}</h2>${pairs.length === 0 ? null : htmlTable(table)}`,
)}
${c.differences.length === 0 ? null : html`<h2>What differs</h2>${htmlTable(differencesTable(c))}`}`,
  );
};
