import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LeanService } from '../../../../lean/service.ts';
import { SEARCH_LIMITS } from '../../../../src/prover/local/limits.ts';
import { findProof } from '../../../../src/prover/local/search/find.ts';
import { openLean, PATIENT } from '../../../suites/support.ts';
import { scriptedExplorer } from '../../../support/scripted-explorer.ts';
import { theoremOf } from '../../support.ts';

const options = {
  limits: { ...SEARCH_LIMITS, wallMs: 120_000 },
  experience: async () => new Map<string, number>(),
};
const order = theoremOf({ statement: 'theorem t (a b : Nat) (h : a < b) : a + 1 ≤ b', name: 't' });

test('a step that ends Lean costs itself: the search goes on, and says that it is no final word', async () => {
  const goal = 'a b : Nat\nh : a < b\n⊢ a + 1 ≤ b';
  const found = await findProof(
    order,
    scriptedExplorer(goal, (tactic) => (tactic === 'omega' ? 'crashed' : tactic === 'grind' ? [] : 'failed')),
    options,
  );
  expect(found).toMatchObject({ status: 'found', proofs: [{ form: 'proof', text: 'by grind' }] });
  const vain = await findProof(
    order,
    scriptedExplorer(goal, (tactic) => (tactic === 'omega' ? 'crashed' : 'failed')),
    options,
  );
  expect(vain).toMatchObject({ status: 'nothing', exhausted: false });
  const all = await findProof(
    order,
    scriptedExplorer(goal, () => 'failed'),
    options,
  );
  expect(all).toMatchObject({ status: 'nothing', exhausted: true });
});

test('goals that are not there again are not searched twice', async () => {
  const explorer = scriptedExplorer('n : Nat\n⊢ n = n + 0', (tactic, goal) =>
    tactic.startsWith('simp') ? [goal] : 'failed',
  );
  await findProof(order, explorer, options);
  expect(new Set(explorer.asked).size).toBe(explorer.asked.length);
});

let lean: LeanService;
beforeAll(async () => {
  lean = await openLean();
});
afterAll(() => lean.close());

test('a real instance that is killed during the search is replaced, and the proof is found all the same', async () => {
  const context = `inductive Row where
  | nil : Row
  | cons : Nat → Row → Row

def cat : Row → Row → Row
  | .nil, ys => ys
  | .cons x xs, ys => .cons x (cat xs ys)

`;
  const challenge = theoremOf({ name: 't', statement: 'theorem t (xs : Row) : cat xs .nil = xs', context });
  let kills = 0;
  const explored = await lean.explore({ challenge, options: PATIENT }, (explorer) =>
    findProof(
      challenge,
      {
        open: () => explorer.open(),
        run: async (goal, tactic, limits) => {
          // Behind the induction there is a goal that has to be reached again.
          if (kills === 0 && goal.text.includes('case')) {
            kills += 1;
            const busy = lean.status().instances.filter((i) => i.state === 'busy');
            for (const pid of new Set(busy.map((i) => i.pid))) process.kill(pid, 'SIGKILL');
          }
          return explorer.run(goal, tactic, limits);
        },
      },
      options,
    ),
  );
  expect(kills).toBe(1);
  if (explored?.found.status !== 'found') throw new Error(JSON.stringify(explored?.found));
  const verdict = await lean.judge({ challenge, options: PATIENT }, explored.found.proofs[0]!);
  expect(verdict.status).toBe('accepted');
});
