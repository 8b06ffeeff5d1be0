import { canaryLine } from '../../words/canary.ts';
import { count, duration, plural } from '../../words/units.ts';
import type { Group, Report } from '../report/schema.ts';
import { estimateText, kpiValue, kpiVerdict, money, NO_DATA, orNoData, percent } from './text.ts';

/** A table for people, whatever it is printed in. The first column is text, others are numbers unless `left` says so. */
export type TableData = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns beside the first that hold text. */
  readonly left?: readonly number[];
};

export const kpiTable = ({ kpis }: Pick<Report, 'kpis'>): TableData => ({
  head: ['KPI', 'value', 'target', '', 'what it is'],
  rows: kpis.map((kpi) => [kpi.name, kpiValue(kpi), kpi.target, kpiVerdict(kpi), kpi.definition]),
  left: [3, 4],
});

const GROUP_HEAD = [
  ...['theorems', 'solved', 'unsolved', 'refuted', 'conditional', 'error', 'success (95 %)'],
  ...['mean time', 'median', 'tokens', 'cost', 'per solved'],
];

const groupCells = (group: Omit<Group, 'name'>): string[] => {
  const { outcomes: o, times, cost, success } = group;
  return [
    ...[group.total, o.solved, o.unsolved, o.refuted, o.conditional, o.error].map((n) => count(n)),
    orNoData(success.value, percent) +
      (success.interval === null
        ? ''
        : ` (${percent(success.interval.low).replace(' %', '')} to ${percent(success.interval.high)})`),
    orNoData(times.mean, duration),
    orNoData(times.median, duration),
    count(cost.inputTokens + cost.outputTokens),
    money(cost.usd),
    cost.usdPerSolved === null ? '-' : money(cost.usdPerSolved),
  ];
};

/** One row a difficulty or category, and all of them together. */
export const groupTable = (what: string, groups: readonly Group[], report: Report): TableData => ({
  head: [what, ...GROUP_HEAD],
  rows: [...groups.map((group) => [group.name, ...groupCells(group)]), ['all', ...groupCells(report)]],
});

/** pass@k of each model and refine@k of the whole loop. */
export const atKTable = ({ models, refineAtK }: Pick<Report, 'models' | 'refineAtK'>): TableData => ({
  head: ['estimate', 'k', 'value', 'theorems', 'without samples'],
  rows: [
    ...models.flatMap(({ prover, passAtK }) =>
      passAtK.map((e) => [
        `pass@k of ${prover}`,
        String(e.k),
        estimateText(e),
        count(e.theorems),
        count(e.without),
      ]),
    ),
    ...refineAtK.map((e) => [
      'refine@k of the loop',
      String(e.k),
      estimateText(e),
      count(e.theorems),
      count(e.without),
    ]),
  ],
});

/** The same of each difficulty or category, for the largest k. */
export const groupAtKTable = (what: string, groups: readonly Group[]): TableData => ({
  head: [what, 'estimate', 'k', 'value', 'theorems'],
  rows: groups.flatMap(({ name, models, refineAtK }) => {
    const row = (estimate: string, e: Group['refineAtK'][number] | undefined) =>
      e === undefined ? [] : [[name, estimate, String(e.k), estimateText(e), count(e.theorems)]];
    return [
      ...models.flatMap(({ prover, passAtK }) => row(`pass@k of ${prover}`, passAtK.at(-1))),
      ...row('refine@k', refineAtK.at(-1)),
    ];
  }),
  left: [1],
});

/** Where the time went, of all theorems and of one. */
export const timeTable = ({ times, finished }: Pick<Report, 'times' | 'finished'>): TableData => {
  const { lean, model, cache, rest } = times.components;
  const all = lean + model + cache + rest;
  const row = (name: string, ms: number) => [
    name,
    duration(ms),
    finished === 0 ? NO_DATA : duration(ms / finished),
    all === 0 ? NO_DATA : percent(ms / all),
  ];
  return {
    head: ['time', 'all theorems', 'a theorem', 'share'],
    rows: [
      row('Lean', lean),
      row('model', model),
      row('cache', cache),
      row('orchestration and waiting', rest),
    ],
  };
};

/** What else a reader has to know, one fact a line. */
export const factLines = (report: Report): readonly (readonly [string, string])[] => {
  const { run, times, cost, utilisation, concurrency, outcomes } = report;
  const { plan, limits } = run;
  const unfinished = report.total - report.finished;
  return [
    ['run', run.runId],
    [run.kind, run.label],
    [
      'state',
      `${run.state}${unfinished > 0 ? `; ${plural(unfinished, 'theorem')} without a result, left out of all rates` : ''}`,
    ],
    ['started', new Date(run.startedAt).toISOString()],
    ['took', duration(run.wallMs)],
    ['provers', plan.provers.join(', ')],
    [
      'plan',
      `${plural(plan.budget.rounds, 'round')} of ${plural(plan.budget.samples, 'sample')}${plan.exhaust === true ? ' (all of the first are judged)' : ''}, ${plural(limits.lanes, 'lane')}, ${limits.costUsd === null ? 'no money limit' : `at most ${money(limits.costUsd)}`}`,
    ],
    ['success', estimateText(report.success)],
    [
      'time of a theorem',
      `mean ${orNoData(times.mean, duration)}, median ${orNoData(times.median, duration)}, 95 % within ${orNoData(times.p95, duration)}, longest ${orNoData(times.max, duration)}${times.overlapping > 0 ? `; samples of ${plural(times.overlapping, 'theorem')} ran side by side, so Lean and model add up to more than they took` : ''}`,
    ],
    [
      'in flight',
      concurrency === null ? NO_DATA : `sustained ${concurrency.sustained}, at the most ${concurrency.peak}`,
    ],
    [
      'Lean slots busy',
      utilisation.value === null
        ? NO_DATA
        : `${percent(utilisation.value)} (${utilisation.source === 'workers' ? 'as the workers sampled them' : 'Lean time of the theorems over slots and time of the run'})`,
    ],
    [
      'model',
      `${plural(cost.modelCalls, 'call')}, ${count(cost.inputTokens)} tokens in, ${count(cost.outputTokens)} out, ${money(cost.usd)}${cost.usdPerSolved === null ? '' : `, ${money(cost.usdPerSolved)} a solved theorem`}`,
    ],
    ...(cost.estimatedUsd > 0 || cost.estimatedTokens > 0
      ? [
          [
            'estimated',
            `of it at most ${money(cost.estimatedUsd)} and ${count(cost.estimatedTokens)} tokens beside, for requests of which nobody knows what was billed`,
          ] as const,
        ]
      : []),
    [
      'cache',
      `${plural(report.cachedProofs, 'proof')} of ${count(outcomes.solved)} taken from the store, ${plural(cost.cachedAnswers, 'model answer')} and ${count(cost.cachedTokens)} tokens not paid again`,
    ],
    ['canary', report.canary === null ? 'none was judged' : canaryLine(report.canary)],
  ];
};
