import { ORDERS, type Order } from '../../src/scheduler/order.ts';
import { planRun } from '../../src/scheduler/plan.ts';
import { lowerBound, simulate } from '../../src/scheduler/simulate.ts';
import { jobsKnowing, KNOWLEDGE, type Knowledge, type Learned } from './predicted.ts';
import type { RecordedTime, Rounds } from './recorded.ts';

export type Cell = {
  readonly lanes: number;
  readonly knowledge: Knowledge;
  readonly order: Order;
  readonly makespanMs: number;
  /** Of the recorded times, whatever the order. */
  readonly lowerBoundMs: number;
  /** Makespan over lower bound. */
  readonly ratio: number;
  /** From the start of the run to a proof, mean over those that are found. */
  readonly meanToProofMs: number;
  /** Proofs after a quarter and a half of the lower bound. */
  readonly solvedAtQuarter: number;
  readonly solvedAtHalf: number;
};

const play = (rows: readonly RecordedTime[], lanes: number) => {
  const { starts, makespan } = simulate(
    rows.map(({ ms }) => ms),
    lanes,
  );
  const proofs = rows.flatMap((row, i) => (row.outcome === 'solved' ? [starts[i]! + row.ms] : []));
  return { makespan, proofs };
};

/** Plays the recorded times in the order that each policy makes of what is known before. */
export const compare = (
  rounds: Rounds,
  learned: Learned,
  lanesOf: readonly number[],
  of: readonly Knowledge[] = KNOWLEDGE,
): readonly Cell[] => {
  const { round } = rounds;
  const byId = new Map(round.map((row) => [row.id, row]));
  return lanesOf.flatMap((lanes) => {
    const bound = lowerBound(
      round.map(({ ms }) => ms),
      lanes,
    );
    return of.flatMap((knowledge) =>
      ORDERS.map((order): Cell => {
        const asked = { lanes, order, withinMs: null, maxCostUsd: null };
        const run = planRun(jobsKnowing(knowledge, rounds, learned), asked).jobs.map(
          ({ id }) => byId.get(id)!,
        );
        const { makespan, proofs } = play(run, lanes);
        const by = (ms: number) => proofs.filter((at) => at <= ms).length;
        return {
          ...{ lanes, knowledge, order, makespanMs: makespan, lowerBoundMs: Math.round(bound) },
          ratio: makespan / bound,
          meanToProofMs: Math.round(proofs.reduce((sum, at) => sum + at, 0) / Math.max(1, proofs.length)),
          solvedAtQuarter: by(bound / 4),
          solvedAtHalf: by(bound / 2),
        };
      }),
    );
  });
};

export type Within = {
  readonly lanes: number;
  /** Of the lower bound of all theorems. */
  readonly share: number;
  readonly withinMs: number;
  readonly knowledge: Knowledge;
  readonly chosen: number;
  readonly solved: number;
  /** In the order of the file, until the time is up. */
  readonly solvedInFileOrder: number;
  readonly exact: boolean;
  readonly bound: number;
};

/** What `--within` brings: the theorems chosen by what is known, run by value with the recorded times, cut off then. */
export const compareWithin = (
  rounds: Rounds,
  learned: Learned,
  lanesOf: readonly number[],
  of: readonly Knowledge[] = KNOWLEDGE,
): readonly Within[] => {
  const { round } = rounds;
  const byId = new Map(round.map((row) => [row.id, row]));
  const times = round.map(({ ms }) => ms);
  return lanesOf.flatMap((lanes) =>
    [0.25, 0.5].flatMap((share) => {
      const withinMs = Math.round(share * lowerBound(times, lanes));
      const by = (rows: readonly RecordedTime[]) =>
        play(rows, lanes).proofs.filter((at) => at <= withinMs).length;
      return of
        .filter((k) => k !== 'none')
        .map((knowledge): Within => {
          const jobs = jobsKnowing(knowledge, rounds, learned);
          const room = { lanes, withinMs, maxCostUsd: null };
          const plan = planRun(jobs, { ...room, order: null });
          return {
            ...{ lanes, share, withinMs, knowledge, chosen: plan.jobs.length },
            solved: by(plan.jobs.map(({ id }) => byId.get(id)!)),
            solvedInFileOrder: by(round),
            exact: plan.selection?.exact ?? true,
            bound: plan.selection?.bound ?? plan.jobs.length,
          };
        });
    }),
  );
};
