import { expect, test } from '@jest/globals';
import type { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { theoremProgressQuery } from '../../workflows/messages.ts';
import { QUEUES, WORKFLOWS } from '../../workflows/names.ts';
import { gate, judged } from '../support/activities.ts';
import { theoremWorld } from '../support/theorem-world.ts';
import { answer, plan, proof, proveInput } from '../support/theorems.ts';
import { untilCancelled } from '../support/until-cancelled.ts';

const { script, start, prove, executionsOf, client } = theoremWorld();

test('a right first answer solves the theorem, and attempt and result are recorded', async () => {
  const noted = script('plain');
  const result = await prove(proveInput('plain'));
  expect(result).toMatchObject({ outcome: 'solved', stoppedBy: 'proof', prover: 'model', attempts: 1 });
  expect(result.submission).toEqual(proof('good'));
  expect(result.ledger).toMatchObject({ modelCalls: 1, inputTokens: 10, outputTokens: 5, costUsd: 0.01 });
  expect(noted.attempts.map((a) => a.n)).toEqual([1]);
  expect(noted.results).toEqual([result]);
});

test('a known proof ends the search before anybody is asked', async () => {
  const noted = script('known', { lookupProof: async () => ({ ...judged('known', true), cached: true }) });
  const result = await prove(proveInput('known'));
  expect(result).toMatchObject({ outcome: 'solved', prover: null, cached: true, attempts: 0 });
  expect(noted.generated).toEqual([]);
});

test('the local prover goes first and no model is asked when it succeeds', async () => {
  const noted = script('local', {
    proveLocally: async () => [judged('by rfl', false), judged('by omega', true)],
  });
  const result = await prove(proveInput('local', { plan: plan({}, { provers: ['local', 'model'] }) }));
  expect(result).toMatchObject({ outcome: 'solved', prover: 'local', attempts: 2 });
  expect(result.submission).toEqual(proof('by omega'));
  expect(noted.generated).toEqual([]);
});

test('a refused proof goes back to the model with its diagnostics', async () => {
  const noted = script('repair', {
    generate: async ({ round }) => answer(proof(round === 1 ? 'wrong' : 'good')),
  });
  const result = await prove(proveInput('repair'));
  expect(result).toMatchObject({ outcome: 'solved', attempts: 2 });
  expect(noted.generated[0]?.feedback).toEqual([]);
  expect(noted.generated[1]?.feedback).toMatchObject([
    { submission: proof('wrong'), diagnostics: [{ text: 'refused: wrong' }], why: 'Lean reports errors' },
  ]);
});

test('the first accepted proof cancels its siblings, in the model and in Lean', async () => {
  const asking = gate();
  const checking = gate();
  const cancelled: string[] = [];
  const noted = script('siblings', {
    generate: async ({ sample }) => {
      if (sample === 1) return answer(proof('slow'));
      if (sample === 2) return untilCancelled(asking.resolve, () => cancelled.push('model'));
      await Promise.all([asking.promise, checking.promise]);
      return answer(proof('good'));
    },
    verify: async ({ submission }) =>
      submission.text === 'slow'
        ? untilCancelled(checking.resolve, () => cancelled.push('lean'))
        : judged('good', true),
  });
  const result = await prove(proveInput('siblings', { plan: plan({ samples: 3 }) }));
  expect(result).toMatchObject({ outcome: 'solved', submission: proof('good') });
  // Lean's slot is free when the theorem is done; the model request is told, but not waited for.
  expect(cancelled).toContain('lean');
  const byText = (text: string) => noted.attempts.find((a) => a.submission?.text === text);
  expect(byText('slow')?.error?.code).toBe('CANCELLED');
});

test('with all samples asked for, a proof ends none of them; later rounds are not begun', async () => {
  const looks: boolean[] = [];
  const noted = script('exhaust', {
    lookupProof: async ({ cache }) => {
      looks.push(cache);
      return null;
    },
    generate: async ({ sample }) => answer(proof(sample === 1 ? 'wrong' : `good ${sample}`)),
    verify: async ({ submission }) => judged(submission.text, submission.text.startsWith('good')),
  });
  const all = plan({ rounds: 2, samples: 4 }, { exhaust: true });
  const result = await prove(proveInput('exhaust', { plan: all }));
  expect(result).toMatchObject({ outcome: 'solved', attempts: 4, ledger: { modelCalls: 4 } });
  expect(noted.attempts.map((a) => [a.sample, a.verdict?.status]).sort()).toEqual([
    [0, 'accepted'],
    [1, 'rejected'],
    [2, 'accepted'],
    [3, 'accepted'],
  ]);
  // A proof that is known already would be no measurement.
  expect(looks).toEqual([false]);
});

test('all samples are asked for also across continue-as-new, and the proof found before is kept', async () => {
  const noted = script('exhaustLong', {
    generate: async ({ sample }) => answer(proof(sample === 0 ? 'good' : `wrong ${sample}`)),
  });
  const input = proveInput('exhaustLong', { plan: plan({ rounds: 2, samples: 80 }, { exhaust: true }) });
  const result = await prove(input, { historyLimit: 100 });
  expect(result).toMatchObject({ outcome: 'solved', submission: proof('good'), attempts: 80 });
  expect(await executionsOf(input)).toBeGreaterThan(1);
  expect(noted.generated.map((g) => [g.round, g.sample]).sort((a, b) => a[1]! - b[1]!)).toEqual(
    Array.from({ length: 80 }, (_, i) => [1, i]),
  );
});

test('cancelling the workflow reaches Lean, and what was reached is recorded', async () => {
  const checking = gate();
  let told = false;
  const noted = script('cancel', {
    verify: () =>
      untilCancelled(checking.resolve, () => {
        told = true;
      }),
  });
  const handle = await start(proveInput('cancel'));
  await checking.promise;
  await handle.cancel();
  const error = await handle.result().catch((e: unknown) => e);
  expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
  expect(told).toBe(true);
  expect(noted.results).toMatchObject([{ outcome: 'unsolved', stoppedBy: 'cancelled', attempts: 1 }]);
  expect(noted.attempts).toMatchObject([{ submission: proof('good'), error: { code: 'CANCELLED' } }]);
});

const modelDown = async () => {
  throw ApplicationFailure.nonRetryable('key refused', 'MODEL_CREDENTIALS');
};

test('a model failure is an error by default, and recorded as an attempt', async () => {
  const noted = script('fail', { generate: modelDown });
  const result = await prove(proveInput('fail', { plan: plan({}, { provers: ['local', 'model'] }) }));
  expect(result).toMatchObject({
    outcome: 'error',
    stoppedBy: 'error',
    error: { code: 'MODEL_CREDENTIALS' },
  });
  expect(noted.attempts.at(-1)).toMatchObject({ error: { code: 'MODEL_CREDENTIALS' }, submission: null });
});

test('with the policy local the local prover goes on alone, and the result names the failure', async () => {
  script('fallback', { generate: modelDown, proveLocally: async () => [judged('by omega', true)] });
  const result = await prove(proveInput('fallback', { plan: plan({}, { onModelFailure: 'local' }) }));
  expect(result).toMatchObject({ outcome: 'solved', prover: 'local' });
  expect(result.notes.join()).toMatch(/MODEL_CREDENTIALS.*local prover went on alone/);
});

test('one failed request of a round is noted and the others count', async () => {
  script('partly', {
    generate: async ({ sample }) => (sample === 0 ? modelDown() : answer(proof('wrong'))),
  });
  const result = await prove(proveInput('partly', { plan: plan({ rounds: 1, samples: 2 }) }));
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'rounds' });
  expect(result.notes.join()).toMatch(/1 of 2 requests to model failed in round 1: MODEL_CREDENTIALS/);
});

test('an answer without a proof is an attempt of its own kind', async () => {
  const noted = script('unusable', { generate: async () => answer(null, { unusable: 'MAX_TOKENS' }) });
  const result = await prove(proveInput('unusable', { plan: plan({ rounds: 1 }) }));
  expect(result).toMatchObject({ outcome: 'unsolved', attempts: 1, verdict: null });
  expect(result.notes).toEqual(['the answer of model held no proof: MAX_TOKENS']);
  expect(noted.attempts).toMatchObject([{ answer: { unusable: 'MAX_TOKENS' }, verdict: null, error: null }]);
});

test('a proof that uses an unproved theorem is conditional, not solved', async () => {
  script('conditional', {
    verify: async ({ submission }) => ({
      ...judged(submission.text, false),
      verdict: { status: 'conditional', on: ['earlier'], diagnostics: [], ms: 1 },
    }),
  });
  const result = await prove(proveInput('conditional'));
  expect(result).toMatchObject({ outcome: 'conditional', stoppedBy: 'proof', verdict: { on: ['earlier'] } });
});

test('a missing module is an error that names it, and no second attempt is made', async () => {
  const noted = script('header', {
    verify: async ({ submission }) => ({
      ...judged(submission.text, false),
      verdict: { status: 'badHeader', missing: ['Mathlib.X'], near: [], hint: 'use Init', ms: 1 },
    }),
  });
  const result = await prove(proveInput('header'));
  expect(result).toMatchObject({ outcome: 'error', error: { code: 'LEAN_BAD_HEADER' } });
  expect(result.error?.message).toMatch(/Mathlib\.X.*use Init/);
  expect(noted.generated).toHaveLength(1);
});

const shutDown = () => ApplicationFailure.retryable('Worker is shutting down', 'WorkerShutdown');

test('workers that are lost while Lean judges a proof are no failures of the theorem', async () => {
  let tries = 0;
  const silent = gate();
  script('lost', {
    verify: async ({ submission }) => {
      tries += 1;
      // No heartbeat comes.
      if (tries === 1) await silent.promise;
      if (tries < 7) throw shutDown();
      return judged(submission.text, true);
    },
  });
  expect(await prove(proveInput('lost'))).toMatchObject({ outcome: 'solved', attempts: 1 });
  silent.resolve();
  expect(tries).toBe(7);
}, 60_000);

test('a proof that takes every worker with it ends as an error that says so', async () => {
  let tries = 0;
  const noted = script('poison', {
    verify: async () => {
      tries += 1;
      throw shutDown();
    },
  });
  const result = await prove(proveInput('poison'));
  expect(result).toMatchObject({ outcome: 'error', error: { code: 'WORKER_LOST' } });
  expect(result.error?.message).toMatch(/^10 workers were lost/);
  expect(tries).toBe(10);
  expect(noted.attempts).toMatchObject([{ submission: proof('good'), error: { code: 'WORKER_LOST' } }]);
}, 60_000);

test('a failure of Lean itself is tried four times, whatever was lost in between', async () => {
  let tries = 0;
  script('broken', {
    verify: async () => {
      tries += 1;
      if (tries % 2 === 0) throw shutDown();
      throw ApplicationFailure.retryable('no instance starts', 'LEAN_START_FAILED');
    },
  });
  const result = await prove(proveInput('broken'));
  expect(result).toMatchObject({
    outcome: 'error',
    error: { code: 'LEAN_START_FAILED', message: 'no instance starts' },
  });
  expect(tries).toBe(7);
}, 60_000);

test('a worker with another store fails the workflow, with the code', async () => {
  script('guard', {
    lookupProof: async () => {
      throw ApplicationFailure.nonRetryable('another store', 'STORE_MISMATCH');
    },
  });
  const error = await prove(proveInput('guard')).catch((e: unknown) => e);
  expect((error as WorkflowFailedError).cause).toMatchObject({ type: 'STORE_MISMATCH' });
});

test('an input of the wrong shape fails the workflow instead of wedging it', async () => {
  const handle = await client().workflow.start(WORKFLOWS.proveTheorem, {
    workflowId: 'wrong-shape',
    taskQueue: QUEUES.main,
    args: [{ theorem: 3 }],
  });
  const error = await handle.result().catch((e: unknown) => e);
  expect((error as WorkflowFailedError).cause).toBeInstanceOf(ApplicationFailure);
  expect((error as WorkflowFailedError).cause?.message).toMatch(/input is not valid: it lacks 'runId'/);
});

test('paused work waits, refused changes change nothing, and a raised budget goes on', async () => {
  const asked = gate();
  const answerNow = gate();
  const noted = script('pause', {
    generate: async ({ round }) => {
      if (round === 1) {
        asked.resolve();
        await answerNow.promise;
      }
      return answer(proof(round < 3 ? `wrong ${round}` : 'good'));
    },
  });
  const handle = await start(proveInput('pause', { plan: plan({ rounds: 2 }) }));
  await asked.promise;
  const update = (name: string, ...args: unknown[]) =>
    handle.executeUpdate<unknown, [unknown, ...unknown[]]>(name, { args: args as [unknown] });
  expect(await update('pause')).toBe('paused');
  expect(await update('pause')).toBe('paused');
  for (const bad of [{ rounds: -1 }, { rounds: 1.5 }, { lanes: 2 }, {}, null, { samples: 'many' }])
    await expect(update('setBudget', bad)).rejects.toThrow();
  answerNow.resolve();
  await waitUntil(async () => (await handle.query(theoremProgressQuery)).attempts === 1);
  expect(await handle.query(theoremProgressQuery)).toMatchObject({ paused: true, attempts: 1, result: null });
  expect(noted.generated).toHaveLength(1);
  expect(await update('setBudget', { rounds: 3 })).toMatchObject({ rounds: 3, samples: 1 });
  expect(await update('resume')).toBe('running');
  expect(await handle.result()).toMatchObject({ outcome: 'solved', attempts: 3 });
});

/** Asks until it is so; the jest time-out is the limit. */
const waitUntil = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo()));
};

test('prompts are drawn once a round where none is named, and asked with', async () => {
  const draws: unknown[] = [];
  const noted = script('adaptive', {
    choosePrompts: async ({ round, stages, runId, seed }) => {
      draws.push({ round, stages, runId, seed });
      return stages.map((_, i) => ['short', 'steps'][i] ?? null);
    },
    generate: async ({ round, sample, variant }) =>
      answer(proof(`wrong ${round}.${sample}`), variant === undefined ? {} : { variant: `${variant}/1` }),
  });
  const planned = plan({ rounds: 2, samples: 3 }, { prompt: null, seed: 7 });
  const input = proveInput('adaptive', { plan: planned });
  await prove(input);
  const { runId } = input;
  expect(draws).toEqual([
    { round: 1, stages: ['first', 'first', 'first'], runId, seed: 7 },
    { round: 2, stages: ['repair', 'repair', 'repair'], runId, seed: 7 },
  ]);
  expect(noted.generated.map((g) => g.variant).sort()).toEqual(
    ['short', 'steps', undefined, 'short', 'steps', undefined].sort(),
  );
  expect(noted.attempts.map((a) => a.variant).sort()).toEqual(
    [null, null, 'short/1', 'short/1', 'steps/1', 'steps/1'].sort(),
  );
  const second = noted.attempts.filter((a) => a.round === 2);
  expect(second.map((a) => a.repairOf).sort()).toEqual([1, 2, 3]);
});

test('a prompt that is named is asked with, and nothing is drawn', async () => {
  let draws = 0;
  const noted = script('named', {
    choosePrompts: async () => {
      draws += 1;
      return [];
    },
  });
  await prove(proveInput('named', { plan: plan({}, { prompt: 'plan' }) }));
  expect(noted.generated[0]?.variant).toBe('plan');
  expect(draws).toBe(0);
});
