import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLeanService } from '../../../lean/index.ts';
import type { LeanService } from '../../../lean/service.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { isRunning, jobOf, proof, until } from '../repl/support.ts';

/** The pool over the embedded Lean, as a worker has it. */
let lean: LeanService;
const dirs = { cache: dirname(LEAN_CACHE), data: '', state: '', config: '' };
const profiles = { embedded: { kind: 'embedded' } } as const;

beforeAll(async () => {
  const settings = { profile: 'embedded', profiles, slots: 2, wallMs: 60_000, heartbeats: 200_000 };
  lean = await createLeanService({ dirs, lean: settings });
});
afterAll(() => lean.close());

const job = (wallMs = 60_000) =>
  jobOf({ header: '', statement: 'theorem t (a b : Nat) (h : a < b) : a + 1 ≤ b' }, wallMs);
const endless = (wallMs: number) =>
  jobOf({ header: '', statement: 'theorem t : 5 ^ 999999 % 7 = 6' }, wallMs);
const busyHost = () => lean.status().instances.find(({ state }) => state === 'busy')?.pid ?? 0;

test('screen, judge and candidates in order give the verdicts of the checker', async () => {
  expect(await lean.screen(job(), proof('by simp'))).toMatchObject({ status: 'rejected' });
  expect(await lean.screen(job(), proof('by omega'))).toMatchObject({ status: 'accepted' });
  expect(await lean.judge(job(), proof('by omega'))).toMatchObject({
    status: 'accepted',
    assurance: { fresh: true, kernelReplay: true, statement: 'expr' },
  });
  const tried = await lean.firstAccepted(job(), ['rfl', 'by sorry', 'by omega', 'by grind'].map(proof));
  expect(tried.map(({ verdict }) => verdict.status)).toEqual(['rejected', 'incomplete', 'accepted']);
});

test('a judge puts the slot back instead of waiting for another instance', async () => {
  await lean.screen(job(), proof('by omega'));
  const before = lean.status().instances.filter(({ state }) => state !== 'spare');
  for (let i = 0; i < 5; i++)
    expect(await lean.judge(job(), proof('by omega'))).toMatchObject({ assurance: { fresh: true } });
  const after = lean.status().instances.filter(({ state }) => state !== 'spare');
  const requests = (rows: typeof before) => rows.reduce((sum, row) => sum + row.requests, 0);
  expect(after.map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
  // A judgement is a request, and so is each way back but the first instance's, which had a screening behind it.
  expect(requests(after) - requests(before)).toBeGreaterThanOrEqual(5 + 4);
});

test('a host that is killed in the middle costs its job nothing but time', async () => {
  let started = 0;
  const running = lean.screen(endless(5_000), proof('by omega'), {
    onStart: () => {
      started = busyHost();
    },
  });
  await until(() => started > 0);
  process.kill(started, 'SIGKILL');
  expect(await running).toMatchObject({ status: 'timeout' });
  expect(await lean.screen(job(), proof('by omega'))).toMatchObject({ status: 'accepted' });
});

test('a cancelled job has really ended when the call rejects, and both slots work afterwards', async () => {
  const controller = new AbortController();
  const running = lean.screen(endless(60_000), proof('by omega'), {
    signal: controller.signal,
    onStart: () => controller.abort(new Error('the sibling won')),
  });
  await expect(running).rejects.toThrow('the sibling won');
  const both = await Promise.all([1, 2].map(() => lean.screen(job(), proof('by omega'))));
  expect(both.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
});

test('close leaves no process behind', async () => {
  const pids = lean.status().instances.map(({ pid }) => pid);
  expect(pids.length).toBeGreaterThan(0);
  await lean.close();
  await until(() => !pids.some(isRunning));
});

test('a profile that is not there is named', async () => {
  const settings = { profile: 'mathlib', profiles, slots: 1, wallMs: 1, heartbeats: 1 };
  await expect(createLeanService({ dirs, lean: settings })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('"mathlib"'),
  });
});
