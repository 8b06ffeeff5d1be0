import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LeanActivities } from '../../activities/api.ts';
import { leanActivities } from '../../activities/verify.ts';
import { createLeanService } from '../../lean/index.ts';
import type { LeanService } from '../../lean/service.ts';
import type { LeanOptions, Theorem } from '../../src/model/index.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { runActivity } from '../support/activity.ts';
import { LEAN_CACHE } from '../support/lean-cache.ts';
import { proof } from '../support/theorems.ts';

/** Real Lean, real store: what its own limits and what the wall clock make of a check. */
let dir: string;
let store: Store;
let lean: LeanService;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-limits-'));
  store = await openStore(join(dir, 'store.sqlite'));
  const settings = { profile: 'embedded', profiles: { embedded: { kind: 'embedded' } }, slots: 1 } as const;
  lean = await createLeanService({
    lean: { ...settings, spare: false, wallMs: 20_000, heartbeats: 200_000 },
    dirs: { cache: dirname(LEAN_CACHE), data: '', state: '', config: '' },
  });
});
afterAll(async () => {
  await lean.close();
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const PATIENT: LeanOptions = { wallMs: 100_000, heartbeats: 200_000 };
const activities = (candidates: readonly string[] = [], heartbeats = 20_000): LeanActivities =>
  leanActivities({
    lean,
    store,
    now: Date.now,
    local: { name: 'local', heartbeats, candidates: () => candidates.map(proof) },
  });
const theorem = (statement: string, context = ''): Theorem => ({
  id: 't',
  name: 't',
  header: '',
  context,
  statement: `theorem t ${statement}`,
});
const verify = (one: Theorem, text: string, limits: LeanOptions = PATIENT) =>
  runActivity(activities().verify, {
    runId: 'run',
    theorem: one,
    lean: limits,
    submission: proof(text),
    cache: true,
  });

const CLIMB = '(f : Nat → Nat) (h : ∀ x, f x = f (x+1)) : f 0 = 7';
const CLIMBING = 'by simp (config := {maxSteps := 1000000000}) [h]';
const SLOW = 'def slow : Nat → Nat → Nat | 0, a => a | n+1, a => slow n (slow n (a+1))\n';

test.each([
  ['heartbeats', 'set_option maxRecDepth 10000000\n', { ...PATIENT, heartbeats: 500 }],
  ['recursion depth', '', PATIENT],
])('the limit of %s is exhausted, at any pace of the machine', async (_, context, limits) => {
  expect(await verify(theorem(CLIMB, context), CLIMBING, limits)).toMatchObject({
    verdict: { status: 'exhausted' },
    cached: false,
  });
});

test('a right proof that the wall clock stopped is not remembered as anything: with more time it is accepted', async () => {
  const one = theorem(': slow 13 0 = 8191', SLOW);
  const hurried = { ...PATIENT, wallMs: 1 };
  for (const _ of [1, 2])
    expect(await verify(one, 'by decide +kernel', hurried)).toMatchObject({
      verdict: { status: 'timeout', limitMs: 1 },
      cached: false,
    });
  expect(await verify(one, 'by decide +kernel')).toMatchObject({
    verdict: { status: 'accepted' },
    cached: false,
  });
});

test('a wrong one is remembered only when Lean itself refused it', async () => {
  const one = theorem('(n : Nat) : n + 1 = n');
  const hurried = { ...PATIENT, wallMs: 1 };
  expect(await verify(one, 'by simp', hurried)).toMatchObject({ verdict: { status: 'timeout' } });
  const refused = await verify(one, 'by simp');
  expect(refused).toMatchObject({ verdict: { status: 'incomplete' }, cached: false });
  expect(await verify(one, 'by simp', hurried)).toMatchObject({
    verdict: { status: 'incomplete' },
    cached: true,
  });
});

test('the portfolio stops a candidate by heartbeats of its own, and what it refuses holds for these only', async () => {
  const one = theorem('(a b : Nat) : a + b = b + a', 'set_option maxRecDepth 10000000\n');
  const climb =
    'by\n  have h : ∀ f : Nat → Nat, (∀ x, f x = f (x+1)) → f 0 = 7 := by intro f h; simp (config := {maxSteps := 1000000000}) [h]\n  omega';
  const judged = await runActivity(activities([climb, 'by rfl', 'by omega'], 500).proveLocally, {
    runId: 'run',
    theorem: one,
    lean: PATIENT,
    cache: true,
    firstAttempt: 1,
  });
  expect(judged.map(({ verdict }) => verdict.status)).toEqual(['exhausted', 'rejected', 'accepted']);
  // The proof counts under the limits of the run; the refusal of `by rfl` was under others.
  expect(await verify(one, 'by rfl')).toMatchObject({ verdict: { status: 'rejected' }, cached: false });
});
