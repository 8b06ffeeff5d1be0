import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CancelledFailure } from '@temporalio/common';
import type { LeanActivities, VerifyInput } from '../../activities/api.ts';
import { leanActivities } from '../../activities/verify.ts';
import type { LeanService } from '../../lean/service.ts';
import { ProofloopError, type Theorem, type Verdict } from '../../src/model/index.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { activityEnvironment, runActivity, runIn } from '../support/activity.ts';
import { leanInMemory } from '../support/lean-service.ts';
import { accepted, plan, proof, rejected, theorem } from '../support/theorems.ts';

let dir: string;
let store: Store;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-verify-'));
  store = await openStore(join(dir, 'store.sqlite'));
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const make = (lean: LeanService, candidates: readonly string[] = []): LeanActivities =>
  leanActivities({
    lean,
    store,
    now: Date.now,
    local: { name: 'local', candidates: () => candidates.map(proof) },
  });
const input = (text: string, more: Partial<VerifyInput> = {}): VerifyInput => ({
  runId: 'run',
  theorem: theorem('t'),
  lean: plan().lean,
  submission: proof(text),
  cache: true,
  ...more,
});
const verify = (lean: LeanService, one: VerifyInput) => runActivity(make(lean).verify, one);

test('what a warm instance accepts is judged again in a fresh one, stored, and not judged a second time', async () => {
  const lean = leanInMemory();
  const first = await verify(lean, input('good'));
  expect(first).toMatchObject({ cached: false, leanMs: 6, verdict: { status: 'accepted' } });
  expect(lean.asked.map((a) => a.how)).toEqual(['screen', 'judge']);
  const second = await verify(lean, input('good'));
  expect(second).toMatchObject({ cached: true, leanMs: 0, verdict: { status: 'accepted' } });
  expect(lean.asked).toHaveLength(2);
});

test('an acceptance by a fresh instance is not repeated', async () => {
  const lean = leanInMemory(() => accepted);
  await verify(lean, input('good'));
  expect(lean.asked.map((a) => a.how)).toEqual(['screen']);
});

test('a proof that only the warm instance accepts is not accepted', async () => {
  const lean = leanInMemory((_s, how) =>
    how === 'screen' ? { ...accepted, assurance: { ...accepted.assurance, fresh: false } } : rejected(),
  );
  expect(await verify(lean, input('odd'))).toMatchObject({ verdict: { status: 'rejected' } });
});

test.each<[string, Verdict, boolean]>([
  ['rejected', rejected(), true],
  ['dishonest', { status: 'dishonest', why: 'axiom', detail: 'sorryAx', diagnostics: [], ms: 1 }, true],
  ['timeout', { status: 'timeout', limitMs: 5, ms: 5 }, false],
  ['crashed', { status: 'crashed', detail: 'trap', ms: 5 }, false],
  ['conditional', { status: 'conditional', on: ['a'], diagnostics: [], ms: 5 }, false],
  ['exhausted', { status: 'exhausted', diagnostics: [], ms: 5 }, false],
])('the verdict %s is cached only if the same text would meet it again', async (_name, verdict, cached) => {
  const lean = leanInMemory(() => verdict);
  await verify(lean, input('x'));
  expect((await verify(lean, input('x'))).cached).toBe(cached);
  expect(lean.asked).toHaveLength(cached ? 1 : 2);
});

test.each<[string, Partial<Theorem>]>([
  ['open', { context: 'open Nat\n' }],
  ['variable', { context: 'variable (n : Nat)\n' }],
  ['definition', { context: 'def f := 1\n' }],
  ['header', { header: 'import Std\n' }],
])('the same proof under another %s takes no other verdict', async (_name, other) => {
  const lean = leanInMemory();
  await verify(lean, input('good'));
  expect((await verify(lean, input('good', { theorem: theorem('t', other) }))).cached).toBe(false);
});

test('without the cache Lean judges anew and the verdict is still stored', async () => {
  const lean = leanInMemory();
  await verify(lean, input('bad'));
  expect((await verify(lean, input('bad', { cache: false }))).cached).toBe(false);
  expect((await verify(lean, input('bad'))).cached).toBe(true);
});

describe('the same proof at the same time', () => {
  /** A Lean that holds back its first answers until they are given, and how many it was asked for. */
  const held = () => {
    const asked: { readonly give: (verdict: Verdict) => void; readonly signal: AbortSignal | undefined }[] =
      [];
    let more = () => {};
    const lean = leanInMemory(
      (_s, _how, { signal }) =>
        new Promise<Verdict>((give, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('killed')));
          asked.push({ give, signal });
          more();
        }),
    );
    const until = (n: number): Promise<void> =>
      new Promise((resolve) => {
        more = () => asked.length >= n && resolve();
        more();
      });
    return { lean, asked, until };
  };

  test('goes to Lean once', async () => {
    const { lean, asked, until } = held();
    const { verify } = make(lean);
    const both = [1, 2].map(() => runActivity(verify, input('x')));
    const other = runActivity(verify, input('y'));
    await until(2);
    for (const { give } of asked) give(rejected('no'));
    const [first, second] = await Promise.all(both);
    await other;
    expect(asked).toHaveLength(2);
    expect([first, second].map((j) => [j?.verdict.status, j?.cached, (j?.leanMs ?? 0) > 0])).toEqual(
      expect.arrayContaining([
        ['rejected', false, true],
        ['rejected', true, false],
      ]),
    );
  });

  test('is done by the second when the first is cancelled, and when its verdict says nothing of the proof', async () => {
    const { lean, asked, until } = held();
    const { verify } = make(lean);
    const env = activityEnvironment();
    const first = runIn(env, verify, input('x'));
    first.catch(() => {});
    await until(1);
    const rest = [1, 2].map(() => runActivity(verify, input('x')));
    env.cancel('CANCELLED');
    await expect(first).rejects.toBeInstanceOf(CancelledFailure);
    await until(2);
    asked[1]?.give({ status: 'timeout', limitMs: 5, ms: 5 });
    await until(3);
    asked[2]?.give(rejected('no'));
    expect((await Promise.all(rest)).map((j) => j.verdict.status).sort()).toEqual(['rejected', 'timeout']);
    expect(asked).toHaveLength(3);
  });

  test('is joined without the cache only within one run', async () => {
    const { lean, asked, until } = held();
    const { verify } = make(lean);
    const all = ['a', 'a', 'b'].map((runId) => runActivity(verify, input('x', { cache: false, runId })));
    await until(2);
    for (const { give } of asked) give(rejected('no'));
    await Promise.all(all);
    expect(asked).toHaveLength(2);
  });
});

test('a cancelled check ends as cancelled, whatever error Lean made of it, after beats were sent', async () => {
  const env = activityEnvironment();
  let beats = 0;
  env.on('heartbeat', () => {
    beats += 1;
  });
  const lean = leanInMemory(
    (_s, _how, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('killed')));
        env.cancel('CANCELLED');
      }),
  );
  await expect(runIn(env, make(lean).verify, input('x'))).rejects.toBeInstanceOf(CancelledFailure);
  expect(beats).toBeGreaterThan(0);
  expect((await verify(leanInMemory(), input('x'))).cached).toBe(false);
});

test('a fault of Lean is a failure with its code, retryable when a fresh process may mend it', async () => {
  const failing = (code: 'LEAN_START_FAILED' | 'LEAN_ASSET_INVALID') =>
    verify(
      leanInMemory(() => {
        throw new ProofloopError(code, 'no');
      }),
      input('x'),
    );
  await expect(failing('LEAN_START_FAILED')).rejects.toMatchObject({
    type: 'LEAN_START_FAILED',
    nonRetryable: false,
  });
  await expect(failing('LEAN_ASSET_INVALID')).rejects.toMatchObject({
    type: 'LEAN_ASSET_INVALID',
    nonRetryable: true,
  });
});

test('long diagnostics are cut for the history and whole in the store', async () => {
  const text = 'é'.repeat(100_000);
  const result = await verify(
    leanInMemory(() => rejected(text)),
    input('x'),
  );
  const [inHistory] = 'diagnostics' in result.verdict ? result.verdict.diagnostics : [];
  expect(Buffer.byteLength(inHistory?.text ?? '')).toBeLessThan(32 * 1024);
  expect(inHistory?.text).not.toContain('\ufffd');
});

const local = (lean: LeanService, candidates: readonly string[], cache = true) =>
  runActivity(make(lean, candidates).proveLocally, {
    runId: 'run',
    theorem: theorem('t'),
    lean: plan().lean,
    cache,
    firstAttempt: 4,
  });

test('the portfolio ends at the first accepted candidate, and each tried one is recorded', async () => {
  const lean = leanInMemory();
  const judged = await local(lean, ['by rfl', 'by good', 'by omega']);
  expect(judged.map((j) => j.verdict.status)).toEqual(['rejected', 'accepted']);
  const attempts = await store.listAttempts('run', 't');
  expect(attempts.map((a) => [a.n, a.round, a.sample, a.submission?.text])).toEqual([
    [4, 0, 0, 'by rfl'],
    [5, 0, 1, 'by good'],
  ]);
});

test('candidates that were refused before are not tried again', async () => {
  const lean = leanInMemory();
  await local(lean, ['by rfl', 'by simp']);
  const again = await local(lean, ['by rfl', 'by simp', 'by omega']);
  expect(again.map((j) => j.cached)).toEqual([true, true, false]);
  expect(lean.asked.map((a) => a.text)).toEqual(['by rfl', 'by simp', 'by omega']);
});

test('when the fresh instance refuses what the warm one accepted, the candidates behind it are tried', async () => {
  const lean = leanInMemory(({ text }, how) =>
    text === 'by odd' && how === 'judge'
      ? rejected()
      : text === 'by rfl'
        ? rejected()
        : { ...accepted, assurance: { ...accepted.assurance, fresh: how === 'judge' } },
  );
  const judged = await local(lean, ['by rfl', 'by odd', 'by omega']);
  expect(judged.map((j) => [j.submission.text, j.verdict.status])).toEqual([
    ['by rfl', 'rejected'],
    ['by odd', 'rejected'],
    ['by omega', 'accepted'],
  ]);
});
