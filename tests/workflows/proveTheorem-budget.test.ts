import { expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { judged } from '../support/activities.ts';
import { theoremWorld } from '../support/theorem-world.ts';
import { answer, plan, proof, proveInput } from '../support/theorems.ts';
import { untilCancelled } from '../support/until-cancelled.ts';

const { script, prove, executionsOf } = theoremWorld();

test('rounds bound the search', async () => {
  const noted = script('rounds', { generate: async ({ round }) => answer(proof(`wrong ${round}`)) });
  const result = await prove(proveInput('rounds', { plan: plan({ rounds: 2, samples: 2 }) }));
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'rounds', attempts: 4, submission: null });
  expect(noted.attempts.map((a) => a.n).sort()).toEqual([1, 2, 3, 4]);
});

test('samples bound the search over all rounds', async () => {
  const noted = script('samples', {
    generate: async ({ round, sample }) => answer(proof(`wrong ${round}.${sample}`)),
  });
  const result = await prove(proveInput('samples', { plan: plan({ rounds: 9, samples: 2, maxSamples: 3 }) }));
  expect(result).toMatchObject({ stoppedBy: 'samples', stoppedScope: 'theorem', attempts: 3 });
  expect(noted.generated).toHaveLength(3);
});

test('tokens bound the search, and a request that might exceed them is not sent', async () => {
  const noted = script('tokens', {
    quote: async () => ({ usd: 0, tokens: 18, stored: false }),
    generate: async ({ round }) => answer(proof(`wrong ${round}`)),
  });
  const result = await prove(proveInput('tokens', { plan: plan({ rounds: 9, tokens: 33 }) }));
  expect(result).toMatchObject({ stoppedBy: 'tokens', stoppedScope: 'theorem', attempts: 2 });
  expect(result.notes).toEqual([
    'no further request to model: one may take up to 18 tokens, which is more than the theorem has left',
  ]);
  expect(noted.generated).toHaveLength(2);
});

test('only as many requests are under way as the money pays for at most, and none is sent beyond it', async () => {
  let open = 0;
  let most = 0;
  const noted = script('cost', {
    quote: async () => ({ usd: 0.4, tokens: 9, stored: false }),
    generate: async ({ sample }) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return answer(proof(`wrong ${sample}`), { costUsd: 0.3 });
    },
  });
  const result = await prove(proveInput('cost', { plan: plan({ rounds: 9, samples: 4, costUsd: 1 }) }));
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'cost', stoppedScope: 'theorem' });
  // Two of four fit into 1 dollar at 0.4 each; of the 0.4 left one more fits.
  expect(most).toBeLessThanOrEqual(2);
  expect(result.ledger.modelCalls).toBe(3);
  expect(result.ledger.costUsd).toBeCloseTo(0.9);
  expect(noted.attempts).toHaveLength(3);
});

test('what the run has set aside is a limit of the run, beside the budget of the theorem', async () => {
  script('allowance', {
    quote: async () => ({ usd: 0.4, tokens: 9, stored: false }),
    generate: async () => answer(proof('wrong'), { costUsd: 0.4 }),
  });
  const allowance = { costUsd: 0.5, tokens: null };
  const result = await prove(proveInput('allowance', { plan: plan({ costUsd: 9 }), allowance }));
  expect(result).toMatchObject({ stoppedBy: 'cost', stoppedScope: 'run', attempts: 1 });
});

test('a stored answer needs no money, and one that has gone meanwhile is not sent unpaid', async () => {
  const asked: (number | null)[] = [];
  script('stored', {
    quote: async () => ({ usd: 0.4, tokens: 9, stored: true }),
    generate: async ({ round, maxCostUsd }) => {
      asked.push(maxCostUsd);
      if (round === 1) return answer(proof('wrong'), { cached: true });
      throw ApplicationFailure.create({
        type: 'OVER_BUDGET',
        nonRetryable: true,
        details: [0.4, { usd: 0.4, tokens: 9 }],
      });
    },
  });
  const result = await prove(proveInput('stored', { plan: plan({ costUsd: 0.1 }) }));
  expect(result).toMatchObject({ stoppedBy: 'cost', attempts: 1 });
  expect(result.ledger).toMatchObject({ costUsd: 0, cachedAnswers: 1, modelCalls: 0 });
  expect(asked).toEqual([0, 0]);
});

const failing = (code: string, details: object = {}) =>
  ApplicationFailure.create({ type: code, details: [{ retryAfterMs: 1, ...details }] });

test('a try that may have been billed keeps its reserve; one that the provider refused at once does not', async () => {
  let tries = 0;
  const noted = script('tries', {
    quote: async () => ({ usd: 0.1, tokens: 20, stored: false }),
    generate: async () => {
      tries += 1;
      if (tries === 1) throw failing('MODEL_TIMEOUT');
      if (tries === 2) throw failing('MODEL_RATE_LIMIT');
      if (tries === 3) throw failing('MODEL_UNAVAILABLE', { mayBill: false });
      return answer(proof('good'));
    },
  });
  const result = await prove(proveInput('tries', { plan: plan({ costUsd: 1 }) }));
  expect(result).toMatchObject({ outcome: 'solved', attempts: 1 });
  expect(result.ledger).toMatchObject({
    estimatedUsd: 0.1,
    estimatedTokens: 20,
    estimatedCalls: 1,
    modelCalls: 1,
  });
  expect(result.ledger.costUsd).toBeCloseTo(0.11);
  expect(new Set(noted.generated.map((g) => g.askedBy)).size).toBe(1);
});

test('hung requests are tried again only while the money lasts for all of them', async () => {
  const noted = script('hung', {
    quote: async () => ({ usd: 0.4, tokens: 9, stored: false }),
    generate: async () => {
      throw failing('MODEL_TIMEOUT');
    },
  });
  const result = await prove(proveInput('hung', { plan: plan({ costUsd: 1 }) }));
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'cost' });
  expect(noted.generated).toHaveLength(2);
  expect(result.ledger).toMatchObject({ estimatedCalls: 2, modelCalls: 0 });
  expect(result.ledger.costUsd).toBeCloseTo(0.8);
});

test('an answer that a lost try had brought is counted as what it cost, not as an estimate', async () => {
  let tries = 0;
  script('found', {
    quote: async () => ({ usd: 0.4, tokens: 90, stored: false }),
    generate: async ({ askedBy }) => {
      tries += 1;
      if (tries === 1) throw failing('INTERNAL');
      return answer(proof('good'), { cached: true, askedBy });
    },
  });
  const result = await prove(proveInput('found', { plan: plan({ costUsd: 1 }) }));
  expect(result.ledger).toMatchObject({ estimatedCalls: 0, modelCalls: 1, cachedAnswers: 0 });
  expect(result.ledger.costUsd).toBeCloseTo(0.01);
  expect(result.ledger.estimatedUsd).toBeCloseTo(0);
});

test('a cancelled sibling keeps its reserve', async () => {
  const asking = Promise.withResolvers<void>();
  script('sibling', {
    quote: async () => ({ usd: 0.2, tokens: 30, stored: false }),
    generate: async ({ sample }) => {
      if (sample === 1) return untilCancelled(asking.resolve, () => {});
      await asking.promise;
      return answer(proof('good'));
    },
  });
  const result = await prove(proveInput('sibling', { plan: plan({ samples: 2 }) }));
  expect(result).toMatchObject({ outcome: 'solved' });
  expect(result.ledger).toMatchObject({ estimatedUsd: 0.2, estimatedTokens: 30, estimatedCalls: 1 });
  expect(result.ledger.costUsd).toBeCloseTo(0.21);
});

test('without a price a money limit refuses to ask, and the result says why', async () => {
  const noted = script('priceless', { quote: async () => ({ usd: null, tokens: 9, stored: false }) });
  const result = await prove(proveInput('priceless', { plan: plan({ costUsd: 1 }) }));
  expect(result).toMatchObject({ outcome: 'error', error: { code: 'PRICE_UNKNOWN' } });
  expect(noted.generated).toEqual([]);
});

test('a proof refused before is not judged again, in whatever spacing it comes', async () => {
  const noted = script('again', {
    generate: async ({ round }) =>
      answer(proof(round === 3 ? 'good' : round === 1 ? 'by simp' : 'by  simp -- so')),
  });
  const result = await prove(proveInput('again'));
  expect(result).toMatchObject({ outcome: 'solved', attempts: 3, ledger: { duplicates: 1 } });
  expect(noted.verified.map((v) => v.submission.text)).toEqual(['by simp', 'good']);
  expect(noted.attempts[1]).toMatchObject({ duplicateOf: 1, verdict: { status: 'rejected' }, leanMs: 0 });
});

test('a proof whose check ran out of time is judged again', async () => {
  const noted = script('slow', {
    generate: async () => answer(proof('by simp')),
    verify: async ({ submission }) => ({
      ...judged(submission.text, false),
      verdict: { status: 'timeout', limitMs: 1, ms: 1 },
    }),
  });
  await prove(proveInput('slow'));
  expect(noted.verified).toHaveLength(3);
});

test('a theorem of many samples continues as new, and nothing of what it knows is lost', async () => {
  const noted = script('long', {
    generate: async ({ round, sample }) =>
      answer(proof(round === 5 && sample === 3 ? 'good' : `wrong ${round % 3}.${sample}`)),
  });
  const input = proveInput('long', { plan: plan({ rounds: 9, samples: 4, costUsd: 5 }) });
  const result = await prove(input, { historyLimit: 60 });
  expect(result).toMatchObject({ outcome: 'solved', submission: proof('good') });
  const executions = await executionsOf(input);
  expect(executions).toBeGreaterThan(2);
  const asked = noted.generated.map((g) => g.askedBy);
  expect(new Set(asked).size).toBe(asked.length);
  expect(noted.attempts.map((a) => a.n).sort((a, b) => a - b)).toEqual(noted.attempts.map((_, i) => i + 1));
  expect(result.attempts).toBe(noted.attempts.length);
  // Rounds 4 and 5 repeat rounds 1 and 2, which earlier executions saw refused.
  expect(result.ledger.duplicates).toBeGreaterThanOrEqual(4);
  expect(result.ledger.costUsd).toBeCloseTo(result.ledger.modelCalls * 0.01 + result.ledger.estimatedUsd);
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
  expect(result).toMatchObject({ outcome: 'unsolved', stoppedBy: 'time', stoppedScope: 'theorem' });
  expect(cancelled).toBe(true);
});

test('the time of the run ends a theorem, and the result says whose it was', async () => {
  script('runTime', {
    verify: () =>
      untilCancelled(
        () => {},
        () => {},
      ),
  });
  const result = await prove(proveInput('runTime', { runDeadline: Date.now() + 1_000 }));
  expect(result).toMatchObject({ stoppedBy: 'time', stoppedScope: 'run' });
});
