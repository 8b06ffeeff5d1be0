import { expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { Activities } from '../../activities/api.ts';
import type { TheoremProgress } from '../../src/model/index.ts';
import { gate, judged } from '../support/activities.ts';
import { SKETCH, twoSteps } from '../support/scenarios.ts';
import { theoremWorld } from '../support/theorem-world.ts';
import { answer, plan, proof, proveInput } from '../support/theorems.ts';

/* Who is asked for the steps of a sketch, and what reaches them; scripted activities on a real server. */
const { script, prove, start, client } = theoremWorld();

const GOOD = 'by good';
const isStep = (id: string): boolean => id.includes('.');
const world = (generate: Activities['generate']): Partial<Activities> => ({
  checkSketch: twoSteps,
  quote: async () => ({ usd: 0.1, tokens: 15, stored: false }),
  generate: async (input) =>
    input.kind === 'sketch' ? answer(proof(SKETCH), { costUsd: 0.1 }) : generate(input),
  verify: async ({ submission: { text } }) =>
    judged(text, text === GOOD || text.includes(`have h1 : 1 = 1 := ${GOOD}`)),
});
const sketched = (id: string, more: Parameters<typeof plan>[1] = {}, rounds = 1) =>
  proveInput(id, { plan: plan({ rounds, costUsd: 5 }, { sketch: { count: 1, depth: 1 }, ...more }) });

test('with a model of limited budget the next one is asked for the steps that it leaves', async () => {
  const noted = script(
    'several',
    world(async ({ prover, theorem }) =>
      answer(
        proof(isStep(theorem.id) && (prover === 'strong' || theorem.id.includes('h1')) ? GOOD : 'wrong'),
        {
          costUsd: 0.1,
        },
      ),
    ),
  );
  const result = await prove(
    sketched('several', { provers: ['cheap', 'strong'], proverBudgets: { cheap: { costUsd: 0.6 } } }),
  );
  expect(result).toMatchObject({ outcome: 'solved', notes: ['sketch 1: 2 of 2 steps proved'] });
  const asked = (prover: string) =>
    noted.generated.filter((g) => g.prover === prover && isStep(g.theorem.id)).map((g) => g.theorem.id);
  expect(asked('cheap').sort()).toEqual(['several.s1.h1+1', 'several.s1.h2+1']);
  expect(asked('strong')).toEqual(['several.s1.h2+2']);
  // Whole proofs, the sketch, the steps.
  expect(result.ledger.costUsd).toBeCloseTo(0.6);
});

test('the budget of each model holds over whole proofs, sketches and steps', async () => {
  const noted = script(
    'bounded',
    world(async () => answer(proof('wrong'), { costUsd: 0.1 })),
  );
  const result = await prove(
    sketched('bounded', {
      provers: ['cheap', 'strong'],
      proverBudgets: { cheap: { costUsd: 0.3 }, strong: { costUsd: 0.4 } },
    }),
  );
  expect(result.outcome).toBe('unsolved');
  const spent = (prover: string) => noted.generated.filter((g) => g.prover === prover).length * 0.1;
  expect(spent('cheap')).toBeLessThanOrEqual(0.3 + 1e-9);
  expect(spent('strong')).toBeLessThanOrEqual(0.4 + 1e-9);
  expect(noted.generated.some((g) => g.prover === 'strong' && isStep(g.theorem.id))).toBe(true);
});

test('a pause reaches the steps under way: what was asked ends, nothing more is asked until resume', async () => {
  const asked = gate();
  const go = gate();
  const noted = script(
    'held',
    world(async ({ theorem, round }) => {
      if (!theorem.id.includes('h1')) return answer(proof(isStep(theorem.id) ? GOOD : 'wrong'));
      if (round === 2) return answer(proof(GOOD));
      asked.resolve();
      await go.promise;
      return answer(proof('wrong'));
    }),
  );
  const handle = await start(sketched('held', {}, 2));
  await asked.promise;
  await handle.executeUpdate('pause');
  const step: WorkflowHandle = client().workflow.getHandle('run-held/held/s1.h1~1');
  const progress = () => step.query<TheoremProgress, []>('progress');
  while (!(await progress()).paused);
  go.resolve();
  while ((await progress()).attempts === 0);
  const h1 = () => noted.generated.filter((g) => g.theorem.id.includes('h1')).length;
  expect([h1(), (await progress()).paused, (await progress()).phase === 'done']).toEqual([1, true, false]);
  await handle.executeUpdate('resume');
  expect(await handle.result()).toMatchObject({ outcome: 'solved' });
  expect(h1()).toBe(2);
});
