import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LeanService } from '../../lean/service.ts';
import type { LeanOptions, Submission, Theorem } from '../../src/model/index.ts';
import { PORTFOLIO_TACTICS } from '../../src/prover/local/portfolio.ts';
import { localProver } from '../../src/prover/local/prover.ts';
import { shapeOf } from '../../src/prover/local/statement.ts';
import { loadSuite } from '../../src/suite/load.ts';
import { onAll, openLean, PATIENT } from './support.ts';

let lean: LeanService;
beforeAll(async () => {
  lean = await openLean();
});
afterAll(() => lean.close());

/** Those of the portfolio, and what closes a goal without thought besides. */
const SINGLE = [...new Set([...PORTFOLIO_TACTICS, 'trivial', 'contradiction', 'ac_rfl', 'solve_by_elim'])];

/** Three times the wall clock of a product run: what does not close within it does not close there. */
const GENEROUS: LeanOptions = { wallMs: 60_000, heartbeats: 200_000 };
const TRIED = new Set(['rejected', 'incomplete', 'exhausted', 'timeout']);

/** Whether `intros` finds something: a `∀`, an implication or a negation behind the binders. */
const canIntroduce = (theorem: Theorem): boolean => {
  const { bound, conclusion } = shapeOf(theorem);
  return bound.some((b) => b.universal) || conclusion.some((t) => ['→', '¬', '≠'].includes(t));
};

const proofs = (texts: readonly string[]): Submission[] => texts.map((text) => ({ form: 'proof', text }));

describe('what the tactics of the portfolio close', () => {
  test('the local prover closes all of basic: at most 5 by rfl or decide, at least 8 need omega, grind or induction', async () => {
    const { theorems } = await loadSuite('basic');
    const closers = await onAll(theorems, async (challenge) => {
      // As the product does: within the heartbeats of the portfolio.
      const { heartbeats = PATIENT.heartbeats } = localProver;
      const job = { challenge, options: { ...PATIENT, heartbeats } };
      const tried = await lean.firstAccepted(job, localProver.candidates(challenge));
      const last = tried.at(-1);
      return { id: challenge.id, by: last?.verdict.status === 'accepted' ? last.submission.text : null };
    });
    expect(closers.filter((c) => c.by === null)).toEqual([]);
    const by = (pattern: RegExp): number => closers.filter((c) => pattern.test(c.by ?? '')).length;
    expect(by(/^by (intros; )?rfl$|decide$/)).toBeLessThanOrEqual(5);
    expect(by(/omega|grind|induction/)).toBeGreaterThanOrEqual(8);
  }, 900_000);

  test('none of them closes a theorem of hard alone, also not after intros', async () => {
    const { theorems } = await loadSuite('hard');
    const results = await onAll(theorems, async (challenge) => {
      const starts = canIntroduce(challenge) ? ['by ', 'by intros; '] : ['by '];
      const texts = SINGLE.flatMap((tactic) => starts.map((start) => `${start}${tactic}`));
      const tried = await lean.firstAccepted({ challenge, options: GENEROUS }, proofs(texts));
      return { id: challenge.id, texts, tried };
    });
    for (const { id, texts, tried } of results) {
      expect({ id, tried: tried.length }).toEqual({ id, tried: texts.length });
      expect(
        tried.filter((t) => t.verdict.status === 'accepted').map((t) => `${id}: ${t.submission.text}`),
      ).toEqual([]);
      // A check that never came to the tactic would prove nothing.
      const broken = tried.filter((t) => !TRIED.has(t.verdict.status));
      expect(broken.map((t) => `${id}: ${t.submission.text}: ${t.verdict.status}`)).toEqual([]);
    }
  }, 900_000);
});
