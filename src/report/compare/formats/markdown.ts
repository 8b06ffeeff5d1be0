import { escapeMarkdown, markdownTable } from '../../formats/markdown.ts';
import type { Comparison } from '../schema.ts';
import { differencesTable, pairLists, scopeLines, sidesTable, testLines } from './facts.ts';

export const comparisonMarkdown = (c: Comparison): string =>
  `${[
    `# ${c.newlySolved.length} newly solved, ${c.lost.length} lost`,
    markdownTable(sidesTable(c)),
    [...scopeLines(c), ...testLines(c)].map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
    ...pairLists(c).map(({ title, pairs, table }) =>
      pairs.length === 0 ? `## ${title}` : `## ${title}\n\n${markdownTable(table)}`,
    ),
    ...(c.differences.length === 0 ? [] : [`## What differs\n\n${markdownTable(differencesTable(c))}`]),
  ].join('\n\n')}\n`;
