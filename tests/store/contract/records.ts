import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { accepted, attempt, byOmega, rejected, result, run } from '../samples.ts';
import type { Stage } from './stage.ts';

/** What was written is read again, by everybody; what is damaged is not. */
export const recordTests = (s: Stage): void => {
  test('has one id, whoever opens it and however often', async () => {
    expect(s.store.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(s.other.id).toBe(s.store.id);
    await s.store.close();
    s.store = await s.place.open(s.options);
    expect(s.store.id).toBe(s.other.id);
  });

  test('gives back verdicts and proofs that another one wrote, and null for a key it does not know', async () => {
    await s.store.putVerdict('v', rejected);
    await s.store.putProof('p', { submission: byOmega, verdict: accepted, at: 7 });
    expect(await s.other.getVerdict('v')).toEqual(rejected);
    expect(await s.other.getProof('p')).toEqual({ submission: byOmega, verdict: accepted, at: 7 });
    expect(await s.other.getVerdict('p')).toBeNull();
    expect(await s.other.getProof('v')).toBeNull();
  });

  test('replaces a verdict that is written again', async () => {
    await s.store.putVerdict('v', rejected);
    await s.other.putVerdict('v', accepted);
    expect(await s.store.getVerdict('v')).toEqual(accepted);
  });

  test('keeps texts under the sha256 of their UTF-8, whatever characters they hold', async () => {
    const texts = ['', 'a\0b\r\nc', '∀ x, x = x 𝔽', 'x'.repeat(300_000)];
    for (const text of texts) {
      const sha256 = await s.store.putText(text);
      expect(sha256).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      expect(await s.other.getText(sha256)).toBe(text);
    }
    expect(await s.store.getText('0'.repeat(64))).toBeNull();
  });

  test('gives a run back with the results written since, in the order of its theorems', async () => {
    await s.store.putRun(run('r', { results: [result('two')] }));
    await s.other.putResult('r', result('three', 'unsolved'));
    await s.other.putResult('r', result('one'));
    await s.other.putResult('r', result('three'));
    const read = await s.store.getRun('r');
    expect(read).toEqual(run('r', { results: [result('one'), result('two'), result('three')] }));
    expect(await s.store.getRun('unknown')).toBeNull();
  });

  test('keeps results when the record of their run is written again, or only after them', async () => {
    await s.store.putResult('r', result('one'));
    await s.store.putRun(run('r'));
    await s.store.putResult('r', result('two'));
    await s.store.putRun(run('r', { state: 'done', endedAt: 2_000 }));
    const read = await s.store.getRun('r');
    expect(read?.state).toBe('done');
    expect(read?.results.map((r) => r.theoremId)).toEqual(['one', 'two']);
  });

  test('lists runs newest first, no more than asked for', async () => {
    for (const [i, id] of ['a', 'b', 'c'].entries()) await s.store.putRun(run(id, { startedAt: 1000 + i }));
    expect((await s.store.listRuns(2)).map((r) => r.runId)).toEqual(['c', 'b']);
  });

  test('keeps one attempt for each number, the last one written', async () => {
    for (const n of [2, 1, 2]) await s.store.putAttempt('r', 'one', attempt(n));
    await s.store.putAttempt('r', 'two', attempt(1));
    expect(await s.other.listAttempts('r', 'one')).toEqual([attempt(1), attempt(2)]);
  });

  test('counts trials over runs, each once, and keeps them when their run is pruned', async () => {
    const trial = { variant: 'a/1', model: 'm', stage: 'first', category: 'Nat', difficulty: '' } as const;
    const of = (runId: string, n: number) => ({ runId, theoremId: 'one', n });
    await s.store.putTrial(of('r', 1), { ...trial, won: false });
    await s.other.putTrial(of('r', 1), { ...trial, won: true });
    await s.store.putTrial(of('r', 2), { ...trial, won: false });
    await s.store.putTrial(of('q', 1), { ...trial, stage: 'repair', won: false });
    await s.store.prune(s.clock + 1);
    expect(await s.other.trialCounts()).toEqual([
      { ...trial, trials: 2, wins: 1 },
      { ...trial, stage: 'repair', trials: 1, wins: 0 },
    ]);
    expect(await s.other.trialCounts('r')).toEqual([{ ...trial, stage: 'repair', trials: 1, wins: 0 }]);
    expect(await s.other.trialCounts('q')).toEqual([{ ...trial, trials: 2, wins: 1 }]);
  });

  test('names under what a run has attempts, and forgets the trials of a model or all of them', async () => {
    for (const id of ['two', 'one', 'one.s1.h', 'one']) await s.store.putAttempt('r', id, attempt(1));
    await s.store.putAttempt('q', 'other', attempt(1));
    expect(await s.other.attemptedIds('r')).toEqual(['one', 'one.s1.h', 'two']);
    expect(await s.other.attemptedIds('none')).toEqual([]);
    const trial = { variant: 'a/1', stage: 'first', category: '', difficulty: '', won: true } as const;
    const of = (n: number) => ({ runId: 'r', theoremId: 'one', n });
    for (const [n, model] of ['m', 'm', 'k'].entries()) await s.store.putTrial(of(n), { ...trial, model });
    expect(await s.other.forgetTrials('nobody')).toBe(0);
    expect(await s.other.forgetTrials('m')).toBe(2);
    expect((await s.store.trialCounts()).map((row) => row.model)).toEqual(['k']);
    expect(await s.store.forgetTrials(null)).toBe(1);
    expect(await s.other.trialCounts()).toEqual([]);
  });

  test('keeps archived histories by workflow id', async () => {
    await s.store.putHistory('r/one', '{"events":[]}');
    expect(await s.other.getHistory('r/one')).toBe('{"events":[]}');
    expect(await s.other.getHistory('r/two')).toBeNull();
  });

  test.each(['not json', '{"status":"maybe"}', '[]'])(
    'takes a record that reads %j as absent, says so, and takes a new one in its place',
    async (text) => {
      await s.store.putVerdict('v', rejected);
      await s.store.putProof('p', { submission: byOmega, verdict: accepted, at: 7 });
      await s.store.putRun(run('r', { results: [result('one')] }));
      await s.store.putAttempt('r', 'one', attempt(1));
      for (const what of ['verdict', 'proof', 'result', 'attempt'] as const) await s.place.damage(what, text);
      expect(await s.store.getVerdict('v')).toBeNull();
      expect(await s.store.getProof('p')).toBeNull();
      expect(await s.store.listAttempts('r', 'one')).toEqual([]);
      expect(await s.store.getRun('r')).toEqual(run('r'));
      await s.place.damage('run', text);
      expect(await s.store.getRun('r')).toBeNull();
      expect(await s.store.listRuns(10)).toEqual([]);
      expect(s.reports.length).toBeGreaterThanOrEqual(5);
      await s.store.putVerdict('v', accepted);
      expect(await s.store.getVerdict('v')).toEqual(accepted);
      await s.store.prune(s.clock + 1);
    },
  );

  test('does not hand out a text that no longer fits its hash', async () => {
    const sha256 = await s.store.putText('a proof');
    await s.place.damage('text', 'another proof');
    expect(await s.store.getText(sha256)).toBeNull();
    expect(s.reports.join()).toContain(sha256);
  });

  test('counts what reads found and did not find, over all that have it open', async () => {
    await s.store.putVerdict('v', rejected);
    await s.store.getVerdict('v');
    await s.other.getVerdict('unknown');
    await s.other.leaseResponse('k', 'ann', 1000);
    await s.store.putResponse('k', 'ann', 'answer');
    await s.store.leaseResponse('k', 'bob', 1000);
    await s.other.stats();
    expect(await s.store.stats()).toMatchObject({ verdicts: 1, responses: 1, hits: 2, misses: 2 });
    expect((await s.store.stats()).bytes).toBeGreaterThan(0);
  });

  test('refuses calls after it was closed, and closing twice is no fault', async () => {
    await s.other.close();
    await s.other.close();
    await expect(s.other.getVerdict('v')).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
    expect(await s.store.getVerdict('v')).toBeNull();
  });
};
