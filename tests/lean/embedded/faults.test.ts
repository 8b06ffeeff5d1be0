import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InstanceDied } from '../../../lean/backend.ts';
import type { EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import type { EmbeddedInstance } from '../../../lean/embedded/instance.ts';
import { backend, gone, OPTIONS, RIGHT, request, SIMP_LOOP, UNSTOPPABLE } from './support.ts';

let lean: EmbeddedBackend;
let instance: EmbeddedInstance;

const living = async (): Promise<EmbeddedInstance> => {
  if (!instance?.alive) instance = await lean.start();
  return instance;
};

beforeAll(() => {
  lean = backend();
});
afterAll(async () => await lean.close());

describe('a request whose time is up', () => {
  test('is a timeout, and where Lean listens to the soft stop the instance lives on', async () => {
    const it = await living();
    await it.check(RIGHT);
    expect(await it.check(SIMP_LOOP(1_000))).toMatchObject({ status: 'timeout', limitMs: 1_000 });
    expect(it.alive).toBe(true);
    expect(await it.check(RIGHT)).toMatchObject({ status: 'accepted' });
  });

  test('ends the instance where nothing softer helps, and another one takes its place', async () => {
    const it = await living();
    expect(await it.check(UNSTOPPABLE(3_000))).toMatchObject({ status: 'timeout' });
    expect(it.alive).toBe(false);
    await expect(it.check(RIGHT)).rejects.toBeInstanceOf(InstanceDied);
    expect(await (await living()).check(RIGHT)).toMatchObject({ status: 'accepted' });
  });

  test('stops an elaboration that may take any number of heartbeats', async () => {
    const it = await living();
    const macro =
      'syntax "lp" : tactic\nmacro_rules | `(tactic| lp) => `(tactic| (skip; lp))\nset_option maxHeartbeats 0 in\nset_option maxRecDepth 10000000 in\nexample : False := by lp\n';
    expect(await it.elaborate(macro, { ...OPTIONS, wallMs: 1_000 })).toMatchObject({ status: 'timeout' });
    expect(await (await living()).check(RIGHT)).toMatchObject({ status: 'accepted' });
  });
});

/** Lean makes equations and induction principles of library functions when they are first asked for, and keeps them. */
const REALIZING = [
  ['(xs : List Nat) : (xs.map id).length = xs.length', 'by fun_induction List.map <;> simp_all [List.map]'],
  ['(n : Nat) : n.gcd 0 = n', 'by unfold Nat.gcd; simp'],
  ['(a b c d : Nat) (h : a * b = c) (k : c = d) : d = a * b', 'by grind'],
] as const;

test('what a stop interrupts is not kept half done: the next request over the same library is answered right', async () => {
  const it = await lean.start();
  const wanted = [];
  for (const [statement, proof] of REALIZING) {
    await it.reset('');
    const at = performance.now();
    wanted.push((await it.check(request(`theorem t ${statement}`, proof))).status);
    const whole = performance.now() - at;
    for (const part of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      await it.reset('');
      const wallMs = Math.max(1, Math.round(part * whole));
      await it.check(request(`theorem t ${statement}`, proof, { wallMs }));
      expect(it.alive).toBe(true);
      expect((await it.check(request(`theorem t ${statement}`, proof))).status).toBe(wanted.at(-1));
    }
  }
  expect(wanted).toContain('accepted');
  await it.stop();
});

describe('a cancelled request', () => {
  test('rejects with the reason of the signal, and the instance lives on where Lean listens', async () => {
    const it = await living();
    const canceller = new AbortController();
    const reason = new Error('no longer wanted');
    const running = it.check(SIMP_LOOP(60_000), canceller.signal);
    setTimeout(() => canceller.abort(reason), 200);
    await expect(running).rejects.toBe(reason);
    expect(await it.check(RIGHT)).toMatchObject({ status: 'accepted' });
  });

  test('rejects also when only the end of the instance stops it', async () => {
    const it = await living();
    // Late enough for the bignum work to have begun: before that Lean listens.
    await it.check(RIGHT);
    const running = it.check(UNSTOPPABLE(60_000), AbortSignal.timeout(3_000));
    await expect(running).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(it.alive).toBe(false);
  });

  test('that was cancelled before never starts', async () => {
    const it = await living();
    const before = it.requests;
    await expect(it.check(RIGHT, AbortSignal.abort(new Error('early')))).rejects.toThrow('early');
    expect(it.requests).toBe(before);
  });
});

describe('texts that break Lean', () => {
  const cases = {
    'a giant numeral': `(${'9'.repeat(200_000)} : Nat) = 0`,
    '3,000 nested parentheses': `${'('.repeat(3_000)}True${')'.repeat(3_000)}`,
    'a power beyond all memory': '(2 : Nat) ^ (2 ^ 40) = 1',
  };
  test.each(Object.entries(cases))('%s takes no other request its answer', async (_, statement) => {
    const [first, second] = [await lean.start(), await lean.start()];
    const broken = first
      .check(request(`theorem t : ${statement}`, 'by decide', { wallMs: 8_000 }))
      .then((verdict) => verdict.status)
      .catch((error: unknown) => {
        if (!(error instanceof InstanceDied)) throw error;
        return 'died';
      });
    const neighbours = Array.from({ length: 5 }, () => null);
    for (const _ of neighbours) expect(await second.check(RIGHT)).toMatchObject({ status: 'accepted' });
    expect(await broken).not.toBe('accepted');
    if (first.alive) expect(await first.check(RIGHT)).toMatchObject({ status: 'accepted' });
    await Promise.all([first.stop(), second.stop()]);
  });

  test('memory that grows without end ends the instance alone', async () => {
    const [first, second] = [await lean.start(), await lean.start()];
    const bomb = 'partial def grow (s : String) : Nat := grow (s ++ s)\n#eval grow "x"\n';
    await expect(first.elaborate(bomb, { ...OPTIONS, wallMs: 60_000 })).rejects.toMatchObject({
      name: 'InstanceDied',
      own: true,
    });
    expect(await second.check(RIGHT)).toMatchObject({ status: 'accepted' });
    await second.stop();
  });
});

describe('a host that is killed', () => {
  test('rejects what runs in it, and the next start brings a new one', async () => {
    const first = await lean.start();
    const running = first.check(UNSTOPPABLE(60_000));
    const { pid } = first;
    setTimeout(() => process.kill(pid, 'SIGKILL'), 100);
    await expect(running).rejects.toMatchObject({ name: 'InstanceDied', own: false });
    await gone(pid);
    expect(first.alive).toBe(false);
    const next = await lean.start();
    expect(await next.check(RIGHT)).toMatchObject({ status: 'accepted' });
  });

  test('several requests in it are all taken for innocent', async () => {
    const shared: EmbeddedInstance[] = [];
    while (shared.length < 2) shared.push(await lean.start());
    shared.push(await lean.start({ apartFrom: new Set([shared[0]!.pid]) }));
    const mates = shared.filter((it) => it.pid === shared[0]!.pid);
    expect(mates.length).toBeGreaterThan(1);
    const running = mates.map((it) => it.check(UNSTOPPABLE(60_000)));
    setTimeout(() => process.kill(shared[0]!.pid, 'SIGKILL'), 100);
    for (const result of await Promise.allSettled(running))
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'InstanceDied', own: false } });
    const others = shared.filter((it) => !mates.includes(it));
    for (const other of others) expect(await other.check(RIGHT)).toMatchObject({ status: 'accepted' });
  });
});

test('instances share a host, and one that is to live apart survives the end of that host', async () => {
  const fresh = backend();
  const [one, mate] = await Promise.all([fresh.start(), fresh.start()]);
  expect(one.pid).toBe(mate.pid);
  const other = await fresh.start({ apartFrom: new Set([one.pid]) });
  expect(other.pid).not.toBe(one.pid);
  process.kill(one.pid, 'SIGKILL');
  await Promise.all([one.ended, mate.ended]);
  expect(await other.check(RIGHT)).toMatchObject({ status: 'accepted' });
  await fresh.close();
  await Promise.all([gone(one.pid), gone(other.pid)]);
  expect([one.alive, other.alive]).toEqual([false, false]);
});
