import type { Cell } from './cell.ts';

const BEGIN = '<!-- bench/live: begin -->';
const END = '<!-- bench/live: end -->';

/** The measured table in Markdown. */
export const tableOf = (cells: readonly Cell[], day: string): string =>
  [
    `Measured by \`bench/live\` on ${day}, without the local prover and without the cache:`,
    '',
    '| prover | prompt | suite | solved | errors | s a call | tokens in / out | US dollars |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...cells.map(
      (c) =>
        `| ${c.prover} | ${c.prompt} | ${c.suite} | ${c.solved} of ${c.theorems} | ${c.errors} | ${c.secondsPerCall?.toFixed(1) ?? '-'} | ${c.inputTokens} / ${c.outputTokens} | ${c.costUsd?.toFixed(4) ?? 'unknown'} |`,
    ),
  ].join('\n');

/** The text with what stands between the marks replaced. Throws where the marks are missing. */
export const withTable = (readme: string, table: string): string => {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the README lacks the marks ${BEGIN} and ${END}`);
  return `${readme.slice(0, from + BEGIN.length)}\n${table}\n${readme.slice(to)}`;
};
