import { afterEach, expect, test } from '@jest/globals';
import { aborted, catchInterrupts, type Interrupt } from '../../src/cli/interrupt.ts';

let interrupt: Interrupt;
let now = 0;
afterEach(() => interrupt.release());

const press = (at: number, signal: 'SIGINT' | 'SIGTERM' = 'SIGINT') => {
  now = at;
  process.emit(signal);
  return [interrupt.soft.aborted, interrupt.hard.aborted];
};

test('the first signal is soft, the second hard', () => {
  interrupt = catchInterrupts(() => now);
  expect(press(1000)).toEqual([true, false]);
  expect(press(2000)).toEqual([true, true]);
});

test('one key press that arrives by the terminal, by npm and by our own starter is one signal', () => {
  interrupt = catchInterrupts(() => now);
  press(1000);
  press(1003);
  expect(press(1040, 'SIGTERM')).toEqual([true, false]);
  expect(press(1500)).toEqual([true, true]);
});

test('after the release a signal no longer counts', () => {
  interrupt = catchInterrupts(() => now);
  const listeners = process.listeners('SIGINT');
  interrupt.release();
  expect(process.listeners('SIGINT')).not.toEqual(listeners);
  expect(interrupt.soft.aborted).toBe(false);
});

test('waiting for an abort that is over ends at once', async () => {
  interrupt = catchInterrupts(() => now);
  press(1000);
  await aborted(interrupt.soft);
  expect(interrupt.soft.aborted).toBe(true);
});
