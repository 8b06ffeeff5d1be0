import { DIFFICULTIES } from '../../model/index.ts';
import { calibrationOf } from '../statistics/calibration.ts';
import { concurrencyOf } from '../statistics/concurrency.ts';
import { kpisOf } from '../statistics/kpis.ts';
import { leanShare } from '../statistics/lean-share.ts';
import type { Entry, RunData } from './data.ts';
import { figuresOf } from './figures.ts';
import { rowOf } from './rows.ts';
import { type Group, REPORT_VERSION, type Report } from './schema.ts';

export type Made = { readonly at: number; readonly by: string };

/** The report on a run as data. */
export const reportOf = (data: RunData, made: Made): Report => {
  const { run, entries, predictions, events } = data;
  const { runId, kind, label, state, startedAt, endedAt, plan, limits, provenance, canary } = run;
  const results = entries.map((entry) => entry.result);
  const finished = new Set(results.map((r) => r.theoremId));
  const figures = figuresOf(entries);
  const utilisation = leanShare(run, results, data.utilisation);
  const concurrency = concurrencyOf(results);
  return {
    report: REPORT_VERSION,
    madeAt: made.at,
    madeBy: made.by,
    run: {
      ...{ runId, kind, label, state, startedAt, endedAt, plan, limits },
      wallMs: (endedAt ?? made.at) - startedAt,
    },
    provenance,
    canary: canary ?? null,
    total: run.theoremIds.length,
    ...figures,
    difficulties: groups(entries, (entry) => entry.result.difficulty, DIFFICULTIES),
    categories: groups(entries, (entry) => entry.result.category),
    utilisation,
    concurrency,
    kpis: kpisOf({
      success: figures.success,
      errors: entries.length === 0 ? null : figures.outcomes.error / entries.length,
      meanMs: figures.times.mean,
      concurrency,
      utilisation,
    }),
    calibration: calibrationOf(results, predictions),
    events,
    theorems: entries.map((entry) => rowOf(entry, predictions)),
    unfinished: run.theoremIds.filter((id) => !finished.has(id)),
  };
};

/** In the order given, else by name; theorems without one come last, as `not given`. */
const groups = (
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string | null,
  order: readonly string[] = [],
): readonly Group[] => {
  const place = (name: string | null) =>
    name === null ? Number.POSITIVE_INFINITY : order.includes(name) ? order.indexOf(name) : order.length;
  return [...Map.groupBy(entries, nameOf)]
    .sort(([a], [b]) => place(a) - place(b) || (a ?? '').localeCompare(b ?? ''))
    .map(([name, members]) => ({
      name: name ?? 'not given',
      total: members.length,
      ...figuresOf(members),
    }));
};
