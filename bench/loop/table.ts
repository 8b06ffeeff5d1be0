import type { Pair } from './cases.ts';

const saved = (without: number, withIt: number): string =>
  without === 0 ? '-' : `${Math.round((1 - withIt / without) * 100)} %`;

/** Markdown. */
export const tableOf = (pairs: readonly Pair[]): string =>
  [
    '| what saves | | solved | calls | tokens in | tokens out | checks spared |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...pairs.flatMap(({ saves, with: a, without: b }) => [
      ...[b, a].map(
        (s, i) =>
          `| ${i === 0 ? saves : ''} | ${s.what} | ${s.solved} of ${s.theorems} | ${s.requests} | ${s.inputTokens} | ${Math.round(s.outputTokens)} | ${s.duplicates} |`,
      ),
      `| | **saved** | | ${saved(b.requests, a.requests)} | ${saved(b.inputTokens, a.inputTokens)} | ${saved(b.outputTokens, a.outputTokens)} | |`,
    ]),
  ].join('\n');
