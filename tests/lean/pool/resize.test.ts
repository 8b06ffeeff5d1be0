import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPool } from '../../../lean/pool/pool.ts';
import type { LeanService } from '../../../lean/service.ts';
import {
  exists,
  fixtureBackend,
  isRunning,
  jobOf,
  proof,
  until,
  type Watched,
  watched,
  withoutBubblewrap,
} from '../repl/support.ts';

withoutBubblewrap();

let dir: string;
let backend: Watched;
let pool: LeanService;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-resize-'));
  backend = watched(fixtureBackend());
  pool = createPool({ backend, slots: 1, spare: false });
});
afterEach(async () => {
  await pool.close();
  expect(backend.violations).toEqual([]);
  await rm(dir, { recursive: true });
});

const pids = () => pool.status().instances.map(({ pid }) => pid);
/** A job that works until it is aborted; resolves when it has begun. */
const hanging = async (name: string) => {
  const abort = new AbortController();
  const mark = join(dir, name);
  const end = pool
    .screen(jobOf(), proof(`FAULT-ONCE:${mark}:hang`), { signal: abort.signal })
    .catch(() => 'aborted');
  await until(() => exists(mark));
  return {
    end: async () => {
      abort.abort();
      await end;
    },
  };
};

test('a slot more lets a job in that waited, in an instance of its own', async () => {
  const first = await hanging('first');
  const waits = pool.screen(jobOf(), proof('rfl'));
  await until(() => pool.status().waiting === 1);
  pool.resize(2);
  expect(await waits).toMatchObject({ status: 'accepted' });
  expect(pool.status()).toMatchObject({ slots: 2, busy: 1 });
  expect(pids()).toHaveLength(2);
  await first.end();
});

test('a slot fewer ends the instance that idles, and leaves the one at work', async () => {
  pool.resize(2);
  const [first, second] = [await hanging('first'), await hanging('second')];
  const before = pids();
  await second.end();
  pool.resize(1);
  await until(() => pool.status().busy === 1 && pids().length === 1);
  const gone = before.filter((pid) => !pids().includes(pid));
  await until(() => gone.every((pid) => !isRunning(pid)));
  expect(pool.status()).toMatchObject({ slots: 1, busy: 1 });
  await first.end();
  expect(await pool.screen(jobOf(), proof('rfl'))).toMatchObject({ status: 'accepted' });
});

test('slots at work go when their jobs are done, and a job that waits has the rest', async () => {
  pool.resize(3);
  const jobs = [await hanging('a'), await hanging('b'), await hanging('c')];
  pool.resize(1);
  expect(pool.status()).toMatchObject({ slots: 1, busy: 3 });
  const waits = pool.screen(jobOf(), proof('rfl'));
  for (const job of jobs) await job.end();
  expect(await waits).toMatchObject({ status: 'accepted' });
  await until(() => pool.status().busy === 0 && pids().length <= 1);
  // More again before the old ones were gone counts them in.
  pool.resize(2);
  pool.resize(3);
  pool.resize(2);
  expect(pool.status().slots).toBe(2);
  expect(() => pool.resize(0)).toThrow('lean.slots is 0');
});

test('whatever the order of changes and jobs, every job is answered and the slots are as many as were said last', async () => {
  const sizes = [3, 1, 4, 2, 1, 3, 2, 5, 1, 2];
  const verdicts: Promise<{ status: string }>[] = [];
  for (const size of sizes) {
    verdicts.push(...Array.from({ length: 3 }, () => pool.screen(jobOf(), proof('rfl'))));
    pool.resize(size);
    await verdicts.at(-3);
  }
  for (const verdict of verdicts) expect(await verdict).toMatchObject({ status: 'accepted' });
  await until(() => pool.status().busy === 0);
  expect(pool.status()).toMatchObject({ slots: 2, waiting: 0 });
  await until(() => pids().length <= 2);
});
