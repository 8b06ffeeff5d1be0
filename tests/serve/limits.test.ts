import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isAlive } from '../lean/embedded/support.ts';
import { ENDLESS, errors, LOOP, QUICK, type Serving, serve, severities, WRONG } from './support.ts';

type Health = {
  status: string;
  instances: { ready: number; busy: number };
  queue: { snippets: number; waiting: number; requests: number };
};
const healthOf = async (at: Serving): Promise<Health> =>
  (await (await fetch(`${at.url}/health`)).json()) as Health;
/** Resolves when the server is in such a state; the test's own limit bounds it. */
const until = async (at: Serving, holds: (health: Health) => boolean): Promise<Health> => {
  for (;;) {
    const health = await healthOf(at);
    if (holds(health)) return health;
    await delay(20);
  }
};
const quiet = ({ queue, instances }: Health) => queue.snippets + queue.requests + instances.busy === 0;

describe('one instance', () => {
  let at: Serving;
  beforeAll(async () => {
    at = await serve(['--slots', '1', '--queue', '6', '--max-requests', '4', '--max-timeout', '3s']);
  });
  afterAll(() => at.end());

  test('an endless snippet costs its neighbours nothing but the wait', async () => {
    const codes = [QUICK, LOOP, WRONG, ENDLESS, QUICK];
    const results = await at.check(codes, { timeout: 2 });
    expect(results.map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4']);
    expect(results.map((r) => r.error ?? severities(r).join())).toEqual([
      '',
      expect.stringMatching(/timed out after 2 s/),
      'error',
      expect.stringMatching(/timed out after 2 s/),
      '',
    ]);
    expect(results[1]!.response).toBeUndefined();
    expect(results[1]!.time).toBeGreaterThanOrEqual(1.99);
  });

  test('time to wait does not count: the last of a slow batch has all of its own', async () => {
    const results = await at.check([LOOP, LOOP, LOOP, QUICK], { timeout: 2 });
    expect(results.slice(0, 3).every(({ error }) => error?.includes('timed out'))).toBe(true);
    expect(results[3]!.response).toEqual({ env: 0 });
  });

  test('a request cannot ask for more time than the server gives', async () => {
    const [result] = await at.check([LOOP], { timeout: 3_000 });
    expect(result!.error).toMatch(/timed out after 3 s/);
    expect((await at.check([QUICK], { timeout: 0 }))[0]!.error).toMatch(/timed out after 0 s/);
  });

  test('when it is full it says so at once, and when to come back', async () => {
    const busy = at.check([LOOP, LOOP, LOOP, LOOP, LOOP], { timeout: 1 });
    await until(at, ({ queue }) => queue.snippets >= 4);
    const answer = await at.post('/api/check', {
      snippets: ['a', 'b', 'c'].map((id) => ({ id, code: QUICK })),
    });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toEqual({
      detail: expect.stringMatching(/over the limit of 6/),
      code: 'too_busy',
    });
    expect(await busy).toHaveLength(5);
    expect((await at.check([QUICK]))[0]!.response).toEqual({ env: 0 });
  });

  test('more requests at once than it takes are turned away, health is not', async () => {
    const body = { snippets: [{ id: 'a', code: LOOP }], timeout: 1 };
    const answers = await Promise.all(Array.from({ length: 9 }, () => at.post('/api/check', body)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(4);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1);
    expect((await fetch(`${at.url}/health`)).status).toBe(200);
  });

  test('a client that goes away takes its snippets with it', async () => {
    const leaving = new AbortController();
    const left = at.check([LOOP, LOOP, LOOP], { timeout: 3 }, { signal: leaving.signal });
    await until(at, ({ instances, queue }) => instances.busy === 1 && queue.waiting === 2);
    const began = performance.now();
    leaving.abort();
    await expect(left).rejects.toThrow(/abort/i);
    await until(at, quiet);
    expect(performance.now() - began).toBeLessThan(2_900);
    expect((await at.check([QUICK]))[0]!.response).toEqual({ env: 0 });
  });

  test('a host that is killed under a batch costs nobody an answer', async () => {
    const running = at.check([LOOP, QUICK, WRONG, QUICK], { timeout: 2, debug: true });
    await until(at, ({ instances }) => instances.busy === 1);
    const [known] = await at.check([QUICK], { debug: true });
    const results = await running;
    const host = Number(known!.diagnostics!.repl_uuid);
    expect(isAlive(host)).toBe(true);
    const again = at.check([LOOP, QUICK, WRONG, QUICK], { timeout: 2 });
    await until(at, ({ instances }) => instances.busy === 1);
    process.kill(host, 'SIGKILL');
    for (const each of [results, await again])
      expect(each.map((r) => (r.error ? 'error' : errors(r).length))).toEqual(['error', 0, 1, 0]);
    expect(await healthOf(at)).toMatchObject({ status: 'ok' });
  });

  test('output without end is cut, and the server lives', async () => {
    const code = `theorem t : True := trivial\n${'#print t\n'.repeat(30_000)}`;
    const [result] = await at.check([code], { timeout: 3 });
    expect(result!.error ?? result!.response).toBeDefined();
    expect((await at.check([QUICK]))[0]!.response).toEqual({ env: 0 });
  });
});

test('a snippet that waits too long is answered by itself', async () => {
  const at = await serve(['--slots', '1', '--max-wait', '1s']);
  const results = await at.check([LOOP, QUICK], { timeout: 3 });
  expect(results.map(({ error }) => error)).toEqual([
    expect.stringMatching(/timed out/),
    expect.stringMatching(/no Lean instance was free within 1 s/),
  ]);
  await at.end();
});

describe('the end', () => {
  test('what runs is answered, what waits is told, and nothing is left behind', async () => {
    const at = await serve(['--slots', '1']);
    const [known] = await at.check([QUICK], { debug: true });
    const host = Number(known!.diagnostics!.repl_uuid);
    const running = at.check([LOOP, QUICK], { timeout: 2 });
    await until(at, ({ instances }) => instances.busy === 1);
    process.kill(at.child.pid!, 'SIGTERM');
    expect((await running).map(({ error }) => error)).toEqual([
      expect.stringMatching(/timed out after 2 s/),
      expect.stringMatching(/server is ending/),
    ]);
    const { exitCode, stdout, stderr } = await at.ended();
    expect({ exitCode, lines: stdout.trim().split('\n').length }).toEqual({ exitCode: 0, lines: 1 });
    expect(stderr).not.toMatch(/Error|^\s+at /m);
    expect(isAlive(host)).toBe(false);
    // Less than the 72 s after which an idle connection would be closed.
  }, 60_000);

  test('what runs longer than the grace is answered too', async () => {
    const at = await serve(['--slots', '2', '--grace', '500ms']);
    const running = at.check([LOOP, ENDLESS], { timeout: 60 });
    await until(at, ({ instances }) => instances.busy === 2);
    process.kill(at.child.pid!, 'SIGINT');
    expect((await running).map(({ error }) => error)).toEqual(
      Array(2).fill(expect.stringMatching(/server ended before/)),
    );
    expect((await at.ended()).exitCode).toBe(0);
  }, 60_000);

  test('kill -9 leaves no Lean behind', async () => {
    const at = await serve(['--slots', '1']);
    const [known] = await at.check([QUICK], { debug: true });
    const host = Number(known!.diagnostics!.repl_uuid);
    process.kill(at.child.pid!, 'SIGKILL');
    while (isAlive(host)) await delay(20);
    await at.ended();
  });
});
