import type { TableData } from '../facts.ts';
import { type Html, html } from './html.ts';

/** `last`: the last row stands for all others. */
export const htmlTable = ({ head, rows, left = [] }: TableData, last: 'all' | null = null): Html => {
  const side = (i: number) => (left.includes(i) ? 'left' : 'num');
  return html`<div class="scroll"><table>
<thead><tr>${head.map((cell, i) => html`<th class="${side(i)}">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row, n) =>
      html`<tr class="${last === 'all' && n === rows.length - 1 ? 'all' : ''}">${row.map((cell, i) => html`<td class="${side(i)}">${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>`;
};

export const htmlFacts = (facts: readonly (readonly [string, string])[]): Html =>
  html`<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
