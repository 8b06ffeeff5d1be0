import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LeanService } from '../../../lean/service.ts';
import { theoremOf } from '../../prover/support.ts';
import { openLean, PATIENT } from '../../suites/support.ts';

let lean: LeanService;
beforeAll(async () => {
  lean = await openLean();
});
afterAll(() => lean.close());

const job = (statement: string) => ({
  challenge: theoremOf({ name: 't', statement: `theorem t ${statement}` }),
  options: PATIENT,
});
const STEP = { heartbeats: 20_000, wallMs: 30_000 };

test('a tactic leaves goals, each by itself', async () => {
  await lean.explore(job('(xs : List Nat) : xs ++ [] = xs'), async (explorer) => {
    const goal = await explorer.open();
    if (typeof goal === 'string') throw new Error(goal);
    const step = await explorer.run(goal, 'induction xs', STEP);
    if (step.status !== 'goals') throw new Error(step.status);
    expect(step.goals.map((g) => g.text.split('\n')[0])).toEqual(['case nil', 'case cons']);
    for (const one of step.goals)
      expect(await explorer.run(one, 'simp', STEP)).toMatchObject({ status: 'goals', goals: [] });
  });
});

test('an error is no step, also where Lean would go on behind it', async () => {
  await lean.explore(job('(a b : Nat) : a + b = b + a'), async (explorer) => {
    const goal = (await explorer.open()) as { text: string };
    for (const tactic of [
      'exact foo',
      'have h : a = b := by omega',
      'first | exact foo',
      'simp (',
      'constructor',
    ])
      expect([tactic, (await explorer.run(goal, tactic, STEP)).status]).toEqual([tactic, 'failed']);
    expect(await explorer.run(goal, 'omega', STEP)).toMatchObject({ status: 'goals', goals: [] });
  });
});

test('what a tactic says comes back with its own step only', async () => {
  await lean.explore(job('(a b : Nat) (h : a ≤ b) : a * 3 ≤ b * 3 ∧ True'), async (explorer) => {
    const goal = (await explorer.open()) as { text: string };
    const split = await explorer.run(goal, 'show_term constructor', STEP);
    if (split.status !== 'goals') throw new Error(split.status);
    expect(split.said).toEqual(['Try this:\n  [apply] refine ⟨?_, ?_⟩']);
    const asked = await explorer.run(split.goals[0]!, 'exact?', STEP);
    expect(asked).toMatchObject({ status: 'goals', goals: [] });
    expect(asked).toMatchObject({ said: ['Try this:\n  [apply] exact Nat.mul_le_mul_right 3 h'] });
  });
});

test('a step that hangs costs itself: goals behind it are reached again', async () => {
  await lean.explore(job('(n : Nat) (h : n = 1) : n = 1 ∧ 5 ^ 999999 % 7 = 6'), async (explorer) => {
    const goal = (await explorer.open()) as { text: string };
    const both = await explorer.run(goal, 'constructor', STEP);
    if (both.status !== 'goals') throw new Error(both.status);
    expect(await explorer.run(both.goals[1]!, 'omega', { ...STEP, wallMs: 300 })).toMatchObject({
      status: 'timeout',
    });
    expect(await explorer.run(both.goals[0]!, 'exact h', STEP)).toMatchObject({ status: 'goals', goals: [] });
  });
});

test('a cancelled search ends with the reason, and the slot goes on', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const exploring = lean.explore(
    job('(f : Nat → Nat) (h : ∀ x, f x = f (x + 1)) : f 0 = 7'),
    async (explorer) => {
      const goal = (await explorer.open()) as { text: string };
      setTimeout(() => abort.abort(reason), 200);
      for (;;)
        await explorer.run(goal, 'simp (config := {maxSteps := 1000000000}) [h]', {
          heartbeats: 0,
          wallMs: 60_000,
        });
    },
    { signal: abort.signal },
  );
  await expect(exploring).rejects.toBe(reason);
  expect(await lean.screen(job(': 1 = 1'), { form: 'proof', text: 'by rfl' })).toMatchObject({
    status: 'accepted',
  });
});
