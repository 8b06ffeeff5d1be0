import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createEmbeddedBackend } from '../../../lean/embedded/backend.ts';
import { createPool } from '../../../lean/pool/pool.ts';
import type { LeanService } from '../../../lean/service.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { jobOf, proof, until } from '../repl/support.ts';

/** Two slots in one host and the spare in another, whatever is killed. */
let lean: LeanService;
beforeAll(() => {
  lean = createPool({ backend: createEmbeddedBackend({ cacheDir: LEAN_CACHE }), slots: 2 });
});
afterAll(() => lean.close());

const job = (wallMs = 60_000) => jobOf({ header: '', statement: 'theorem t (a : Nat) : a + 0 = a' }, wallMs);
const endless = (wallMs: number) =>
  jobOf({ header: '', statement: 'theorem t : 5 ^ 999999 % 7 = 6' }, wallMs);
const both = () => Promise.all([1, 2].map(() => lean.screen(job(), proof('by omega'))));
const hosts = () => {
  const { instances } = lean.status();
  const of = (spare: boolean) => instances.filter((i) => (i.state === 'spare') === spare).map((i) => i.pid);
  return { slots: of(false), spare: of(true) };
};
/** Both slots in one process, one spare in another. */
const whole = () => {
  const { slots, spare } = hosts();
  return slots.length === 2 && slots[0] === slots[1] && spare.length === 1 && spare[0] !== slots[0];
};

beforeAll(async () => {
  await both();
  await until(whole);
});

test('when the host of the slots is killed idle, the spare answers, and the pool is whole again unasked', async () => {
  const { slots, spare } = hosts();
  process.kill(slots[0]!, 'SIGKILL');
  await until(() => hosts().slots.includes(spare[0]!));
  expect(await lean.screen(job(), proof('by omega'))).toMatchObject({ status: 'accepted' });
  await until(whole);
  expect(hosts().slots).toEqual([spare[0], spare[0]]);
});

test('when it is killed under two requests, both are done again, and the pool is whole again', async () => {
  let started = 0;
  const onStart = () => {
    started += 1;
  };
  const running = [1, 2].map(() => lean.screen(endless(3_000), proof('by omega'), { onStart }));
  await until(() => started === 2);
  process.kill(hosts().slots[0]!, 'SIGKILL');
  for (const verdict of await Promise.all(running)) expect(verdict).toMatchObject({ status: 'timeout' });
  expect((await both()).map(({ status }) => status)).toEqual(['accepted', 'accepted']);
  await until(whole);
});

test('when the host of the spare is killed, another spare comes unasked, apart from the slots', async () => {
  const [old] = hosts().spare;
  process.kill(old!, 'SIGKILL');
  await until(() => whole() && hosts().spare[0] !== old);
});

test('an instance that had to be ended is replaced unasked', async () => {
  expect(await lean.screen(endless(300), proof('by omega'))).toMatchObject({ status: 'timeout' });
  await until(whole);
  expect((await both()).map(({ status }) => status)).toEqual(['accepted', 'accepted']);
});
