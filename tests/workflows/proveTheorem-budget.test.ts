import { expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { theoremWorld } from '../support/theorem-world.ts';
import { answer, plan, proof, proveInput } from '../support/theorems.ts';
import { untilCancelled } from '../support/until-cancelled.ts';

const { script, prove } = theoremWorld();

test('rounds bound the search', async () => {
  const noted = script('rounds', { generate: async ({ round }) => answer(proof(`wrong ${round}`)) });
  const result = await prove(proveInput('rounds', { plan: plan({ rounds: 2, samples: 2 }) }));
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'rounds', attempts: 4, submission: null });
  expect(noted.attempts.map((a) => a.n).sort()).toEqual([1, 2, 3, 4]);
});

test('tokens bound the search', async () => {
  const noted = script('tokens', { generate: async () => answer(proof('wrong')) });
  const result = await prove(proveInput('tokens', { plan: plan({ rounds: 9, tokens: 20 }) }));
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'tokens', attempts: 2 });
  expect(noted.generated).toHaveLength(2);
});

test('a cost limit is shared among parallel requests, and fewer are asked when not all fit', async () => {
  const upperBound = 0.4;
  const noted = script('cost', {
    generate: async ({ maxCostUsd }) => {
      if (maxCostUsd !== null && maxCostUsd < upperBound)
        throw ApplicationFailure.create({ type: 'OVER_BUDGET', nonRetryable: true, details: [upperBound] });
      return answer(proof('wrong'), { costUsd: 0.3 });
    },
  });
  const result = await prove(proveInput('cost', { plan: plan({ rounds: 9, samples: 4, costUsd: 1 }) }));
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'cost' });
  // Two of four fit into 1 dollar at 0.4 each; of the 0.4 left one more fits.
  expect(result.ledger.modelCalls).toBe(3);
  expect(result.ledger.costUsd).toBeCloseTo(0.9);
  expect(noted.attempts).toHaveLength(3);
});

test('an unknown price of an answer ends a search that has a cost limit', async () => {
  script('unpriced', { generate: async () => answer(proof('wrong'), { costUsd: null }) });
  const result = await prove(proveInput('unpriced', { plan: plan({ rounds: 9, costUsd: 1 }) }));
  expect(result).toMatchObject({ stoppedBy: 'cost', attempts: 1 });
  expect(result.ledger.costUsd).toBeNull();
});

test('when the wall-clock budget ends, Lean is let go and the result says so', async () => {
  let cancelled = false;
  script('time', {
    verify: () =>
      untilCancelled(
        () => {},
        () => {
          cancelled = true;
        },
      ),
  });
  const result = await prove(proveInput('time', { plan: plan({ wallMs: 1_500 }) }));
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'time' });
  expect(cancelled).toBe(true);
});
