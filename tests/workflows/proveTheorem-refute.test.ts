import { expect, test } from '@jest/globals';
import type { RefuteInput } from '../../activities/api.ts';
import type { AttemptPlan } from '../../src/model/index.ts';
import { judged } from '../support/activities.ts';
import { theoremWorld } from '../support/theorem-world.ts';
import { answer, plan, proof, proveInput, refutation } from '../support/theorems.ts';

const world = theoremWorld();
const input = (id: string, more: Partial<AttemptPlan> = {}) =>
  proveInput(id, { plan: plan({ rounds: 2 }, { refute: true, provers: ['local', 'model'], ...more }) });
const wrong = { generate: async () => answer(proof('wrong')) };

/** Refutes with the efforts named, and notes which were asked. */
const refuter = (...efforts: readonly RefuteInput['effort'][]) => {
  const asked: RefuteInput['effort'][] = [];
  const refute = async ({ effort }: RefuteInput) => {
    asked.push(effort);
    return { refutation: efforts.includes(effort) ? refutation : null, leanMs: 7 };
  };
  return { asked, refute };
};

test('what is false at a glance is not searched for a proof', async () => {
  const { asked, refute } = refuter('glance');
  const noted = world.script('glance', {
    refute,
    proveLocally: async () => {
      throw new Error('searched');
    },
  });
  const result = await world.prove(input('glance', { provers: ['local'] }));
  expect(result).toMatchObject({ outcome: 'refuted', prover: null, submission: null, refutation });
  expect(asked).toEqual(['glance']);
  expect(noted.results).toEqual([result]);
});

test('a false statement is refuted before the first model call', async () => {
  const { asked, refute } = refuter('quick');
  const noted = world.script('early', { refute });
  const result = await world.prove(input('early'));
  expect(result).toMatchObject({
    outcome: 'refuted',
    stoppedBy: 'proof',
    prover: null,
    submission: null,
    refutation,
    notes: ['false for a = 0'],
  });
  expect(result.ledger.leanMs).toBeGreaterThanOrEqual(7);
  expect(noted.generated).toEqual([]);
  expect(asked).toEqual(['glance', 'quick']);
  expect(noted.results).toEqual([result]);
});

test('when nobody has proved it the negation is looked for in earnest', async () => {
  const { asked, refute } = refuter('full');
  const noted = world.script('late', { ...wrong, refute });
  expect(await world.prove(input('late'))).toMatchObject({ outcome: 'refuted', refutation });
  expect(noted.generated).toHaveLength(2);
  expect(asked).toEqual(['glance', 'quick', 'full']);
});

test('the local prover alone pays a glance before it and a look in earnest at the end', async () => {
  const { asked, refute } = refuter();
  world.script('alone', { refute });
  expect(await world.prove(input('alone', { provers: ['local'] }))).toMatchObject({
    outcome: 'unsolved',
    stoppedBy: 'rounds',
    refutation: null,
  });
  expect(asked).toEqual(['glance', 'full']);
});

test('what the local prover proves costs a glance, and a plan that does not ask for it has none', async () => {
  const { asked, refute } = refuter('quick', 'full');
  world.script('proved', { refute, proveLocally: async () => [judged('by omega', true)] });
  expect(await world.prove(input('proved'))).toMatchObject({ outcome: 'solved', refutation: null });
  expect(asked).toEqual(['glance']);
  world.script('off', { ...wrong, refute });
  expect(await world.prove(input('off', { refute: false }))).toMatchObject({ outcome: 'unsolved' });
  expect(asked).toEqual(['glance']);
});

test('a theorem that cannot be judged stays an error', async () => {
  const bad = { ...judged('x', false), verdict: { status: 'badChallenge', diagnostics: [], ms: 1 } } as const;
  world.script('bad', { proveLocally: async () => [bad], refute: refuter('quick', 'full').refute });
  expect(await world.prove(input('bad'))).toMatchObject({
    outcome: 'error',
    error: { code: 'CHALLENGE_INVALID' },
  });
});
