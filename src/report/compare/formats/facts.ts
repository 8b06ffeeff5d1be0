import { count, duration, plural } from '../../../words/units.ts';
import type { TableData } from '../../formats/facts.ts';
import { money, orNoData, percent } from '../../formats/text.ts';
import type { Comparison, Pair, Side } from '../schema.ts';

const figure = (n: number): string => count(Math.round(n * 10) / 10);

/** The two sides over the theorems that they have in common. */
export const sidesTable = ({ a, b, common }: Comparison): TableData => {
  const row = (name: string, of: (side: Side) => string): string[] => [name, of(a), of(b)];
  return {
    head: ['', 'A', 'B'],
    rows: [
      row('run', (s) => s.runs.join(', ')),
      row('suite or file', (s) => s.label),
      row('theorems with a result', (s) => count(s.theorems)),
      row(
        `solved, of ${count(common)} in common`,
        (s) => `${figure(s.solved)}${common === 0 ? '' : ` (${percent(s.solved / common)})`}`,
      ),
      row('errors', (s) => figure(s.errors)),
      row('mean time of a theorem', (s) => orNoData(s.meanMs, duration)),
      row('tokens', (s) => count(Math.round(s.tokens))),
      row('cost', (s) => money(s.usd)),
      row('cost per solved', (s) => (s.usd === null || s.solved === 0 ? '-' : money(s.usd / s.solved))),
    ],
  };
};

const p = (value: number): string => (value < 0.001 ? 'p < 0.001' : `p = ${value.toFixed(3)}`);
const points = (value: number): string => `${value >= 0 ? '+' : ''}${(100 * value).toFixed(1)}`;

const sampleLines = ({ sampleTests, noSampleTest }: Comparison): readonly string[] => [
  ...sampleTests.map((t) => {
    const [a, b] = t.modelA === t.modelB ? ['A', 'B'] : [`A (${t.modelA})`, `B (${t.modelB})`];
    const of = t.modelA === t.modelB ? ` of ${t.modelA}` : '';
    const rest =
      t.left === 0 ? '' : `; ${count(t.left)} left out, where a sample was not judged or none was asked`;
    const on = `${plural(t.theorems, 'theorem')}${rest}`;
    if (t.difference === null || t.interval === null || t.rateA === null || t.rateB === null)
      return `Samples${of}: too few theorems to test: ${on}.`;
    const said =
      t.p === null
        ? 'no theorem differs'
        : `${p(t.p)}, ${t.significant ? 'more than chance' : 'may be chance'}`;
    return `Samples${of} (randomization test on the share of right samples of each theorem): ${a} ${percent(t.rateA)}, ${b} ${percent(t.rateB)}, ${points(t.difference)} points, 95 % ${points(t.interval.low)} to ${points(t.interval.high)}, ${said}; ${on}.`;
  }),
  ...(noSampleTest === null ? [] : [`Samples: no test, because ${noSampleTest}.`]),
];

/** What can be said of chance, a sentence each. */
export const testLines = (comparison: Comparison): readonly string[] => {
  const { outcomeTest: t, time } = comparison;
  const verdict =
    t.significant === null ? 'nothing can be said' : t.significant ? 'more than chance' : 'may be chance';
  const figures =
    t.p !== null
      ? `${p(t.p)}, `
      : t.difference !== null && t.interval !== null
        ? `${points(t.difference)} points, 95 % ${points(t.interval.low)} to ${points(t.interval.high)}, `
        : '';
  return [
    `Outcomes (${t.name}): ${figures}${verdict}; ${t.on}.`,
    ...sampleLines(comparison),
    time === null
      ? 'Times: fewer than two theorems were solved by both without the store, so there is no test.'
      : `Times (paired bootstrap over ${plural(time.pairs, 'theorem')} that both solved, not from the store): B takes ${time.ratio.toFixed(2)} times as long as A, 95 % ${time.interval.low.toFixed(2)} to ${time.interval.high.toFixed(2)}, ${time.interval.low > 1 || time.interval.high < 1 ? 'more than chance' : 'may be chance'}.`,
  ];
};

/** What was not compared, and why. */
export const scopeLines = (c: Comparison): readonly string[] => [
  `${plural(c.common, 'theorem')} in common; ${count(c.bothSolved)} solved by both, ${count(c.neither)} by neither.`,
  ...(c.onlyA.length > 0
    ? [`Not compared: ${plural(c.onlyA.length, 'theorem')} with a result in A only.`]
    : []),
  ...(c.onlyB.length > 0
    ? [`Not compared: ${plural(c.onlyB.length, 'theorem')} with a result in B only.`]
    : []),
  ...(c.changed.length > 0
    ? [
        `Not compared: ${plural(c.changed.length, 'theorem')} of the same id whose statement or context differs.`,
      ]
    : []),
  ...(c.statementsCompared
    ? []
    : [
        'The theorems of a run are not in the store any more: they are taken to be the same where the ids are.',
      ]),
];

export type PairList = { readonly title: string; readonly pairs: readonly Pair[]; readonly table: TableData };

/** A page of theorems that nobody reads is cut. */
const MOST = 500;

const pairTable = (pairs: readonly Pair[]): TableData => ({
  head: ['theorem', 'A', 'B', 'time A', 'time B', 'why B does not'],
  rows: pairs
    .slice(0, MOST)
    .map((one) => [
      one.id,
      one.a.join(', '),
      one.b.join(', '),
      duration(one.aMs),
      duration(one.bMs),
      one.why.length > 200 ? `${one.why.slice(0, 200)}…` : one.why,
    ]),
  left: [1, 2, 5],
});

export const pairLists = ({ lost, newlySolved, wavering }: Comparison): readonly PairList[] =>
  (
    [
      ['Lost', lost],
      ['Newly solved', newlySolved],
      ['Solved in some of the runs', wavering],
    ] as const
  ).map(([title, pairs]) => ({
    title: `${title}: ${count(pairs.length)}${pairs.length > MOST ? `, the first ${count(MOST)}` : ''}`,
    pairs,
    table: pairTable(pairs),
  }));

export const differencesTable = ({ differences }: Comparison): TableData => ({
  head: ['differs', 'A', 'B'],
  rows: differences.map((d) => [d.what, d.a ?? '-', d.b ?? '-']),
  left: [1, 2],
});
