import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Store, StoreOptions } from '../../src/store/index.ts';
import { accepted, attempt, byOmega, rejected, result, run } from './samples.ts';

/** One fresh, empty place for a store, which may be opened more than once (as by several processes). */
export type StorePlace = {
  open(options?: StoreOptions): Promise<Store>;
  /** Overwrites the stored text of a record with something unreadable, behind the store's back. */
  damage(what: 'verdict' | 'proof' | 'run' | 'result' | 'attempt' | 'text', text: string): Promise<void>;
  remove(): Promise<void>;
};

const DAY = 24 * 3_600_000;

/** What every kind of store has to do; each kind's test file calls this with its own place. */
export const storeContract = (kind: string, newPlace: () => Promise<StorePlace>): void => {
  describe(`${kind} store`, () => {
    let place: StorePlace;
    let store: Store;
    let other: Store;
    let clock: number;
    const reports: string[] = [];
    const options: StoreOptions = { now: () => clock, report: (m) => reports.push(m) };

    beforeEach(async () => {
      clock = 1_800_000_000_000;
      reports.length = 0;
      place = await newPlace();
      store = await place.open(options);
      other = await place.open(options);
    });
    afterEach(async () => {
      await store.close();
      await other.close();
      await place.remove();
    });

    test('has one id, whoever opens it and however often', async () => {
      expect(store.id).toMatch(/^[0-9a-f-]{36}$/);
      expect(other.id).toBe(store.id);
      await store.close();
      store = await place.open(options);
      expect(store.id).toBe(other.id);
    });

    test('gives back verdicts and proofs that another one wrote, and null for a key it does not know', async () => {
      await store.putVerdict('v', rejected);
      await store.putProof('p', { submission: byOmega, verdict: accepted, at: 7 });
      expect(await other.getVerdict('v')).toEqual(rejected);
      expect(await other.getProof('p')).toEqual({ submission: byOmega, verdict: accepted, at: 7 });
      expect(await other.getVerdict('p')).toBeNull();
      expect(await other.getProof('v')).toBeNull();
    });

    test('replaces a verdict that is written again', async () => {
      await store.putVerdict('v', rejected);
      await other.putVerdict('v', accepted);
      expect(await store.getVerdict('v')).toEqual(accepted);
    });

    test('gives a lease to one owner only, to the same owner again, and the answer to all', async () => {
      expect(await store.leaseResponse('k', 'ann', 1000)).toEqual({ status: 'mine' });
      expect(await other.leaseResponse('k', 'bob', 1000)).toEqual({ status: 'busy', until: clock + 1000 });
      expect(await other.leaseResponse('k', 'ann', 1000)).toEqual({ status: 'mine' });
      await store.putResponse('k', 'ann', 'answer');
      expect(await other.leaseResponse('k', 'bob', 1000)).toEqual({ status: 'ready', value: 'answer' });
    });

    test('gives an expired lease to who asks next, and the old owner can no longer extend it', async () => {
      await store.leaseResponse('k', 'ann', 1000);
      clock += 1001;
      expect(await other.leaseResponse('k', 'bob', 1000)).toEqual({ status: 'mine' });
      expect(await store.extendLease('k', 'ann', 1000)).toBe(false);
      expect(await store.leaseResponse('k', 'ann', 1000)).toEqual({ status: 'busy', until: clock + 1000 });
    });

    test('extends a lease from now on, and a released one is free at once', async () => {
      await store.leaseResponse('k', 'ann', 1000);
      clock += 900;
      expect(await store.extendLease('k', 'ann', 1000)).toBe(true);
      clock += 900;
      expect((await other.leaseResponse('k', 'bob', 1000)).status).toBe('busy');
      await other.releaseLease('k', 'bob');
      expect((await other.leaseResponse('k', 'bob', 1000)).status).toBe('busy');
      await store.releaseLease('k', 'ann');
      expect((await other.leaseResponse('k', 'bob', 1000)).status).toBe('mine');
    });

    test('keeps the first answer, also one whose lease had run out, and never takes it back', async () => {
      await store.leaseResponse('k', 'ann', 10);
      clock += 11;
      await other.leaseResponse('k', 'bob', 1000);
      await store.putResponse('k', 'ann', 'paid first');
      await other.putResponse('k', 'bob', 'paid second');
      await other.releaseLease('k', 'bob');
      expect(await other.extendLease('k', 'bob', 1000)).toBe(false);
      expect(await other.leaseResponse('k', 'cy', 1000)).toEqual({ status: 'ready', value: 'paid first' });
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
            const live = holder !== undefined && holder.until > clock;
            if (what === 'wait') clock += 60;
            else if (what === 'extend') {
              const extended = await store.extendLease(key, owner, 100);
              expect(extended).toBe(!answers.has(key) && holder?.owner === owner);
              if (extended) held.set(key, { owner, until: clock + 100 });
            } else if (what === 'release') {
              await store.releaseLease(key, owner);
              if (holder?.owner === owner) held.delete(key);
            } else if (what === 'put') {
              await store.putResponse(key, owner, `${owner} ${round}`);
              if (!answers.has(key)) answers.set(key, `${owner} ${round}`);
              held.delete(key);
            } else {
              const lease = await other.leaseResponse(key, owner, 100);
              const answer = answers.get(key);
              if (answer !== undefined) expect(lease).toEqual({ status: 'ready', value: answer });
              else if (live && holder.owner !== owner)
                expect(lease).toEqual({ status: 'busy', until: holder.until });
              else {
                expect(lease).toEqual({ status: 'mine' });
                held.set(key, { owner, until: clock + 100 });
              }
            }
          }
        }),
        { numRuns: 60 },
      );
    });

    test('keeps texts under the sha256 of their UTF-8, whatever characters they hold', async () => {
      const texts = ['', 'a\0b\r\nc', '∀ x, x = x 𝔽', 'x'.repeat(300_000)];
      for (const text of texts) {
        const sha256 = await store.putText(text);
        expect(sha256).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
        expect(await other.getText(sha256)).toBe(text);
      }
      expect(await store.getText('0'.repeat(64))).toBeNull();
    });

    test('gives a run back with the results written since, in the order of its theorems', async () => {
      await store.putRun(run('r', { results: [result('two')] }));
      await other.putResult('r', result('three', 'unsolved'));
      await other.putResult('r', result('one'));
      await other.putResult('r', result('three'));
      const read = await store.getRun('r');
      expect(read).toEqual(run('r', { results: [result('one'), result('two'), result('three')] }));
      expect(await store.getRun('unknown')).toBeNull();
    });

    test('keeps results when the record of their run is written again, or only after them', async () => {
      await store.putResult('r', result('one'));
      await store.putRun(run('r'));
      await store.putResult('r', result('two'));
      await store.putRun(run('r', { state: 'done', endedAt: 2_000 }));
      const read = await store.getRun('r');
      expect(read?.state).toBe('done');
      expect(read?.results.map((r) => r.theoremId)).toEqual(['one', 'two']);
    });

    test('lists runs newest first, no more than asked for', async () => {
      for (const [i, id] of ['a', 'b', 'c'].entries()) await store.putRun(run(id, { startedAt: 1000 + i }));
      expect((await store.listRuns(2)).map((r) => r.runId)).toEqual(['c', 'b']);
    });

    test('keeps one attempt for each number, the last one written', async () => {
      for (const n of [2, 1, 2]) await store.putAttempt('r', 'one', attempt(n));
      await store.putAttempt('r', 'two', attempt(1));
      expect(await other.listAttempts('r', 'one')).toEqual([attempt(1), attempt(2)]);
    });

    test('keeps archived histories by workflow id', async () => {
      await store.putHistory('r/one', '{"events":[]}');
      expect(await other.getHistory('r/one')).toBe('{"events":[]}');
      expect(await other.getHistory('r/two')).toBeNull();
    });

    test.each(['not json', '{"status":"maybe"}', '[]'])(
      'takes a record that reads %j as absent, says so, and takes a new one in its place',
      async (text) => {
        await store.putVerdict('v', rejected);
        await store.putProof('p', { submission: byOmega, verdict: accepted, at: 7 });
        await store.putRun(run('r', { results: [result('one')] }));
        await store.putAttempt('r', 'one', attempt(1));
        for (const what of ['verdict', 'proof', 'result', 'attempt'] as const) await place.damage(what, text);
        expect(await store.getVerdict('v')).toBeNull();
        expect(await store.getProof('p')).toBeNull();
        expect(await store.listAttempts('r', 'one')).toEqual([]);
        expect(await store.getRun('r')).toEqual(run('r'));
        await place.damage('run', text);
        expect(await store.getRun('r')).toBeNull();
        expect(await store.listRuns(10)).toEqual([]);
        expect(reports.length).toBeGreaterThanOrEqual(5);
        await store.putVerdict('v', accepted);
        expect(await store.getVerdict('v')).toEqual(accepted);
        await store.prune(clock + 1);
      },
    );

    test('does not hand out a text that no longer fits its hash', async () => {
      const sha256 = await store.putText('a proof');
      await place.damage('text', 'another proof');
      expect(await store.getText(sha256)).toBeNull();
      expect(reports.join()).toContain(sha256);
    });

    test('counts what reads found and did not find, over all that have it open', async () => {
      await store.putVerdict('v', rejected);
      await store.getVerdict('v');
      await other.getVerdict('unknown');
      await other.leaseResponse('k', 'ann', 1000);
      await store.putResponse('k', 'ann', 'answer');
      await store.leaseResponse('k', 'bob', 1000);
      await other.stats();
      expect(await store.stats()).toMatchObject({ verdicts: 1, responses: 1, hits: 2, misses: 2 });
      expect((await store.stats()).bytes).toBeGreaterThan(0);
    });

    test('clears what is cached but keeps runs, texts and answers that are being paid for', async () => {
      await store.putVerdict('v', rejected);
      await store.putProof('p', { submission: byOmega, verdict: accepted, at: 7 });
      await store.putResponse('k', 'ann', 'answer');
      await store.leaseResponse('under way', 'ann', 1000);
      await store.putRun(run('r', { state: 'done', endedAt: 2_000 }));
      await store.putText('text');
      expect(await other.clear()).toBe(3);
      expect(await store.stats()).toMatchObject({ verdicts: 0, proofs: 0, responses: 0, texts: 1, runs: 1 });
      expect((await store.leaseResponse('under way', 'bob', 1000)).status).toBe('busy');
    });

    test.each(['running', 'paused'] as const)('clears nothing that a %s run wrote or used', async (state) => {
      await store.putVerdict('old', rejected);
      await store.putVerdict('old but used', rejected);
      clock += 3 * DAY;
      await store.putRun(run('r', { state, startedAt: clock }));
      clock += 1000;
      expect(await store.getVerdict('old but used')).toEqual(rejected);
      await store.putResponse('k', 'ann', 'answer');
      expect(await other.clear()).toBe(1);
      expect(await other.prune(clock + 1)).toBe(0);
      expect(await store.getVerdict('old but used')).toEqual(rejected);
      expect((await store.leaseResponse('k', 'bob', 10)).status).toBe('ready');
      expect(await store.getVerdict('old')).toBeNull();
    });

    test('prunes what is older than asked, with the attempts and results of runs that go', async () => {
      const sha256 = await store.putText('a long prompt');
      await store.putVerdict('old', rejected);
      await store.putRun(run('old', { state: 'done', startedAt: clock, endedAt: clock }));
      await store.putResult('old', result('one'));
      await store.putAttempt('old', 'one', attempt(1, sha256));
      await store.putHistory('old/one', '{}');
      clock += 10 * DAY;
      const kept = await store.putText('another long prompt');
      await store.putRun(run('new', { state: 'done', startedAt: clock, endedAt: clock }));
      await store.putAttempt('new', 'one', attempt(1, kept));
      await store.putVerdict('new', rejected);
      expect(await other.prune(clock - DAY)).toBe(6);
      expect(await store.getRun('old')).toBeNull();
      expect(await store.listAttempts('old', 'one')).toEqual([]);
      expect(await store.getHistory('old/one')).toBeNull();
      expect(await store.getText(sha256)).toBeNull();
      expect((await store.getRun('new'))?.runId).toBe('new');
      expect(await store.getText(kept)).toBe('another long prompt');
    });

    test('keeps the texts that attempts of remaining runs refer to, however old', async () => {
      const sha256 = await store.putText('a long prompt');
      clock += 10 * DAY;
      await store.putRun(run('r', { state: 'done', startedAt: clock, endedAt: clock }));
      await store.putAttempt('r', 'one', attempt(1, sha256));
      expect(await store.prune(clock - DAY)).toBe(0);
      expect(await store.getText(sha256)).toBe('a long prompt');
    });

    test('keeps the texts that stored answers refer to', async () => {
      const sha256 = await store.putText('a long prompt');
      clock += 10 * DAY;
      await store.putResponse('k', 'ann', JSON.stringify({ prompt: { text: 'head', sha256 } }));
      await store.putResponse('no JSON', 'ann', 'by omega');
      expect(await store.prune(clock - DAY)).toBe(0);
      expect(await store.getText(sha256)).toBe('a long prompt');
      clock += 10 * DAY;
      expect(await store.prune(clock - DAY)).toBe(3);
    });

    test('keeps the text that a remaining run was started on', async () => {
      const source = await store.putText('theorems');
      clock += 10 * DAY;
      await store.putRun(
        run('r', { state: 'done', startedAt: clock, endedAt: clock, provenance: { source } }),
      );
      expect(await store.prune(clock - DAY)).toBe(0);
      expect(await store.getText(source)).toBe('theorems');
    });

    test('removes more rows than fit in one transaction', async () => {
      for (let i = 0; i < 1201; i++) await store.putVerdict(`v${i}`, rejected);
      expect(await other.clear()).toBe(1201);
      expect((await store.stats()).verdicts).toBe(0);
    });

    test('refuses calls after it was closed, and closing twice is no fault', async () => {
      await other.close();
      await other.close();
      await expect(other.getVerdict('v')).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
      expect(await store.getVerdict('v')).toBeNull();
    });
  });
};
