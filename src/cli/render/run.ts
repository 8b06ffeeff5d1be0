import type { RunRecord, TheoremResult } from '../../model/index.ts';
import { canaryLine } from '../../words/canary.ts';
import { count, dollars, duration, moment, plural } from '../../words/units.ts';
import { fixOf, whyNot } from '../../words/why-not.ts';
import { countOutcomes, OUTCOME_STYLE, STATE_STYLE } from './outcome.ts';
import type { Paint } from './paint.ts';
import { renderTable } from './table.ts';

const LIST_HEAD = [
  { head: 'run' },
  { head: 'kind' },
  { head: 'state' },
  { head: 'solved', align: 'right' },
  { head: 'error', align: 'right' },
  { head: 'started' },
  { head: 'took', align: 'right' },
] as const;

/** `ls`: one run a row, newest first. */
export const runList = (runs: readonly RunRecord[], width: number, now: number, paint: Paint): string[] =>
  renderTable(
    LIST_HEAD,
    runs.map((run) => {
      const counts = countOutcomes(run.results);
      return [
        run.runId,
        run.kind,
        paint(STATE_STYLE[run.state], run.state),
        `${counts.solved}/${run.theoremIds.length}`,
        String(counts.error),
        moment(run.startedAt),
        duration((run.endedAt ?? now) - run.startedAt),
      ];
    }),
    width,
    paint,
  );

/** What decided the meaning of a run, as `show` prints it above the table. */
export const runFacts = (run: RunRecord, paint: Paint): string[] => {
  const { plan, limits } = run;
  const fact = (name: string, value: string) => `${paint('dim', name.padEnd(11))} ${value}`;
  const limit = (usd: number | null) => (usd === null ? 'no money limit' : `at most ${dollars(usd)}`);
  const most = (n: number | null | undefined, what: string) =>
    (n ?? null) === null ? [] : [`at most ${count(n ?? 0)} ${what}`];
  const time = (ms: number | null) => (ms === null ? 'no time limit' : `at most ${duration(ms)}`);
  return [
    fact('run', paint('bold', run.runId)),
    fact(run.kind, run.label),
    fact('state', paint(STATE_STYLE[run.state], run.state)),
    fact('started', moment(run.startedAt)),
    fact('ended', run.endedAt === null ? '-' : moment(run.endedAt)),
    fact('provers', plan.provers.join(', ')),
    fact(
      'a theorem',
      `${plural(plan.budget.rounds, 'round')} of ${plural(plan.budget.samples, 'sample')}${plan.exhaust === true ? ' (all of the first are judged)' : ''}, ${[...most(plan.budget.maxSamples, 'samples'), limit(plan.budget.costUsd), ...most(plan.budget.tokens, 'tokens'), time(plan.budget.wallMs)].join(', ')}`,
    ),
    fact(
      'the run',
      [
        (limits.autoLanes ?? null) === null
          ? `${limits.lanes} at once`
          : `${limits.lanes} at once, tuned up to ${limits.autoLanes}`,
        limit(limits.costUsd),
        ...most(limits.tokens, 'tokens'),
        ...((limits.wallMs ?? null) === null ? [] : [time(limits.wallMs ?? null)]),
      ].join(', '),
    ),
    ...(run.canary === undefined
      ? []
      : [
          fact(
            'canary',
            paint(run.canary.outcome === 'passed' ? 'green' : ['red', 'bold'], canaryLine(run.canary)),
          ),
        ]),
    ...Object.entries(run.provenance).map(([name, value]) => fact(name, value)),
  ];
};

/** Theorems that are not solved, each with its reason and notes; what mends a fault is said once. */
export const unsolvedLines = (results: readonly TheoremResult[], paint: Paint): string[] => {
  const said = new Set<string>();
  return results.flatMap((r) => {
    const why = whyNot(r);
    const head = why === '' ? [] : [`${paint(OUTCOME_STYLE[r.outcome], r.outcome)} ${r.theoremId}: ${why}`];
    const fix = fixOf(r);
    const mend = fix === null || said.has(fix) ? [] : [`  ${fix}`];
    if (fix !== null) said.add(fix);
    return [...head, ...mend, ...r.notes.map((note) => `  ${r.theoremId}: ${note}`)];
  });
};
