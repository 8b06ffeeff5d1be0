import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CancelledFailure } from '@temporalio/common';
import type { GenerateInput } from '../../activities/api.ts';
import { llmActivities } from '../../activities/generate.ts';
import { ModelFault } from '../../src/prover/fault.ts';
import type { ModelProver, RawAnswer } from '../../src/prover/prover.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { activityEnvironment, runIn } from '../support/activity.ts';
import { leanInMemory } from '../support/lean-service.ts';
import { answer, proof, theorem } from '../support/theorems.ts';

let dir: string;
let store: Store;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-generate-'));
  store = await openStore(join(dir, 'store.sqlite'));
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

type Ask = (signal: AbortSignal, count: number) => Promise<RawAnswer>;

const raw = (text: string): RawAnswer => {
  const { prompt: _p, answer: _a, cached: _c, ...rest } = answer(proof(text));
  return { ...rest, answerText: text };
};

/** A prover of ours in memory; what is real here is the activity and the store. */
const prover = (ask: Ask, upperBound: number | null = 0.1) => {
  const asked: number[] = [];
  const model: ModelProver = {
    name: 'model',
    model: 'test-model',
    timeoutMs: 1000,
    prompt: ({ theorem, feedback }) => ({
      model: 'test-model',
      system: 'prove',
      user: `${theorem.statement}${feedback.length}`,
      params: {},
    }),
    ask: (_prompt, { sample }, { signal }) => {
      asked.push(sample);
      return ask(signal, asked.length);
    },
    upperBoundUsd: () => upperBound,
    upperBoundTokens: () => 1_000,
    diagnose: async () => [],
  };
  return { asked, provers: new Map([['model', model]]) };
};

const input = (more: Partial<GenerateInput> = {}): GenerateInput => ({
  runId: 'run',
  theorem: theorem('t'),
  prover: 'model',
  round: 1,
  sample: 0,
  feedback: [],
  cache: true,
  askedBy: 'run/t model 1.0',
  maxCostUsd: null,
  maxTokens: null,
  ...more,
});

const generate = (
  provers: ReadonlyMap<string, ModelProver>,
  one: GenerateInput,
  env = activityEnvironment(),
) => runIn(env, llmActivities({ provers, lean: leanInMemory(), store, now: Date.now }).generate, one);

test('an answer is stored before it is returned, and the same request is not sent again', async () => {
  const { asked, provers } = prover(async () => raw('by simp'));
  expect(await generate(provers, input())).toMatchObject({
    submission: proof('by simp'),
    cached: false,
    answer: { text: 'by simp', sha256: null },
    prompt: { text: 'prove\n\ntheorem t : 1 + 1 = 20' },
  });
  expect(await generate(provers, input({ runId: 'another' }))).toMatchObject({
    submission: proof('by simp'),
    cached: true,
  });
  expect(asked).toHaveLength(1);
});

test('another sample, and another round with the same prompt, are other requests', async () => {
  const { asked, provers } = prover(async () => raw('by simp'));
  await generate(provers, input());
  await generate(provers, input({ sample: 1 }));
  await generate(provers, input({ round: 2 }));
  expect(asked).toHaveLength(3);
});

test('without the cache a run asks for itself, once', async () => {
  const { asked, provers } = prover(async () => raw('by simp'));
  await generate(provers, input());
  await generate(provers, input({ runId: 'b', cache: false }));
  const again = await generate(provers, input({ runId: 'b', cache: false }));
  expect(again.cached).toBe(true);
  expect(asked).toHaveLength(2);
});

test('one that waits for another takes over when that fails for good or is cancelled', async () => {
  for (const how of ['fails', 'is cancelled']) {
    const sent = Promise.withResolvers<void>();
    const env = activityEnvironment('1');
    const { asked, provers } = prover(async (signal, count) => {
      if (count > 1) return raw(`by ${how}`);
      sent.resolve();
      if (how === 'fails') throw new ModelFault('MODEL_REFUSED', 'no', { retryable: false });
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      throw new Error('not reached');
    });
    const other = theorem(how.replace(' ', ''));
    const first = generate(provers, input({ theorem: other }), env).catch((e: unknown) => e);
    await sent.promise;
    const second = generate(provers, input({ theorem: other, askedBy: 'another' }), activityEnvironment('2'));
    if (how !== 'fails') env.cancel('CANCELLED');
    expect(await second).toMatchObject({ cached: false, askedBy: 'another', submission: proof(`by ${how}`) });
    await first;
    expect(asked).toHaveLength(2);
  }
});

test('a try after a lost one is told that its own request brought the answer', async () => {
  const { asked, provers } = prover(async () => raw('by simp'));
  await generate(provers, input(), activityEnvironment('1'));
  const again = await generate(provers, input(), activityEnvironment('2'));
  expect(again).toMatchObject({ cached: true, askedBy: input().askedBy });
  expect(asked).toHaveLength(1);
});

test('a request that may take more tokens than are left is not sent', async () => {
  const { asked, provers } = prover(async () => raw('by simp'));
  await expect(generate(provers, input({ maxTokens: 999 }))).rejects.toMatchObject({ type: 'OVER_BUDGET' });
  expect(asked).toEqual([]);
});

test('two that ask the same at once share one request', async () => {
  const sent = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const { asked, provers } = prover(async () => {
    sent.resolve();
    await go.promise;
    return raw('by simp');
  });
  const first = generate(provers, input(), activityEnvironment('1'));
  await sent.promise;
  const second = generate(provers, input({ askedBy: 'another' }), activityEnvironment('2'));
  go.resolve();
  const [a, b] = await Promise.all([first, second]);
  expect([a.cached, b.cached]).toEqual([false, true]);
  expect(b.submission).toEqual(a.submission);
  expect(asked).toHaveLength(1);
});

test('a cancelled request gives its lease back, so that the next asks at once', async () => {
  const env = activityEnvironment('1');
  const { asked, provers } = prover(async (signal, count) => {
    if (count > 1) return raw('by simp');
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('the SDK says something else')));
    });
    env.cancel('CANCELLED');
    return aborted;
  });
  await expect(generate(provers, input(), env)).rejects.toBeInstanceOf(CancelledFailure);
  expect((await generate(provers, input(), activityEnvironment('2'))).submission).toEqual(proof('by simp'));
  expect(asked).toHaveLength(2);
});

test('a failed request is a failure with its code and delay, and gives its lease back', async () => {
  const { provers } = prover(async (_signal, count) => {
    if (count === 1)
      throw new ModelFault('MODEL_RATE_LIMIT', 'slow down', { retryable: true, retryAfterMs: 7_000 });
    return raw('by simp');
  });
  await expect(generate(provers, input(), activityEnvironment('1'))).rejects.toMatchObject({
    type: 'MODEL_RATE_LIMIT',
    nonRetryable: false,
    nextRetryDelay: 7_000,
  });
  expect((await generate(provers, input(), activityEnvironment('2'))).submission).toEqual(proof('by simp'));
});

test('a request that may cost more than is left is not sent, and one that is stored costs nothing', async () => {
  const { asked, provers } = prover(async () => raw('by simp'), 0.5);
  await expect(generate(provers, input({ maxCostUsd: 0.4 }))).rejects.toMatchObject({
    type: 'OVER_BUDGET',
    nonRetryable: true,
    details: [0.5, { usd: 0.5, tokens: 1_000 }],
  });
  expect(asked).toEqual([]);
  await generate(provers, input({ maxCostUsd: 0.5 }));
  expect((await generate(provers, input({ maxCostUsd: 0 }))).cached).toBe(true);
});

test('a cost limit without a known price is refused', async () => {
  const { provers } = prover(async () => raw('by simp'), null);
  await expect(generate(provers, input({ maxCostUsd: 1 }))).rejects.toMatchObject({
    type: 'PRICE_UNKNOWN',
    nonRetryable: true,
  });
});

test('an unknown prover is refused for good', async () => {
  await expect(generate(new Map(), input())).rejects.toMatchObject({
    type: 'PROVER_UNKNOWN',
    nonRetryable: true,
  });
});

test('a long answer lies in the store with its head inline', async () => {
  const long = 'x'.repeat(100_000);
  const { provers } = prover(async () => raw(long));
  const { answer } = await generate(provers, input());
  expect(answer).toMatchObject({ bytes: 100_000 });
  expect(answer.text).toHaveLength(32 * 1024);
  expect(await store.getText(answer.sha256 ?? '')).toBe(long);
});
