import type { AmountErrors, Errors, Evaluation } from '../../predictor/evaluate.ts';
import { count, duration, moment, plural } from '../../words/units.ts';
import type { Io } from '../io.ts';
import { renderTable } from '../render/table.ts';

const HEAD = [
  { head: 'what, and of which theorems' },
  { head: 'records', align: 'right' },
  { head: 'model', align: 'right' },
  { head: 'typical', align: 'right' },
  { head: 'mean', align: 'right' },
  { head: 'median', align: 'right' },
  { head: 'last time', align: 'right' },
  { head: 'in 80 % interval', align: 'right' },
] as const;

const GROUPS = [
  ['all', 'all'],
  ['seen', 'tried before'],
  ['fresh', 'new'],
] as const satisfies readonly (readonly [keyof Evaluation, string])[];

const amountRow = (name: string, e: AmountErrors, show: (n: number) => string): string[] => [
  name,
  count(e.n),
  ...[e.model, e.typical, e.mean, e.median, e.last].map(show),
  `${Math.round(100 * e.coverage)} %`,
];

const rowsOf = (errors: Errors, of: string): Record<'ms' | 'solved' | 'tokens', string[] | null> => {
  const score = (brier: number) => brier.toFixed(3);
  const { ms, solved, tokens } = errors;
  return {
    ms: ms && amountRow(`error of time, ${of}`, ms, duration),
    solved: solved && [
      `Brier score of success, ${of}`,
      count(solved.n),
      score(solved.model),
      '',
      score(solved.baseRate),
      '',
      score(solved.last),
      '',
    ],
    tokens: tokens && amountRow(`error of tokens, ${of}`, tokens, (n) => count(Math.round(n))),
  };
};

/** One table a prover: mean absolute errors and Brier scores, of the model and of what needs none. */
export const evaluationLines = (e: Evaluation, { stdout, paintOut }: Io): string[] => {
  const groups = GROUPS.map(([key, name]) => rowsOf(e[key], name));
  const rows = (['ms', 'solved', 'tokens'] as const).flatMap((what) =>
    groups.flatMap((group) => (group[what] === null ? [] : [group[what]])),
  );
  return [
    paintOut(
      'bold',
      `${e.prover}: trained on ${plural(e.trainedOn, 'record')} before ${moment(e.splitAt)}, tested on ${count(e.testedOn)} from then on`,
    ),
    ...renderTable(HEAD, rows, stdout.columns ?? 120, paintOut),
  ];
};
