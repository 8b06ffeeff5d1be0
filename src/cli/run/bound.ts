import type { Config } from '../../config/config.ts';
import { MOST_STEPS, ProofloopError, type Theorem } from '../../model/index.ts';
import { ownBudgetOf } from '../../prover/index.ts';
import { variantNames } from '../../prover/prompts/variants.ts';
import type { Feedback, ModelProver } from '../../prover/prover.ts';
import { dollars, plural } from '../../words/units.ts';
import { modelProvers } from './plan.ts';

/** The most that a run may ask of models. `usd` null = a price is unknown and no limit holds. */
export type Bound = {
  readonly models: readonly string[];
  readonly calls: number;
  /** By the price list alone, whatever the limit; null = some price is unknown. */
  readonly listUsd: number | null;
  /** US dollars that can be spent at most: the smaller of price list and limit. */
  readonly usd: number | null;
  readonly limitUsd: number | null;
  /** US dollars that a usual first request may cost at most; null = a price is unknown, or no model is asked. */
  readonly requestUsd: number | null;
};

/** A refused proof with this much compiler output, and lemmas: longer ones are cut by the prompt. */
const LONG = 'x'.repeat(64 * 1024);

const MANY = Array.from({ length: 40 }, (_, i) => ({ name: `lemma_${i}`, type: LONG }));
const REFUSED: Feedback = {
  submission: { form: 'proof', text: LONG },
  diagnostics: Array.from({ length: 9 }, (_, column) => ({
    severity: 'error',
    pos: { line: 1, column },
    endPos: null,
    text: LONG,
  })),
  why: LONG,
  openGoals: Array.from({ length: 9 }, (_, i) => ({ line: i + 1, column: 0, goal: LONG })),
  unknown: Array.from({ length: 9 }, () => ({ name: 'x'.repeat(200), near: MANY })),
  repeated: 9,
};

/** The dearest of the prompts that may be asked with. */
const mostFor = (
  prover: ModelProver,
  theorem: Theorem,
  round: number,
  prompts: readonly string[],
): number | null => {
  const bounds = prompts.map((variant) =>
    prover.upperBoundUsd(
      prover.prompt({
        ...{ theorem, round, sample: 1_000, leanVersion: '4.28.0', variant, lemmas: MANY },
        feedback: round === 1 ? [] : [REFUSED],
      }),
    ),
  );
  return bounds.includes(null) ? null : Math.max(...bounds.map((usd) => usd ?? 0));
};

/** Calls for a theorem beyond those for whole proofs: its sketches, and whole proofs of all their steps. */
const stepCalls = ({ sketches, sketchDepth }: Config['run'], whole: number): number => {
  let all = whole;
  for (let depth = 0; depth < sketchDepth; depth += 1) all = whole + sketches * (1 + MOST_STEPS * all);
  return all - whole;
};

/**
 * What the models can be asked and what it can cost, before anything is asked.
 * Throws PRICE_UNKNOWN if a money limit is set and a model has no price; PROVER_UNKNOWN.
 */
export const boundOf = (
  config: Config,
  provers: ReadonlyMap<string, ModelProver>,
  theorems: readonly Theorem[],
): Bound => {
  const { maxSamples, maxCostUsd, theoremMaxCostUsd } = config.run;
  const prompts = config.run.prompt === null ? variantNames() : [config.run.prompt];
  let listUsd: number | null = 0;
  let calls = 0;
  const firsts: number[] = [];
  const models: string[] = [];
  for (const name of modelProvers(config)) {
    const prover = provers.get(name);
    if (prover === undefined) throw new ProofloopError('PROVER_UNKNOWN', `there is no prover '${name}'`);
    const own = ownBudgetOf(config, name) ?? {};
    const { rounds = config.run.maxRounds, samples = config.run.samples } = own;
    const most = maxSamples ?? Number.POSITIVE_INFINITY;
    const asked = Math.min(rounds * samples, most);
    const inSteps = Math.min(stepCalls(config.run, rounds * samples), most - asked);
    const [limitName, limit] =
      maxCostUsd !== null
        ? ['--max-cost', maxCostUsd]
        : theoremMaxCostUsd !== null
          ? ['--theorem-max-cost', theoremMaxCostUsd]
          : ['max_cost of its profile', own.costUsd ?? null];
    models.push(prover.model);
    calls += theorems.length * (asked + inSteps);
    for (const theorem of theorems) {
      // Repair prompts of all later rounds are bounded by the longest one.
      const [first, later] = [mostFor(prover, theorem, 1, prompts), mostFor(prover, theorem, 2, prompts)];
      if (first === null || later === null) {
        if (limit !== null)
          throw new ProofloopError(
            'PRICE_UNKNOWN',
            `the price of ${prover.model} is not known, so ${limitName} ${limit} cannot be kept`,
            {
              fix: `Give the price in the configuration ([[prices]] with model = "${prover.model}"), or ${own.costUsd === limit ? 'leave it out' : `say ${limitName} none`}.`,
            },
          );
        listUsd = null;
        continue;
      }
      firsts.push(first);
      if (listUsd !== null && asked + inSteps > 0) {
        const fresh = Math.min(samples, asked);
        listUsd += fresh * first + (asked - fresh) * Math.max(first, later);
        listUsd += inSteps * Math.max(first, later);
      }
    }
  }
  const limits = [
    listUsd,
    maxCostUsd,
    theoremMaxCostUsd === null ? null : theoremMaxCostUsd * theorems.length,
  ].filter((n) => n !== null);
  const usd = limits.length === 0 ? null : Math.min(...limits);
  const requestUsd = listUsd === null ? null : middleOf(firsts);
  return { models, calls, listUsd, usd, limitUsd: maxCostUsd, requestUsd };
};

const middleOf = (all: readonly number[]): number | null =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? null;

/** Said where the money limit does not reserve a request for each theorem at work; null where it does. */
export const reserveLine = ({ requestUsd, limitUsd }: Bound, lanes: number): string | null => {
  if (requestUsd === null || limitUsd === null || requestUsd * lanes <= limitUsd) return null;
  const most = Math.max(1, Math.floor(limitUsd / requestUsd));
  return (
    `A request may cost up to ${dollars(requestUsd)}, so ${dollars(limitUsd)} (--max-cost) lets ${plural(most, 'theorem')} ` +
    `of ${lanes} ask at the same time.`
  );
};

/** The line before the first call; null where no model is asked. */
export const boundLine = (bound: Bound): string | null => {
  if (bound.models.length === 0) return null;
  const limit =
    bound.limitUsd === null ? 'no money limit' : `stops at ${dollars(bound.limitUsd)} (--max-cost)`;
  const list =
    bound.listUsd === null ? 'price unknown' : `at most ${dollars(bound.listUsd)} by the price list`;
  return `Model ${bound.models.join(', ')}: at most ${plural(bound.calls, 'call')}, ${list}; ${limit}.`;
};
