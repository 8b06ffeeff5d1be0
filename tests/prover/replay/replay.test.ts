import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { GenerateInput } from '../../../activities/api.ts';
import { llmActivities } from '../../../activities/generate.ts';
import { quoteActivities } from '../../../activities/quote.ts';
import { createProvers } from '../../../src/prover/index.ts';
import { DEFAULT_OPENAI } from '../../../src/prover/openai/profile.ts';
import { variantNames } from '../../../src/prover/prompts/variants.ts';
import { openStore } from '../../../src/store/index.ts';
import type { Store } from '../../../src/store/store.ts';
import { activityEnvironment, runIn } from '../../support/activity.ts';
import { leanInMemory } from '../../support/lean-service.ts';
import { type OpenAiServer, startOpenAiServer } from '../../support/openai-server.ts';
import { theorem } from '../../support/theorems.ts';
import { geminiProfile } from '../support.ts';

let server: OpenAiServer;
let dir: string;
let store: Store;
beforeAll(async () => {
  server = await startOpenAiServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.reset();
  dir = await mkdtemp(join(tmpdir(), 'proofloop-replay-'));
  store = await openStore(join(dir, 'store.sqlite'));
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const provers = () =>
  createProvers({
    provers: {
      use: ['local'],
      profiles: {
        gemini: geminiProfile(),
        lab: { ...DEFAULT_OPENAI, model: 'prover', baseUrl: server.url },
        again: { kind: 'replay', of: 'lab' },
        round: { kind: 'replay', of: 'again' },
        itself: { kind: 'replay', of: 'itself' },
      },
    },
    prices: [],
  });

const input = (prover: string, more: Partial<GenerateInput> = {}): GenerateInput => ({
  runId: `run of ${prover}`,
  theorem: theorem('t'),
  prover,
  round: 1,
  sample: 0,
  feedback: [],
  cache: true,
  askedBy: `run/t ${prover} 1.0`,
  maxCostUsd: null,
  maxTokens: null,
  ...more,
});
const deps = () => ({ provers: provers(), lean: leanInMemory(), store, now: Date.now });
const generate = (one: GenerateInput) => runIn(activityEnvironment(), llmActivities(deps()).generate, one);

test('a replay finds what the live prover was answered, by profile and by name, with or without the cache', async () => {
  server.push({ kind: 'proof', proof: 'by omega' });
  const live = await generate(input('lab'));
  expect(live).toMatchObject({ cached: false, submission: { text: 'by omega' } });
  await server.close();
  for (const one of [input('again'), input('replay:lab'), input('replay:lab', { cache: false })])
    expect(await generate(one)).toMatchObject({
      cached: true,
      finish: 'stop',
      submission: live.submission,
      tokens: live.tokens,
      answer: live.answer,
    });
  server = await startOpenAiServer();
});

test('a replay finds what a live run without the cache was answered, unless another run was answered before', async () => {
  server.push({ kind: 'proof', proof: 'by omega' }, { kind: 'proof', proof: 'by simp' });
  const live = await generate(input('lab', { cache: false }));
  expect(await generate(input('replay:lab'))).toMatchObject({ submission: live.submission });
  // Another run without the cache is asked anew, and what is shared stays.
  const second = await generate(input('lab', { cache: false, runId: 'another', askedBy: 'another' }));
  expect(second).toMatchObject({ cached: false, submission: { text: 'by simp' } });
  expect(await generate(input('replay:lab'))).toMatchObject({ submission: live.submission });
  expect(server.requests).toHaveLength(2);
});

test('a replay finds the answer whichever prompt variant the live run had chosen', async () => {
  for (const [i, variant] of variantNames().entries()) {
    const asked = { theorem: theorem(`v${i}`) };
    const live = await generate(input('lab', { ...asked, variant }));
    expect(await generate(input('replay:lab', asked))).toMatchObject({
      submission: live.submission,
      answer: live.answer,
    });
  }
  expect(server.requests).toHaveLength(variantNames().length);
});

test('what is not in the store is said so, costs nothing, is neither asked nor stored', async () => {
  const missing = await generate(input('replay:lab', { maxCostUsd: 0 }));
  expect(missing).toMatchObject({
    cached: true,
    finish: 'NOT_IN_STORE',
    submission: null,
    unusable: expect.stringContaining('not in the store'),
    costUsd: 0,
  });
  expect(server.requests).toHaveLength(0);
  // The live prover is still asked afterwards.
  expect(await generate(input('lab'))).toMatchObject({ cached: false, submission: { text: 'by omega' } });
  expect(server.requests).toHaveLength(1);
});

test('its bound is zero, also where the price of the model is unknown', async () => {
  const quote = (prover: string) =>
    runIn(activityEnvironment(), quoteActivities(deps()).quote, input(prover));
  expect(await quote('lab')).toMatchObject({ usd: null });
  expect(await quote('replay:lab')).toMatchObject({ usd: 0 });
});

test('a replay of nothing, of itself or of a replay is no prover', () => {
  const known = provers();
  for (const name of [
    'replay',
    'replay:',
    'replay:nobody',
    'replay:local',
    'replay:replay:lab',
    'itself',
    'round',
  ])
    expect(known.get(name)).toBeUndefined();
  expect(known.get('replay:gemini:gemini-3.7-flash')).toMatchObject({
    name: 'replay:gemini:gemini-3.7-flash',
    model: 'gemini-3.7-flash',
    storedOnly: true,
  });
});
