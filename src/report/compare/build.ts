import { isFromStore } from '../../model/index.ts';
import { whyNot } from '../../words/why-not.ts';
import type { Made } from '../report/build.ts';
import type { Entry, RunData } from '../report/data.ts';
import { costOf } from '../statistics/cost.ts';
import { mean } from '../statistics/numbers.ts';
import { mcNemar, meanDifference, meanRatio } from '../statistics/paired.ts';
import { matched, type Paired } from './pairs.ts';
import { sampleTests } from './samples.ts';
import { COMPARISON_VERSION, type Comparison, type Pair, type Side } from './schema.ts';

const isSolved = ({ result }: Entry): boolean => result.outcome === 'solved';
const isError = ({ result }: Entry): boolean =>
  result.outcome === 'error' || result.stoppedBy === 'cancelled';
const rate = (entries: readonly Entry[]): number => entries.filter(isSolved).length / entries.length;
const meanMs = (entries: readonly Entry[]): number => mean(entries.map((e) => e.result.ledger.totalMs))!;

const pairOf = ({ id, a, b }: Paired): Pair => ({
  id,
  a: a.map((e) => e.result.outcome),
  b: b.map((e) => e.result.outcome),
  aMs: meanMs(a),
  bMs: meanMs(b),
  why: b.map((e) => whyNot(e.result)).find((why) => why !== '') ?? '',
});

const sideOf = (runs: readonly RunData[], entries: readonly (readonly Entry[])[]): Side => {
  const all = entries.flat();
  const { inputTokens, outputTokens, usd } = costOf(all.map((e) => e.result));
  const of = (n: number) => n / runs.length;
  return {
    runs: runs.map(({ run }) => run.runId),
    label: [...new Set(runs.map(({ run }) => run.label))].join(', '),
    theorems: Math.max(...runs.map((one) => one.entries.length)),
    solved: of(all.filter(isSolved).length),
    errors: of(all.filter(isError).length),
    meanMs: all.length === 0 ? null : meanMs(all),
    tokens: of(inputTokens + outputTokens),
    usd: usd === null ? null : of(usd),
    provenance: runs[0]!.run.provenance,
  };
};

/** One run each is one observation of a theorem, so only the split of the changes can be tested; repeats give rates. */
const outcomeTest = (pairs: readonly Paired[], repeated: boolean): Comparison['outcomeTest'] => {
  const judged = pairs.filter(({ a, b }) => ![...a, ...b].some(isError));
  const left = pairs.length - judged.length;
  const without = left === 0 ? '' : `; ${left} left out because a run ended in an error there`;
  if (!repeated) {
    const better = judged.filter(({ a, b }) => !isSolved(a[0]!) && isSolved(b[0]!)).length;
    const worse = judged.filter(({ a, b }) => isSolved(a[0]!) && !isSolved(b[0]!)).length;
    const p = mcNemar(better, worse);
    const on = `${better} that only B solved against ${worse} that only A solved, of ${judged.length} theorems${without}`;
    return {
      name: 'exact McNemar',
      on: p === null ? `none came out differently, so there is nothing to test: ${on}` : on,
      ...{ p, difference: null, interval: null, significant: p === null ? null : p < 0.05 },
    };
  }
  const found = meanDifference(judged.map(({ a, b }) => rate(b) - rate(a)));
  const on = `the share of runs that solved it, of ${judged.length} theorems${without}`;
  return {
    name: 'paired bootstrap',
    on: found === null ? `too few theorems to test: ${on}` : on,
    p: null,
    difference: found?.mean ?? null,
    interval: found?.interval ?? null,
    significant: found === null ? null : found.interval.low > 0 || found.interval.high < 0,
  };
};

/** B against A: runs of one side are repeats of the same. */
export const comparisonOf = (a: readonly RunData[], b: readonly RunData[], made: Made): Comparison => {
  const { pairs, ...rest } = matched(a, b);
  const repeated = a.length > 1 || b.length > 1;
  const [always, never] = [1, 0];
  const where = (inA: number, inB: number) => pairs.filter((p) => rate(p.a) === inA && rate(p.b) === inB);
  const wavers = (p: Paired) => [rate(p.a), rate(p.b)].some((r) => r !== always && r !== never);
  const sides = {
    a: sideOf(
      a,
      pairs.map((p) => p.a),
    ),
    b: sideOf(
      b,
      pairs.map((p) => p.b),
    ),
  };
  const timed = where(always, always).filter((p) => ![...p.a, ...p.b].some((e) => isFromStore(e.result)));
  return {
    comparison: COMPARISON_VERSION,
    madeAt: made.at,
    madeBy: made.by,
    ...sides,
    ...rest,
    common: pairs.length,
    newlySolved: where(never, always).map(pairOf),
    lost: where(always, never).map(pairOf),
    wavering: pairs.filter(wavers).map(pairOf),
    bothSolved: where(always, always).length,
    neither: where(never, never).length,
    outcomeTest: outcomeTest(pairs, repeated),
    ...sampleTests(a, b, pairs),
    time: meanRatio(timed.map((p) => [meanMs(p.a), meanMs(p.b)] as const)),
    differences: differences(a[0]!, b[0]!),
  };
};

/** Ids of texts in the store say nothing to people. */
const HIDDEN = new Set(['source', 'predictions', 'retryOf', 'series']);

const differences = (a: RunData, b: RunData): Comparison['differences'] => {
  const facts = ({ run }: RunData): Readonly<Record<string, string>> => ({
    ...run.provenance,
    provers: run.plan.provers.join(', '),
    rounds: String(run.plan.budget.rounds),
    samples: String(run.plan.budget.samples),
    exhaust: String(run.plan.exhaust === true),
    lanes: String(run.limits.lanes),
    cache: String(run.plan.cache),
  });
  const [ofA, ofB] = [facts(a), facts(b)];
  return [...new Set([...Object.keys(ofA), ...Object.keys(ofB)])]
    .filter((what) => !HIDDEN.has(what) && ofA[what] !== ofB[what])
    .map((what) => ({ what, a: ofA[what] ?? null, b: ofB[what] ?? null }));
};

/** What `--fail-on-lost` counts: solved in every run of A and in none of B, and with repeats what B solves less often. */
export const lostIn = ({ lost, wavering }: Comparison): number => {
  const share = (outcomes: readonly string[]) =>
    outcomes.filter((o) => o === 'solved').length / outcomes.length;
  return lost.length + wavering.filter((p) => share(p.a) === 1 && share(p.b) < 1).length;
};
