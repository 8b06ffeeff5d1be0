import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createPool } from '../../../lean/pool/pool.ts';
import { fixtureBackend, jobOf, proof, until, watched, withoutBubblewrap } from '../repl/support.ts';

withoutBubblewrap();

const requests = fc.array(
  fc.record({
    call: fc.constantFrom('screen', 'screen', 'screen', 'judge', 'elaborate', 'firstAccepted'),
    header: fc.constantFrom('', 'import Std\n', 'import Lean\n'),
    workMs: fc.integer({ min: 0, max: 20 }),
    fault: fc.option(fc.constantFrom('eof', 'twice', 'oldenv'), { freq: 20 }),
    /** Milliseconds until it is cancelled, where it is. */
    cancelMs: fc.option(fc.integer({ min: 0, max: 700 }), { freq: 2 }),
  }),
  { minLength: 100, maxLength: 100 },
);

test('of 100 requests cancelled at random none is lost, none gets another’s answer, and the pool is whole again', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (list) => {
      const backend = watched(fixtureBackend());
      const pool = createPool({ backend, slots: 3 });
      const outcomes = await Promise.all(
        list.map(async ({ call, header, workMs, fault, cancelMs }, i) => {
          const controller = new AbortController();
          const reason = new Error(`request ${i} was cancelled`);
          if (cancelMs !== null) void sleep(cancelMs).then(() => controller.abort(reason));
          const job = jobOf({ header });
          const text = `SAY:token${i} WORK:${workMs}${fault === null ? '' : ` FAULT:${fault}`}`;
          const options = { signal: controller.signal };
          const answer = async () => {
            if (call === 'judge') return await pool.judge(job, proof(text), options);
            if (call === 'screen') return await pool.screen(job, proof(text), options);
            if (call === 'firstAccepted') {
              return (await pool.firstAccepted(job, [proof(text)], options)).at(-1)?.verdict;
            }
            return await pool.elaborate(`${header}example : 1 = 1 := ${text}`, job.options, options);
          };
          const outcome = await answer().catch((error: unknown) => error);
          if (outcome === reason) return 'cancelled';
          const broken = fault === 'twice' ? ['crashed', 'accepted', 'ok'] : ['crashed'];
          expect(fault === null ? ['accepted', 'ok'] : broken).toContain(
            (outcome as { status: string }).status,
          );
          if (fault === null) expect(tokens(outcome)).toEqual([`token${i}`]);
          return 'answered';
        }),
      );
      expect(outcomes).toHaveLength(100);
      await until(() => pool.status().busy === 0);
      expect(pool.status().waiting).toBe(0);
      const again = await Promise.all(
        [0, 1, 2].map((i) => pool.screen(jobOf(), proof(`SAY:again${i} WORK:30`))),
      );
      expect(again.map((verdict) => verdict.status)).toEqual(['accepted', 'accepted', 'accepted']);
      expect(backend.violations).toEqual([]);
      expect(backend.most()).toBeLessThanOrEqual(4);
      await pool.close();
    }),
    { numRuns: 2, endOnFailure: true },
  );
});

/** What the messages of an answer say, whichever call it came from. */
function tokens(outcome: unknown): string[] {
  const { messages, diagnostics } = outcome as Record<string, { text: string }[] | undefined>;
  return (messages ?? diagnostics ?? []).map(({ text }) => text);
}
