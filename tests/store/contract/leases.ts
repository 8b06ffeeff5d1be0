import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Stage } from './stage.ts';

/** One payer for each answer: leases, their expiry, and what is done with late answers. */
export const leaseTests = (s: Stage): void => {
  test('gives a lease to one owner only, to the same owner again, and the answer to all', async () => {
    expect(await s.store.leaseResponse('k', 'ann', 1000)).toEqual({ status: 'mine' });
    expect(await s.other.leaseResponse('k', 'bob', 1000)).toEqual({ status: 'busy', until: s.clock + 1000 });
    expect(await s.other.leaseResponse('k', 'ann', 1000)).toEqual({ status: 'mine' });
    await s.store.putResponse('k', 'ann', 'answer');
    expect(await s.other.leaseResponse('k', 'bob', 1000)).toEqual({ status: 'ready', value: 'answer' });
  });

  test('gives an expired lease to who asks next, and the old owner can no longer extend it', async () => {
    await s.store.leaseResponse('k', 'ann', 1000);
    s.clock += 1001;
    expect(await s.other.leaseResponse('k', 'bob', 1000)).toEqual({ status: 'mine' });
    expect(await s.store.extendLease('k', 'ann', 1000)).toBe(false);
    expect(await s.store.leaseResponse('k', 'ann', 1000)).toEqual({ status: 'busy', until: s.clock + 1000 });
  });

  test('extends a lease from now on, and a released one is free at once', async () => {
    await s.store.leaseResponse('k', 'ann', 1000);
    s.clock += 900;
    expect(await s.store.extendLease('k', 'ann', 1000)).toBe(true);
    s.clock += 900;
    expect((await s.other.leaseResponse('k', 'bob', 1000)).status).toBe('busy');
    await s.other.releaseLease('k', 'bob');
    expect((await s.other.leaseResponse('k', 'bob', 1000)).status).toBe('busy');
    await s.store.releaseLease('k', 'ann');
    expect((await s.other.leaseResponse('k', 'bob', 1000)).status).toBe('mine');
  });

  test('keeps the first answer, also one whose lease had run out, and never takes it back', async () => {
    await s.store.leaseResponse('k', 'ann', 10);
    s.clock += 11;
    await s.other.leaseResponse('k', 'bob', 1000);
    await s.store.putResponse('k', 'ann', 'paid first');
    await s.other.putResponse('k', 'bob', 'paid second');
    await s.other.releaseLease('k', 'bob');
    expect(await s.other.extendLease('k', 'bob', 1000)).toBe(false);
    expect(await s.other.leaseResponse('k', 'cy', 1000)).toEqual({ status: 'ready', value: 'paid first' });
  });

  test('whatever the order of calls, one key never has two live owners and an answer stays', async () => {
    const call = fc.record({
      key: fc.constantFrom('a', 'b'),
      owner: fc.constantFrom('ann', 'bob', 'cy'),
      what: fc.constantFrom('lease', 'extend', 'put', 'release', 'wait'),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 30 }), async (calls) => {
        round += 1;
        const held = new Map<string, { owner: string; until: number }>();
        const answers = new Map<string, string>();
        for (const { key: name, owner, what } of calls) {
          const key = `${name}${round}`;
          const holder = held.get(key);
          const live = holder !== undefined && holder.until > s.clock;
          if (what === 'wait') s.clock += 60;
          else if (what === 'extend') {
            const extended = await s.store.extendLease(key, owner, 100);
            expect(extended).toBe(!answers.has(key) && holder?.owner === owner);
            if (extended) held.set(key, { owner, until: s.clock + 100 });
          } else if (what === 'release') {
            await s.store.releaseLease(key, owner);
            if (holder?.owner === owner) held.delete(key);
          } else if (what === 'put') {
            await s.store.putResponse(key, owner, `${owner} ${round}`);
            if (!answers.has(key)) answers.set(key, `${owner} ${round}`);
            held.delete(key);
          } else {
            const lease = await s.other.leaseResponse(key, owner, 100);
            const answer = answers.get(key);
            if (answer !== undefined) expect(lease).toEqual({ status: 'ready', value: answer });
            else if (live && holder.owner !== owner)
              expect(lease).toEqual({ status: 'busy', until: holder.until });
            else {
              expect(lease).toEqual({ status: 'mine' });
              held.set(key, { owner, until: s.clock + 100 });
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
};
