import { expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { gate, judged } from '../support/activities.ts';
import { theoremWorld } from '../support/theorem-world.ts';
import { answer, plan, proof, proveInput } from '../support/theorems.ts';
import { untilCancelled } from '../support/until-cancelled.ts';

const { script, start, prove } = theoremWorld();

const down = () => ApplicationFailure.nonRetryable('key refused', 'MODEL_CREDENTIALS');
const racing = (provers: string[], more: Parameters<typeof plan>[1] = {}) =>
  plan({ rounds: 2 }, { provers, race: true, ...more });

test('in a race the first accepted proof cancels the other provers', async () => {
  const asked = gate();
  const cancelled: string[] = [];
  const noted = script('raceWon', {
    generate: async ({ prover }) => {
      if (prover === 'slow') return untilCancelled(asked.resolve, () => cancelled.push(prover));
      await asked.promise;
      return answer(proof('good'));
    },
  });
  const result = await prove(proveInput('raceWon', { plan: racing(['slow', 'quick']) }));
  expect(result).toMatchObject({ outcome: 'solved', prover: 'quick' });
  expect(noted.generated.map((g) => g.prover).sort()).toEqual(['quick', 'slow']);
});

test('the local prover goes before a race, wherever it is named', async () => {
  const noted = script('raceLocal', { proveLocally: async () => [judged('by omega', true)] });
  const result = await prove(proveInput('raceLocal', { plan: racing(['one', 'two', 'local']) }));
  expect(result).toMatchObject({ outcome: 'solved', prover: 'local' });
  expect(noted.generated).toEqual([]);
});

test('each prover of a race goes through its own rounds, and repairs its own answers', async () => {
  const noted = script('raceRounds', {
    generate: async ({ prover, round }) => answer(proof(`wrong ${prover} ${round}`)),
  });
  const result = await prove(proveInput('raceRounds', { plan: racing(['one', 'two']) }));
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'rounds', attempts: 4 });
  for (const prover of ['one', 'two']) {
    const second = noted.generated.find((g) => g.prover === prover && g.round === 2);
    expect(second?.feedback.map((f) => f.submission.text)).toEqual([`wrong ${prover} 1`]);
  }
});

test('a prover that fails loses the race; the result says so, and without a proof it is an error', async () => {
  script('raceFails', {
    generate: async ({ prover, round }) => {
      if (prover === 'broken') throw down();
      return answer(proof(round === 2 ? 'good' : 'wrong'));
    },
  });
  const solved = await prove(proveInput('raceFails', { plan: racing(['broken', 'works']) }));
  expect(solved).toMatchObject({ outcome: 'solved', prover: 'works' });
  expect(solved.notes.join()).toContain('broken failed (MODEL_CREDENTIALS');

  script('raceAllFail', { generate: async () => Promise.reject(down()) });
  const failed = await prove(proveInput('raceAllFail', { plan: racing(['one', 'two']) }));
  expect(failed).toMatchObject({ outcome: 'error', error: { code: 'MODEL_CREDENTIALS' } });
});

test('cancelling the theorem ends every prover of a race', async () => {
  const asked = [gate(), gate()];
  script('raceCancelled', {
    generate: async ({ prover }) => untilCancelled(asked[Number(prover)]!.resolve, () => {}),
  });
  const handle = await start(proveInput('raceCancelled', { plan: racing(['0', '1']) }));
  await Promise.all(asked.map((a) => a.promise));
  await handle.cancel();
  await expect(handle.result()).rejects.toThrow();
  expect((await handle.describe()).status.name).toBe('CANCELLED');
});

test('rounds and samples of a prover are its own where the plan names them', async () => {
  const noted = script('ownRounds', { generate: async () => answer(proof('wrong')) });
  const proverBudgets = { one: { rounds: 1, samples: 3 }, two: { rounds: 3 } };
  await prove(
    proveInput('ownRounds', { plan: plan({ rounds: 2 }, { provers: ['one', 'two'], proverBudgets }) }),
  );
  const calls = (prover: string) => noted.generated.filter((g) => g.prover === prover).length;
  expect([calls('one'), calls('two')]).toEqual([3, 3]);
});

test('tokens and money of a prover bound it alone; the next one goes on', async () => {
  const noted = script('ownMoney', {
    generate: async ({ prover, maxCostUsd }) => {
      if (prover === 'dear' && maxCostUsd !== null && maxCostUsd < 0.4)
        throw ApplicationFailure.create({ type: 'OVER_BUDGET', nonRetryable: true, details: [0.4] });
      return answer(proof('wrong'), { costUsd: 0.3 });
    },
  });
  const proverBudgets = { dear: { costUsd: 0.8 }, wordy: { tokens: 30 } };
  const result = await prove(
    proveInput('ownMoney', {
      plan: plan({ rounds: 9 }, { provers: ['dear', 'wordy'], proverBudgets }),
    }),
  );
  const answers = (prover: string) =>
    noted.attempts.filter((a) => a.prover === prover && a.answer !== null).length;
  // 0.3 of 0.8 spent leaves 0.5, which has room for one more of at most 0.4; then 0.2 has not.
  expect([answers('dear'), answers('wordy')]).toEqual([2, 2]);
  expect(result.stoppedBy).toBe('tokens');
});
