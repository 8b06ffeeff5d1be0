import { fingerprintOf } from '../../src/lean-text/fingerprint.ts';
import type { Submission, Verdict } from '../../src/model/index.ts';

/** As `isDeterministic` of src/model says, whose module brings schemas along that no workflow is to build. */
const FOR_GOOD: ReadonlySet<Verdict['status']> = new Set(['rejected', 'incomplete', 'dishonest']);

/** Fingerprints remembered; some 25 bytes each. */
const MOST = 10_000;

/**
 * Proofs of a theorem that Lean has refused for good, by fingerprint, with the number of the attempt. The same proof
 * again, in other spacing or with other comments, need not be judged again.
 */
export class Refused {
  readonly #attempts: Map<string, number>;

  constructor(carried: readonly (readonly [string, number])[] = []) {
    this.#attempts = new Map(carried);
  }

  /** Number of the attempt that brought the same proof. */
  of(submission: Submission): number | null {
    return this.#attempts.get(fingerprintOf(submission)) ?? null;
  }

  /** Only refusals that the same text will meet again count: no time-outs, no crashes. */
  add(submission: Submission, verdict: Verdict, attempt: number): void {
    if (!FOR_GOOD.has(verdict.status)) return;
    const fingerprint = fingerprintOf(submission);
    if (this.#attempts.has(fingerprint)) return;
    this.#attempts.set(fingerprint, attempt);
    const [oldest] = this.#attempts.keys();
    if (this.#attempts.size > MOST && oldest !== undefined) this.#attempts.delete(oldest);
  }

  carry(): readonly (readonly [string, number])[] {
    return [...this.#attempts];
  }
}
