import { expect, test } from '@jest/globals';
import { ModelGate } from '../../activities/model-gate.ts';
import { ModelFault } from '../../src/prover/fault.ts';

const limited = (retryAfterMs: number | null = null) =>
  new ModelFault('MODEL_RATE_LIMIT', 'slow down', { retryable: true, retryAfterMs });
const never = new AbortController().signal;

test('never more under way than the limit, which a 429 halves and answers raise; each change is said', async () => {
  const said: string[] = [];
  const gate = new ModelGate(4, (line) => said.push(line));
  const doors = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const first = doors.map((door, i) =>
    gate.through('m', never, async () => {
      await door.promise;
      if (i < 2) throw limited();
    }),
  );
  for (const door of doors) door.resolve();
  await Promise.allSettled(first);
  // Two 429s of one moment halve once; of the two answers behind them the second raises the limit by one.
  expect(said[0]).toContain('at most 2 requests at once');
  expect(said).toHaveLength(2);
  expect(gate.limitOf('m')).toBe(3);
  let open = 0;
  let most = 0;
  const rest = Array.from({ length: 12 }, () =>
    gate.through('m', never, async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
    }),
  );
  await Promise.all(rest);
  expect(most).toBeLessThanOrEqual(4);
  expect(gate.limitOf('other')).toBe(4);
});

test('nothing is sent before the time that the provider asked for, and who waits can be cancelled', async () => {
  const gate = new ModelGate(2, () => {});
  const from = Date.now();
  await expect(gate.through('m', never, () => Promise.reject(limited(400)))).rejects.toThrow('slow down');
  const sentAt = await gate.through('m', never, async () => Date.now());
  expect(sentAt - from).toBeGreaterThanOrEqual(400);
  await expect(gate.through('m', never, () => Promise.reject(limited(60_000)))).rejects.toThrow();
  const cancel = new AbortController();
  const waiting = gate.through('m', cancel.signal, async () => 'sent');
  cancel.abort();
  await expect(waiting).rejects.toThrow();
});

test('another fault changes nothing', async () => {
  const gate = new ModelGate(4, () => {});
  const fault = new ModelFault('MODEL_TIMEOUT', 'late', { retryable: true });
  await expect(gate.through('m', never, () => Promise.reject(fault))).rejects.toThrow('late');
  expect(gate.limitOf('m')).toBe(4);
});
