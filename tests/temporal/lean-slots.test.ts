import { expect, test } from '@jest/globals';
import type { SlotPermit } from '@temporalio/worker';
import { LeanSlots } from '../../src/temporal/lean-slots.ts';

const never = new AbortController().signal;
const release = (slots: LeanSlots, permit: SlotPermit) => slots.releaseSlot({ permit });
/** Whether the promise is settled once all that is due now has run. */
const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  const open = Symbol('open');
  await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise, Promise.resolve(open)])) !== open;
};

test('no more slots than the limit, in the order in which they were asked for; fewer take effect as they come back', async () => {
  const slots = new LeanSlots(2);
  const [a, b] = [await slots.reserveSlot({}, never), await slots.reserveSlot({}, never)];
  const third = slots.reserveSlot({}, never);
  expect(await settled(third)).toBe(false);
  expect(slots.tryReserveSlot()).toBeNull();
  slots.resize(1);
  release(slots, a);
  expect(await settled(third)).toBe(false);
  release(slots, b);
  expect(await settled(third)).toBe(true);
  slots.resize(2);
  expect(slots.tryReserveSlot()).not.toBeNull();
});

test('a reservation that is given up rejects with its reason and takes no slot', async () => {
  const slots = new LeanSlots(1);
  const first = await slots.reserveSlot({}, never);
  const abort = new AbortController();
  const second = slots.reserveSlot({}, abort.signal);
  abort.abort();
  await expect(second).rejects.toBe(abort.signal.reason);
  release(slots, first);
  expect(slots.tryReserveSlot()).not.toBeNull();
  await expect(slots.reserveSlot({}, AbortSignal.abort())).rejects.toThrow('aborted');
});

test('without memory for one more the first slot is still given, and the others when there is memory again', async () => {
  let room = false;
  const slots = new LeanSlots(3, () => room);
  await slots.reserveSlot({}, never);
  const second = slots.reserveSlot({}, never);
  expect(await settled(second)).toBe(false);
  expect(slots.tryReserveSlot()).toBeNull();
  room = true;
  // Nobody says so; the slots look for themselves.
  expect(await second).toBeDefined();
});

test('the time at work and the time that there was are counted over changes', async () => {
  const slots = new LeanSlots(1);
  const permit = await slots.reserveSlot({}, never);
  slots.markSlotUsed({ permit });
  const until = performance.now() + 30;
  while (performance.now() < until);
  const once = slots.totals();
  expect(once.busyMs).toBeGreaterThanOrEqual(29);
  expect(once.availableMs).toBeCloseTo(once.busyMs + (once.availableMs - once.busyMs));
  release(slots, permit);
  slots.resize(4);
  const more = performance.now() + 10;
  while (performance.now() < more);
  const then = slots.totals();
  expect(then.availableMs - once.availableMs).toBeGreaterThanOrEqual(39);
  expect(then.busyMs).toBeLessThan(then.availableMs);
  expect(slots.used).toBe(0);
});
