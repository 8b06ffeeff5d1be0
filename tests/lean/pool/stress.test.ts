import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LeanBackend } from '../../../lean/backend.ts';
import { createPool } from '../../../lean/pool/pool.ts';
import type { LeanService } from '../../../lean/service.ts';
import { isProofloopError, ProofloopError } from '../../../src/model/index.ts';
import {
  fixtureBackend,
  isRunning,
  jobOf,
  proof,
  until,
  watched,
  withoutBubblewrap,
} from '../repl/support.ts';

withoutBubblewrap();

const SLOTS = 3;
const STORM_MS = 1_500;

const schedule = fc.record({
  requests: fc.array(
    fc.record({
      call: fc.constantFrom('screen', 'screen', 'judge', 'elaborate'),
      header: fc.constantFrom('', 'import Std\n', 'import Lean\n'),
      atMs: fc.integer({ min: 0, max: STORM_MS }),
      workMs: fc.integer({ min: 0, max: 60 }),
      cancelMs: fc.option(fc.integer({ min: 0, max: 200 }), { freq: 2 }),
    }),
    { minLength: 60, maxLength: 60 },
  ),
  /** Any process of the pool, the spare too. */
  kills: fc.array(fc.record({ atMs: fc.integer({ min: 0, max: STORM_MS }), which: fc.nat({ max: SLOTS }) }), {
    maxLength: 12,
  }),
  /** By the number of the start: it fails, or what it brought is killed so many ms later. */
  starts: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constant('fails' as const) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 }) },
    ),
    { minLength: 30, maxLength: 30 },
  ),
  recycleAfter: fc.option(fc.integer({ min: 1, max: 5 })),
  closeMs: fc.option(fc.integer({ min: 0, max: STORM_MS }), { freq: 2 }),
});
type Schedule = typeof schedule extends fc.Arbitrary<infer T> ? T : never;

/** Starts that fail or are killed, as the schedule has it; after the storm all go well. */
function shaky(backend: LeanBackend, starts: Schedule['starts'], pids: Set<number>, calm: () => boolean) {
  let count = 0;
  return {
    identity: () => backend.identity(),
    close: () => backend.close(),
    start: async () => {
      const fate = calm() ? null : (starts[count++] ?? null);
      if (fate === 'fails') throw new ProofloopError('LEAN_START_FAILED', 'the schedule has it so');
      const instance = await backend.start();
      pids.add(instance.pid);
      if (fate !== null) void sleep(fate).then(() => kill(instance.pid));
      return instance;
    },
  } satisfies LeanBackend;
}

const kill = (pid: number) => {
  if (pid > 0 && isRunning(pid)) process.kill(pid, 'SIGKILL');
};

const ask = async (pool: LeanService, one: Schedule['requests'][number], i: number, signal: AbortSignal) => {
  const job = jobOf({ header: one.header });
  const text = `SAY:token${i} WORK:${one.workMs}`;
  if (one.call !== 'elaborate') return await pool[one.call](job, proof(text), { signal });
  return await pool.elaborate(`${one.header}example : 1 = 1 := ${text}`, job.options, { signal });
};

test('whatever is cancelled, killed, recycled and closed when: one answer each, its own, and no hang', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async ({ requests, kills, starts, recycleAfter, closeMs }) => {
      const pids = new Set<number>();
      let calm = false;
      const backend = watched(shaky(fixtureBackend(), starts, pids, () => calm));
      const pool = createPool({ backend, slots: SLOTS, recycle: { requests: recycleAfter } });
      const closing = closeMs === null ? null : sleep(closeMs).then(() => pool.close());
      for (const { atMs, which } of kills)
        void sleep(atMs).then(() => kill(pool.status().instances[which]?.pid ?? 0));

      const answers = requests.map(async (one, i) => {
        await sleep(one.atMs);
        const controller = new AbortController();
        const reason = new Error(`request ${i} was cancelled`);
        if (one.cancelMs !== null) void sleep(one.cancelMs).then(() => controller.abort(reason));
        const answer = await ask(pool, one, i, controller.signal).catch((error: unknown) => error);
        if (answer === reason) {
          expect(one.cancelMs).not.toBeNull();
          return 'cancelled';
        }
        if (isProofloopError(answer)) return answer.code;
        const { status } = answer as { status: string };
        if (status === 'accepted' || status === 'ok') expect(tokens(answer)).toEqual([`token${i}`]);
        return status;
      });
      const outcomes = await Promise.all(answers);
      expect(outcomes).toHaveLength(requests.length);
      const closed = closeMs === null ? [] : ['CANCELLED'];
      // Faults of the machine: nothing else may come of kills and of starts that fail.
      const machine = ['crashed', 'LEAN_CRASHED', 'LEAN_START_FAILED'];
      for (const outcome of outcomes)
        expect(['accepted', 'ok', 'cancelled', ...closed, ...machine]).toContain(outcome);
      if (kills.length === 0 && starts.every((fate) => fate === null))
        for (const outcome of outcomes) expect(machine).not.toContain(outcome);

      calm = true;
      if (closing === null) {
        await until(() => pool.status().busy === 0 && pool.status().waiting === 0);
        const again = await Promise.all(
          [0, 1, 2, 3, 4, 5].map((i) => pool.judge(jobOf(), proof(`SAY:again${i} WORK:30`))),
        );
        expect(again.map(tokens)).toEqual([0, 1, 2, 3, 4, 5].map((i) => [`again${i}`]));
        await until(() => pool.status().instances.length === SLOTS + 1);
      }
      await (closing ?? pool.close());
      await until(() => ![...pids].some(isRunning));
      expect(backend.violations).toEqual([]);
      expect(backend.most()).toBeLessThanOrEqual(SLOTS + 1);
    }),
    { numRuns: Number(process.env.STRESS_RUNS ?? 8), endOnFailure: true },
  );
});

/** What the messages of an answer say, whichever call it came from. */
function tokens(answer: unknown): string[] {
  const { messages, diagnostics } = answer as Record<string, { text: string }[] | undefined>;
  return (messages ?? diagnostics ?? []).map(({ text }) => text);
}
