import { expect, test } from '@jest/globals';
import { accepted, attempt, byOmega, rejected, result, run } from '../samples.ts';
import type { Stage } from './stage.ts';

const DAY = 24 * 3_600_000;

/** What is removed, and what is kept because somebody still needs it. */
export const pruningTests = (s: Stage): void => {
  test('clears what is cached but keeps runs, texts and answers that are being paid for', async () => {
    await s.store.putVerdict('v', rejected);
    await s.store.putProof('p', { submission: byOmega, verdict: accepted, at: 7 });
    await s.store.putResponse('k', 'ann', 'answer');
    await s.store.leaseResponse('under way', 'ann', 1000);
    await s.store.putRun(run('r', { state: 'done', endedAt: 2_000 }));
    await s.store.putText('text');
    expect(await s.other.clear()).toBe(3);
    expect(await s.store.stats()).toMatchObject({ verdicts: 0, proofs: 0, responses: 0, texts: 1, runs: 1 });
    expect((await s.store.leaseResponse('under way', 'bob', 1000)).status).toBe('busy');
  });

  test.each(['running', 'paused'] as const)('clears nothing that a %s run wrote or used', async (state) => {
    await s.store.putVerdict('old', rejected);
    await s.store.putVerdict('old but used', rejected);
    s.clock += 3 * DAY;
    await s.store.putRun(run('r', { state, startedAt: s.clock }));
    s.clock += 1000;
    expect(await s.store.getVerdict('old but used')).toEqual(rejected);
    await s.store.putResponse('k', 'ann', 'answer');
    expect(await s.other.clear()).toBe(1);
    expect(await s.other.prune(s.clock + 1)).toBe(0);
    expect(await s.store.getVerdict('old but used')).toEqual(rejected);
    expect((await s.store.leaseResponse('k', 'bob', 10)).status).toBe('ready');
    expect(await s.store.getVerdict('old')).toBeNull();
  });

  test('prunes what is older than asked, with the attempts and results of runs that go', async () => {
    const sha256 = await s.store.putText('a long prompt');
    await s.store.putVerdict('old', rejected);
    await s.store.putRun(run('old', { state: 'done', startedAt: s.clock, endedAt: s.clock }));
    await s.store.putResult('old', result('one'));
    await s.store.putAttempt('old', 'one', attempt(1, sha256));
    await s.store.putHistory('old/one', '{}');
    s.clock += 10 * DAY;
    const kept = await s.store.putText('another long prompt');
    await s.store.putRun(run('new', { state: 'done', startedAt: s.clock, endedAt: s.clock }));
    await s.store.putAttempt('new', 'one', attempt(1, kept));
    await s.store.putVerdict('new', rejected);
    expect(await s.other.prune(s.clock - DAY)).toBe(6);
    expect(await s.store.getRun('old')).toBeNull();
    expect(await s.store.listAttempts('old', 'one')).toEqual([]);
    expect(await s.store.getHistory('old/one')).toBeNull();
    expect(await s.store.getText(sha256)).toBeNull();
    expect((await s.store.getRun('new'))?.runId).toBe('new');
    expect(await s.store.getText(kept)).toBe('another long prompt');
  });

  test('keeps the texts that attempts of remaining runs refer to, however old', async () => {
    const sha256 = await s.store.putText('a long prompt');
    s.clock += 10 * DAY;
    await s.store.putRun(run('r', { state: 'done', startedAt: s.clock, endedAt: s.clock }));
    await s.store.putAttempt('r', 'one', attempt(1, sha256));
    expect(await s.store.prune(s.clock - DAY)).toBe(0);
    expect(await s.store.getText(sha256)).toBe('a long prompt');
  });

  test('keeps the texts that stored answers refer to', async () => {
    const sha256 = await s.store.putText('a long prompt');
    s.clock += 10 * DAY;
    await s.store.putResponse('k', 'ann', JSON.stringify({ prompt: { text: 'head', sha256 } }));
    await s.store.putResponse('no JSON', 'ann', 'by omega');
    expect(await s.store.prune(s.clock - DAY)).toBe(0);
    expect(await s.store.getText(sha256)).toBe('a long prompt');
    s.clock += 10 * DAY;
    expect(await s.store.prune(s.clock - DAY)).toBe(3);
  });

  test('keeps the text that a remaining run was started on', async () => {
    const source = await s.store.putText('theorems');
    s.clock += 10 * DAY;
    await s.store.putRun(
      run('r', { state: 'done', startedAt: s.clock, endedAt: s.clock, provenance: { source } }),
    );
    expect(await s.store.prune(s.clock - DAY)).toBe(0);
    expect(await s.store.getText(source)).toBe('theorems');
  });

  test('removes more rows than fit in one transaction', async () => {
    for (let i = 0; i < 1201; i++) await s.store.putVerdict(`v${i}`, rejected);
    expect(await s.other.clear()).toBe(1201);
    expect((await s.store.stats()).verdicts).toBe(0);
  });
};
