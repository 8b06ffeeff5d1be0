import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPool, type PoolOptions } from '../../../lean/pool/pool.ts';
import type { LeanService } from '../../../lean/service.ts';
import {
  exists,
  fixtureBackend,
  isRunning,
  jobOf,
  proof,
  runningInGroup,
  until,
  type Watched,
  watched,
  withoutBubblewrap,
} from '../repl/support.ts';

withoutBubblewrap();

let dir: string;
let backend: Watched;
let pool: LeanService;
const open = (options: Partial<PoolOptions> = {}): LeanService => {
  pool = createPool({ backend, slots: 1, ...options });
  return pool;
};
const pids = () => pool.status().instances.map(({ pid }) => pid);
const workers = () => pool.status().instances.filter(({ state }) => state !== 'spare');

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-pool-'));
  backend = watched(fixtureBackend());
});
afterEach(async () => {
  await pool.close();
  expect(backend.violations).toEqual([]);
  await rm(dir, { recursive: true });
});

test('a job whose instance is killed in the middle is done again in a fresh one', async () => {
  open({ spare: false });
  const mark = join(dir, 'mark');
  const verdict = pool.screen(jobOf(), proof(`FAULT-ONCE:${mark}:hang`));
  await until(() => exists(mark));
  const [pid] = pids();
  process.kill(pid!, 'SIGKILL');
  expect(await verdict).toMatchObject({ status: 'accepted' });
  expect(pids()).not.toContain(pid);
});

test('an instance that was killed while idle costs the next job nothing but a start', async () => {
  open({ spare: false });
  await pool.screen(jobOf(), proof('rfl'));
  const [pid] = pids();
  process.kill(pid!, 'SIGKILL');
  expect(await pool.screen(jobOf(), proof('rfl'))).toMatchObject({ status: 'accepted' });
  expect(pids()).not.toContain(pid);
});

test('a text that ends two instances is crashed, and the next text is judged as ever', async () => {
  open();
  expect(await pool.screen(jobOf(), proof('FAULT:exit3'))).toMatchObject({
    status: 'crashed',
    detail: expect.stringContaining('out of luck'),
  });
  expect(await pool.screen(jobOf(), proof('rfl'))).toMatchObject({ status: 'accepted' });
});

test('a time-out is a verdict, and what the process had started is gone', async () => {
  open({ spare: false });
  const mark = join(dir, 'mark');
  const running = pool.screen(jobOf({}, 400), proof(`FAULT-ONCE:${mark}:child`));
  await until(() => exists(mark));
  const [pid] = pids();
  expect(await running).toMatchObject({ status: 'timeout', limitMs: 400 });
  expect(await runningInGroup(pid!)).toEqual([]);
  expect(await pool.screen(jobOf(), proof('rfl'))).toMatchObject({ status: 'accepted' });
});

test('a process that does not listen to signals is ended all the same', async () => {
  open();
  expect(await pool.screen(jobOf({}, 300), proof('FAULT:spin'))).toMatchObject({ status: 'timeout' });
});

test('judge works in an instance that has run no submission, and it joins the warm ones', async () => {
  open();
  await pool.screen(jobOf(), proof('SAY:warm'));
  const verdict = await pool.judge(jobOf(), proof('SAY:judged'));
  expect(verdict).toMatchObject({ status: 'accepted', assurance: { fresh: true } });
  expect(backend.before.get('SAY:judged')).toBe(0);
  expect(await pool.screen(jobOf(), proof('SAY:next'))).toMatchObject({ assurance: { fresh: false } });
  expect(backend.before.get('SAY:next')).toBe(1);
  expect(backend.most()).toBeLessThanOrEqual(2);
});

test('judge finds a clean instance also without a spare and after a crash', async () => {
  open({ spare: false });
  await pool.screen(jobOf(), proof('SAY:warm'));
  const text = `FAULT-ONCE:${join(dir, 'mark')}:abort`;
  expect(await pool.judge(jobOf(), proof(text))).toMatchObject({
    status: 'accepted',
    assurance: { fresh: true },
  });
  expect(backend.most()).toBe(1);
});

test('many judges at once never share an instance', async () => {
  open({ slots: 3 });
  const texts = Array.from({ length: 12 }, (_, i) => `SAY:j${i}`);
  const verdicts = await Promise.all(texts.map((text) => pool.judge(jobOf(), proof(text))));
  for (const verdict of verdicts)
    expect(verdict).toMatchObject({ status: 'accepted', assurance: { fresh: true } });
  expect(texts.map((text) => backend.before.get(text))).toEqual(texts.map(() => 0));
  expect(backend.most()).toBeLessThanOrEqual(4);
});

test('a slot whose instance died takes the spare', async () => {
  open();
  await pool.screen(jobOf(), proof('rfl'));
  await until(() => pool.status().instances.some(({ state }) => state === 'spare'));
  const spare = pool.status().instances.find(({ state }) => state === 'spare');
  expect(spare?.headers).toBe(1);
  process.kill(workers()[0]!.pid, 'SIGKILL');
  await until(() => workers()[0]?.pid === spare?.pid);
  expect(await pool.screen(jobOf(), proof('rfl'))).toMatchObject({ status: 'accepted' });
  expect(workers()[0]?.pid).toBe(spare?.pid);
});

test('jobs start in the order in which they came', async () => {
  open();
  const order: number[] = [];
  const all = Array.from({ length: 8 }, (_, i) =>
    pool.screen(jobOf(), proof(`WORK:${8 - i}`), { onStart: () => order.push(i) }),
  );
  expect(pool.status()).toMatchObject({ slots: 1, busy: 1 });
  await until(() => pool.status().waiting === 7);
  await Promise.all(all);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('a job goes to the instance that has its header', async () => {
  open({ slots: 2, spare: false });
  const lean = jobOf({ header: 'import Lean\n' });
  const std = jobOf({ header: 'import Std\n' });
  await Promise.all([pool.screen(lean, proof('WORK:20')), pool.screen(std, proof('WORK:20'))]);
  for (const job of [std, lean, std, std, lean]) await pool.screen(job, proof('rfl'));
  expect(workers().map(({ headers }) => headers)).toEqual([1, 1]);
});

test('a cancelled job leaves the queue at once and costs no start', async () => {
  open({ spare: false });
  const mark = join(dir, 'mark');
  const first = new AbortController();
  const atWork = pool.screen(jobOf(), proof(`FAULT-ONCE:${mark}:hang`), { signal: first.signal });
  const second = new AbortController();
  let started = false;
  const queued = pool.screen(jobOf(), proof('rfl'), {
    signal: second.signal,
    onStart: () => {
      started = true;
    },
  });
  await until(() => exists(mark));
  second.abort(new Error('second is off'));
  await expect(queued).rejects.toThrow('second is off');
  expect(pool.status()).toMatchObject({ busy: 1, waiting: 0 });
  first.abort(new Error('first is off'));
  await expect(atWork).rejects.toThrow('first is off');
  expect(started).toBe(false);
  expect(await pool.screen(jobOf(), proof('rfl'))).toMatchObject({ status: 'accepted' });
});

test('a job that is cancelled before it is given never gets a place', async () => {
  open();
  const signal = AbortSignal.abort(new Error('too late'));
  await expect(pool.screen(jobOf(), proof('rfl'), { signal })).rejects.toThrow('too late');
  expect(pool.status()).toMatchObject({ busy: 0, waiting: 0, instances: [] });
});

test('firstAccepted goes on after refusals, a time-out and a crash, on one slot, and stops at the first proof', async () => {
  open();
  const texts = ['FAIL:no', 'FAULT:hang', 'FAULT:eof', 'by sorry', 'rfl', 'SAY:never'];
  let starts = 0;
  const running = pool.firstAccepted(jobOf({}, 1_000), texts.map(proof), {
    onStart: () => {
      starts += 1;
    },
  });
  const other = pool.screen(jobOf(), proof('rfl'));
  const tried = await running;
  expect(tried.map(({ verdict }) => verdict.status)).toEqual([
    'rejected',
    'timeout',
    'crashed',
    'incomplete',
    'accepted',
  ]);
  expect(tried.map(({ submission }) => submission.text)).toEqual(texts.slice(0, 5));
  expect(starts).toBe(1);
  expect(backend.before.has('SAY:never')).toBe(false);
  expect(await other).toMatchObject({ status: 'accepted' });
});

test('firstAccepted does not try the rest when the header is bad', async () => {
  open();
  const tried = await pool.firstAccepted(jobOf({ header: 'import Nowhere\n' }), [
    proof('rfl'),
    proof('trivial'),
  ]);
  expect(tried).toMatchObject([{ verdict: { status: 'badHeader', missing: ['Nowhere'] } }]);
});

test('an instance is replaced after its number of requests, between two of them', async () => {
  open({ spare: false, recycle: { requests: 2 } });
  const seen: number[] = [];
  for (let i = 0; i < 4; i += 1) {
    let pid = 0;
    await pool.screen(jobOf(), proof('rfl'), {
      onStart: () => {
        pid = pids()[0]!;
      },
    });
    seen.push(pid);
  }
  expect(seen[0]).toBe(seen[1]);
  expect(seen[2]).toBe(seen[3]);
  expect(seen[1]).not.toBe(seen[2]);
});

test.each([
  ['held memory', { memoryBytes: 1 }, { memoryBytes: 64 * 1024 ** 3 }],
  ['age', { ageMs: 0 }, { ageMs: 3_600_000 }],
])(
  'an instance is replaced for its %s, between two requests, and not before the limit',
  async (_, worn, fit) => {
    const idOf = async () => {
      let id = 0;
      const onStart = () => {
        id = workers()[0]!.id;
      };
      expect(await pool.screen(jobOf(), proof('rfl'), { onStart })).toMatchObject({ status: 'accepted' });
      return id;
    };
    const nothing = { requests: null, memoryBytes: null, ageMs: null };
    open({ spare: false, recycle: { ...nothing, ...worn } });
    expect([await idOf(), await idOf(), await idOf()]).toEqual([1, 2, 3]);
    await pool.close();
    backend = watched(fixtureBackend());
    open({ spare: false, recycle: { ...nothing, ...fit } });
    expect([await idOf(), await idOf(), await idOf()]).toEqual([1, 1, 1]);
  },
);

test('instances that nobody needs are ended, and come back when somebody does', async () => {
  open({ recycle: { idleMs: 100 } });
  await pool.screen(jobOf(), proof('rfl'));
  const used = pids();
  await until(() => pool.status().instances.length === 0 && !used.some(isRunning));
  expect(await pool.screen(jobOf(), proof('rfl'))).toMatchObject({ status: 'accepted' });
});

test('elaborate gives messages at positions of the whole text', async () => {
  open();
  const text = '-- first\nimport Lean\n\ntheorem a : 1 = 1 := rfl -- SAY:hello\n';
  expect(await pool.elaborate(text, jobOf().options)).toMatchObject({
    status: 'ok',
    messages: [{ text: 'hello', pos: { line: 3, column: 0 } }],
  });
  const crash = await pool.elaborate('import Lean\n-- FAULT:eof\nexample : True := trivial', jobOf().options);
  expect(crash).toMatchObject({ status: 'crashed', messages: [], sorries: [] });
});

test('texts that cannot be Lean files are refused without an instance', async () => {
  open();
  for (const text of ['\0', '\ud800', 'x'.repeat(1_000_001)]) {
    expect(await pool.screen(jobOf(), proof(text))).toMatchObject({ status: 'rejected' });
  }
  await expect(
    pool.screen({ ...jobOf(), options: { wallMs: -1, heartbeats: 0 } }, proof('rfl')),
  ).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringContaining('-1') });
  expect(pool.status().instances).toEqual([]);
  expect(() => createPool({ backend, slots: 0 })).toThrow('lean.slots is 0');
});

test('close ends jobs that wait and that are at work, and every process', async () => {
  open({ slots: 2 });
  const mark = join(dir, 'mark');
  const atWork = pool.screen(jobOf(), proof(`FAULT-ONCE:${mark}:child`));
  await until(() => exists(mark));
  const queued = Array.from({ length: 5 }, () => pool.screen(jobOf(), proof('WORK:50')));
  const used = pids();
  const outcomes = Promise.allSettled([atWork, ...queued]);
  await pool.close();
  for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'CANCELLED' } });
  expect(used.filter(isRunning)).toEqual([]);
  await expect(pool.screen(jobOf(), proof('rfl'))).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a command that does not start is a fault with its name and what it said', async () => {
  backend = watched(
    fixtureBackend({ command: [process.execPath, '-e', 'console.error("no lake here"); process.exit(7)'] }),
  );
  open();
  await expect(pool.screen(jobOf(), proof('rfl'))).rejects.toMatchObject({
    code: 'LEAN_START_FAILED',
    message: expect.stringMatching(/exit code 7.*no lake here/su),
  });
  expect(pool.status()).toMatchObject({ busy: 0, waiting: 0, instances: [] });
});

test('a job that is cancelled while its instance starts leaves at once, and close ends the start', async () => {
  const mute = join(dir, 'mute');
  const script = `require('fs').writeFileSync(${JSON.stringify(mute)}, String(process.pid)); setInterval(() => 0, 1000)`;
  backend = watched(fixtureBackend({ command: [process.execPath, '-e', script] }));
  open();
  const controller = new AbortController();
  const cancelled = pool.screen(jobOf(), proof('rfl'), { signal: controller.signal });
  await until(async () => (await exists(mute)) && (await readFile(mute, 'utf8')) !== '');
  controller.abort(new Error('off'));
  await expect(cancelled).rejects.toThrow('off');
  const queued = pool.screen(jobOf(), proof('rfl'));
  const refused = expect(queued).rejects.toMatchObject({ code: 'CANCELLED' });
  await pool.close();
  await refused;
  expect(isRunning(Number(await readFile(mute, 'utf8')))).toBe(false);
});
