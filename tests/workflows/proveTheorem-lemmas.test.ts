import { expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { HintsInput } from '../../activities/api.ts';
import { theoremWorld } from '../support/theorem-world.ts';
import { answer, plan, proof, proveInput } from '../support/theorems.ts';

const world = theoremWorld();
const LEMMAS = [{ name: 'Nat.add_comm', type: '∀ (n m : Nat), n + m = m + n' }];
const input = (id: string, provers: readonly string[] = ['model'], lemmas = 24) =>
  proveInput(id, { plan: plan({ rounds: 2, samples: 2 }, { lemmas, provers: [...provers] }) });
const wrong = { generate: async () => answer(proof('wrong')) };

const finder = () => {
  const asked: HintsInput[] = [];
  const hints = async (one: HintsInput) => {
    asked.push(one);
    return { lemmas: LEMMAS, leanMs: 7 };
  };
  return { asked, hints };
};

test('lemmas are looked up once, and every request of the theorem has them', async () => {
  const { asked, hints } = finder();
  const noted = world.script('once', { ...wrong, hints });
  const result = await world.prove(input('once', ['local', 'model']));
  expect(result.outcome).toBe('unsolved');
  expect(asked).toMatchObject([{ limit: 24 }]);
  expect(noted.generated.length).toBeGreaterThan(1);
  for (const request of noted.generated) expect(request.lemmas).toEqual(LEMMAS);
});

test('without a model nobody looks, nor with a limit of 0', async () => {
  const { asked, hints } = finder();
  world.script('alone', { hints });
  await world.prove(input('alone', ['local']));
  const noted = world.script('none', { hints });
  await world.prove(input('none', ['model'], 0));
  expect(asked).toEqual([]);
  expect(noted.generated[0]).not.toHaveProperty('lemmas');
});

test('a failure of the look-up is a note, and the models are asked all the same', async () => {
  const hints = async () => {
    throw ApplicationFailure.nonRetryable('Lean is away', 'LEAN_START_FAILED');
  };
  const noted = world.script('away', { hints });
  const result = await world.prove(input('away'));
  expect(result).toMatchObject({
    outcome: 'solved',
    notes: ['no lemmas were looked up (LEAN_START_FAILED: Lean is away)'],
  });
  expect(noted.generated[0]).not.toHaveProperty('lemmas');
});
