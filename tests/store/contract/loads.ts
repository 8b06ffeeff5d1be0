import { expect, test } from '@jest/globals';
import type { Load, RunEvent, TunedEvent } from '../../../src/model/index.ts';
import { result, run } from '../samples.ts';
import type { Stage } from './stage.ts';

const load = (worker: string, at: number): Load => ({
  ...{ worker, at, ms: 1000, cpu: 0.5, memory: null },
  ...{ slots: 2, busyMs: 900, availableMs: 2000 },
});

const event = (at: number, over: Partial<TunedEvent> = {}): TunedEvent => ({
  ...{ at, what: 'lanes', from: 2, to: 4, reason: 'load 12 % for 10 s', by: 'run' },
  ...over,
});

/** What is read while a run works, by those who follow it and by those who steer it. */
export const loadTests = (s: Stage): void => {
  test('gives a run without its results, and the results after a cursor as they were written', async () => {
    await s.store.putRun(run('r', { results: [result('one')] }));
    await s.other.putRun(run('q', { results: [result('two')] }));
    await s.other.putResult('r', result('two'));
    expect(await s.store.getRunHead('r')).toEqual(run('r'));
    expect(await s.store.getRunHead('unknown')).toBeNull();
    expect(await s.store.getResult('r', 'two')).toEqual(result('two'));
    expect(await s.store.getResult('r', 'three')).toBeNull();
    expect(await s.store.listRunHeads(9)).toEqual([run('q'), run('r')]);
    const first = await s.store.resultsAfter('r', 0, 1);
    expect(first.results).toEqual([result('one')]);
    const second = await s.store.resultsAfter('r', first.cursor, 10);
    expect(second.results).toEqual([result('two')]);
    expect(await s.store.resultsAfter('r', second.cursor, 10)).toEqual({
      results: [],
      cursor: second.cursor,
    });
  });

  test('a result that is written again comes again after the cursor, and no other does', async () => {
    for (const id of ['one', 'two', 'three']) await s.store.putResult('r', result(id, 'error'));
    const { cursor } = await s.store.resultsAfter('r', 0, 10);
    for (const id of ['three', 'one', 'one']) await s.other.putResult('r', result(id));
    const again = await s.store.resultsAfter('r', cursor, 10);
    expect(again.results).toEqual([result('three'), result('one')]);
    const all = await s.store.resultsAfter('r', 0, 10);
    expect(all.results.map((r) => r.theoremId)).toEqual(['two', 'three', 'one']);
  });

  test('keeps events of a run in the order of their times, each once', async () => {
    await s.store.putEvent('r', event(20));
    for (let i = 0; i < 2; i++) await s.other.putEvent('r', event(10, { what: 'slots', by: 'w1' }));
    await s.store.putEvent('q', event(5));
    const by = { reason: 'set: the month is over', by: 'ada@lab' };
    const asked: RunEvent[] = [
      { at: 30, what: 'max-cost', from: 1, to: null, ...by },
      { at: 30, what: 'state', from: 'running', to: 'paused', ...by },
    ];
    for (const one of asked) await s.store.putEvent('r', one);
    expect(await s.store.listEvents('r')).toEqual([
      ...[event(10, { what: 'slots', by: 'w1' }), event(20)],
      ...asked,
    ]);
  });

  test('gives the loads of all workers in a span of time, and prunes old ones and events of runs that went', async () => {
    const t = s.clock;
    for (const [worker, at] of [
      ['b', t + 2],
      ['a', t + 2],
      ['a', t + 1],
      ['a', t + 3],
    ] as const)
      await s.store.putLoad(load(worker, at));
    await s.other.putLoad(load('a', t + 2));
    expect(await s.other.listLoads(t + 1, t + 2)).toEqual([load('a', t + 2), load('b', t + 2)]);
    await s.store.putEvent('gone', event(t));
    expect(await s.store.prune(t + 3)).toBe(4);
    expect(await s.store.listLoads(0, t + 9)).toEqual([load('a', t + 3)]);
    expect(await s.store.listEvents('gone')).toEqual([]);
  });

  test('counts versions of what was trained under each name, and keeps the last few', async () => {
    expect(await s.store.latestPredictor('local')).toBeNull();
    for (let at = 1; at <= 7; at++)
      expect(await s.store.putPredictor('local', { at, json: `${at}` })).toBe(at);
    expect(await s.other.putPredictor('gemini', { at: 9, json: '{}' })).toBe(1);
    expect(await s.other.latestPredictor('local')).toEqual({ name: 'local', version: 7, at: 7, json: '7' });
    expect(await s.other.listPredictors()).toEqual([
      { name: 'gemini', version: 1, at: 9 },
      { name: 'local', version: 7, at: 7 },
    ]);
  });

  test('keeps what was expected of a remaining run', async () => {
    const predictions = await s.store.putText('{}');
    s.clock += 864_000_000;
    await s.store.putRun(
      run('r', { state: 'done', startedAt: s.clock, endedAt: s.clock, provenance: { predictions } }),
    );
    expect(await s.store.prune(s.clock - 1000)).toBe(0);
    expect(await s.store.getText(predictions)).toBe('{}');
  });
};
