import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import type { EmbeddedInstance } from '../../../lean/embedded/instance.ts';
import { plainCommand } from '../../../lean/embedded/repl/protocol.ts';
import { backend, OPTIONS, RIGHT, request, SIMP_LOOP } from './support.ts';

let lean: EmbeddedBackend;
let instance: EmbeddedInstance;

beforeAll(async () => {
  lean = backend();
  instance = await lean.start();
});
afterAll(() => lean.close());

const said = async (text: string): Promise<string> => {
  const answer = await instance.elaborate(text, OPTIONS);
  return answer.messages.map((m) => `${m.severity}: ${m.text}`).join('\n');
};
const DRAW = '#eval show IO Nat from IO.rand 0 1000000000';

test('an instance that was put back does what a new one does, bit for bit', async () => {
  const first = await said(DRAW);
  const second = await said(DRAW);
  expect(first).toMatch(/^info: \d+$/);
  expect(second).not.toBe(first);
  await instance.repl(plainCommand('def mine := 1'), null);
  expect(await instance.repl(plainCommand('#eval mine', 0), null)).not.toHaveProperty('message');
  expect(instance.submissions).toBeGreaterThan(0);

  expect(await instance.reset('')).toBe(true);
  expect(instance).toMatchObject({ submissions: 0, alive: true });
  expect([...instance.headers]).toEqual(['import Init']);
  expect(await instance.repl(plainCommand('#eval mine', 0), null)).toEqual({
    message: 'Unknown environment.',
  });
  expect(await said(DRAW)).toBe(first);
});

test('it can go back to another snapshot, with the header loaded, and again to the first', async () => {
  expect(await instance.reset('import Std\n')).toBe(true);
  expect([...instance.headers]).toEqual(['import Init; import Std']);
  const map = request('theorem t (m : Std.HashMap Nat Nat) : m.size = m.size', 'rfl', {
    header: 'import Std\n',
  });
  expect(await instance.check(map)).toMatchObject({ status: 'accepted', assurance: { fresh: true } });
  expect(await instance.reset('')).toBe(true);
  expect(await instance.check(RIGHT)).toMatchObject({ status: 'accepted', assurance: { fresh: true } });
  expect(await said('#check Std.HashMap')).toMatch(/^error: /);
});

test('whatever was run before: a stopped loop, a deep recursion, megabytes of memory', async () => {
  await instance.check(SIMP_LOOP(300));
  await said('theorem deep : True := by\n  repeat skip\n');
  await said('#eval (List.range 2000000).length');
  expect(await instance.reset('')).toBe(true);
  expect(await instance.check(RIGHT)).toMatchObject({ status: 'accepted' });
});

test('a header without a snapshot, and a memory that holds threads, are not put back', async () => {
  expect(await instance.reset('import Lean\n')).toBe(false);
  const before = instance.submissions;
  await said('example (a b : Nat) (h : a ≤ b) : a < b + 1 := by exact?');
  expect(await instance.reset('')).toBe(false);
  expect(instance.submissions).toBe(before + 1);
  expect(await instance.check(RIGHT)).toMatchObject({ status: 'accepted' });
});

test('an instance that has ended cannot be put back', async () => {
  await instance.stop();
  expect(instance.alive).toBe(false);
  await expect(instance.reset('')).rejects.toThrow('dead');
});
