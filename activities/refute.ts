import { negationOf } from '../src/lean-text/negation.ts';
import type { LeanOptions, Refutation, Submission, Theorem, Verdict } from '../src/model/index.ts';
import { definitionsOf } from '../src/prover/local/definitions.ts';
import { shapeOf } from '../src/prover/local/statement.ts';
import {
  batch,
  byInstance,
  closersFor,
  constructorsOf,
  type Instance,
  instancesOf,
  picked,
  SHOW,
  shown,
  telescope,
} from '../src/prover/refute/index.ts';
import { whileAlive } from './alive.ts';
import type { LeanActivities, RefuteInput } from './api.ts';
import { type Case, caseOf, type JudgingDeps, settle } from './judging.ts';

/**
 * How much Lean may work for it: milliseconds in all and at a time, heartbeats (in thousands) at a time, and instances.
 * `glance` is what each theorem pays before the local search, `quick` before the first model call, `full` what is worth it
 * when nobody proved it.
 */
const EFFORTS = {
  glance: { totalMs: 1_000, wallMs: 1_000, heartbeats: 2_000, instances: 24 },
  quick: { totalMs: 1_500, wallMs: 1_500, heartbeats: 20_000, instances: 120 },
  full: { totalMs: 5_000, wallMs: 2_500, heartbeats: 40_000, instances: 240 },
} as const;

/** Instances that are tried in one elaboration, and the least that a batch which ran out of its limits is cut to. */
const BATCH = 40;
const SMALLEST = 5;
/** More universe parameters than this are not tried. */
const MOST_LEVELS = 4;

/** Looks for a counterexample among small values, and has the negation judged like any theorem. */
export const refuteActivities = (deps: JudgingDeps): Pick<LeanActivities, 'refute'> => ({
  refute: (input) =>
    whileAlive(async (signal) => {
      const search = new Search(deps, input, signal);
      const refutation = await search.run();
      return { refutation, leanMs: search.leanMs };
    }),
});

type Stated = { readonly negation: Theorem; readonly printed: string };

class Search {
  leanMs = 0;
  readonly #deps: JudgingDeps;
  readonly #input: RefuteInput;
  readonly #signal: AbortSignal;

  constructor(deps: JudgingDeps, input: RefuteInput, signal: AbortSignal) {
    this.#deps = deps;
    this.#input = input;
    this.#signal = signal;
  }

  async run(): Promise<Refutation | null> {
    const { theorem, lean, cache, effort } = this.#input;
    const stated = await this.#stated(theorem);
    if (stated === null) return null;
    const { negation, printed } = stated;
    const one = await caseOf(this.#deps, negation, lean);
    const known = cache ? await this.#deps.store.getProof(one.proofKey) : null;
    if (known !== null)
      return { statement: negation.statement, submission: known.submission, verdict: known.verdict };
    const types = constructorsOf(theorem.context);
    const instances = instancesOf(telescope(printed), types, EFFORTS[effort].instances);
    const { functions } = definitionsOf(theorem.context, shapeOf(theorem).words);
    for (const { tactic, most } of closersFor(functions, effort)) {
      const found = await this.#among(negation, instances.slice(0, most), tactic);
      if (found === null) continue;
      const refutation = await this.#judged(one, found, tactic);
      if (refutation !== null) return refutation;
    }
    return null;
  }

  /** The negation, and what it negates as Lean prints it; null when it can not be stated. */
  async #stated(theorem: Theorem): Promise<Stated | null> {
    const plain = await this.#shown(negationOf(theorem));
    if (plain === null || !/\b(?:Type|Sort) [\p{L}_(]/u.test(plain.printed)) return plain;
    // Values are chosen from types of one universe: the instance at the lowest is as good as any.
    const level = /\bSort\b/.test(plain.printed) ? 1 : 0;
    let last: Stated | null = null;
    for (let n = 1; n <= MOST_LEVELS; n += 1) {
      const next = await this.#shown(negationOf(theorem, Array(n).fill(level)));
      if (next === null) break;
      last = next;
    }
    return last;
  }

  async #shown(negation: Theorem): Promise<Stated | null> {
    const verdict = await this.#screen(negation, SHOW);
    const printed = verdict === null ? null : shown(textsOf(verdict));
    return printed === null ? null : { negation, printed };
  }

  /** The first instance that the tactic shows to be false. */
  async #among(negation: Theorem, instances: readonly Instance[], tactic: string): Promise<Instance | null> {
    const left: (readonly Instance[])[] = [];
    for (let i = 0; i < instances.length; i += BATCH) left.push(instances.slice(i, i + BATCH));
    for (let part = left.shift(); part !== undefined; part = left.shift()) {
      const verdict = await this.#screen(negation, batch(part, tactic));
      if (verdict === null) return null;
      const index = verdict.status === 'accepted' ? picked(textsOf(verdict)) : null;
      if (index !== null) return part[index] ?? null;
      const half = Math.ceil(part.length / 2);
      if ((verdict.status === 'exhausted' || verdict.status === 'timeout') && half >= SMALLEST)
        left.unshift(part.slice(0, half), part.slice(half));
      // What cannot be decided at all will not be for other values.
      if (tactic === 'decide' && textsOf(verdict).some((text) => UNDECIDABLE.test(text))) return null;
    }
    return null;
  }

  async #judged(one: Case, instance: Instance, tactic: string): Promise<Refutation | null> {
    for (const text of byInstance(instance, tactic)) {
      const submission: Submission = { form: 'proof', text };
      const screened = await this.#deps.lean.screen(one.job, submission, { signal: this.#signal });
      if (screened.status !== 'accepted') continue;
      const { verdict, leanMs } = await settle(this.#deps, one, submission, screened, this.#signal);
      this.leanMs += leanMs;
      if (verdict.status !== 'accepted') continue;
      const { statement } = one.theorem;
      const said = instance.said === '' ? {} : { counterexample: instance.said };
      return { statement, submission, verdict, ...said };
    }
    return null;
  }

  /** Null when the time for it is over. */
  async #screen(negation: Theorem, text: string): Promise<Verdict | null> {
    const { totalMs, wallMs, heartbeats } = EFFORTS[this.#input.effort];
    if (this.leanMs >= totalMs) return null;
    const { lean } = this.#input;
    const options: LeanOptions = {
      wallMs: Math.min(lean.wallMs, wallMs),
      heartbeats: lean.heartbeats === 0 ? heartbeats : Math.min(lean.heartbeats, heartbeats),
    };
    const { job } = await caseOf(this.#deps, negation, options);
    const call = { signal: this.#signal };
    const verdict = await this.#deps.lean.screen(job, { form: 'proof', text }, call);
    this.leanMs += verdict.ms;
    return verdict;
  }
}

const UNDECIDABLE = /failed to synthesize[\s\S]*Decidable/;

const textsOf = (verdict: Verdict): readonly string[] =>
  'diagnostics' in verdict ? verdict.diagnostics.map((d) => d.text) : [];
