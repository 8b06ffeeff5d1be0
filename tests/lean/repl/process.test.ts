import { afterEach, expect, test } from '@jest/globals';
import { ReplGone, ReplProcess } from '../../../lean/repl/process.ts';
import { fixtureProfile, runningInGroup } from './support.ts';

let repl: ReplProcess;
const open = (command = fixtureProfile().command): ReplProcess => {
  const [file = '', ...args] = command;
  repl = new ReplProcess({ file, args, cwd: fixtureProfile().cwd, env: fixtureProfile().env });
  return repl;
};
const header = { cmd: 'import Init' };

afterEach(async () => {
  await repl.kill('the test is over');
  if (repl.pid > 0) expect(await runningInGroup(repl.pid)).toEqual([]);
});

test('answers come one a request, in order, of any length', async () => {
  open();
  expect(await repl.request(header)).toEqual({ messages: [], env: 0 });
  const long = (await repl.request({ cmd: 'FAULT:line10mb', env: 0 })) as { messages: { data: string }[] };
  expect(long.messages[0]?.data).toBe('∀'.repeat(10_000_000 / 3));
  expect(await repl.request({ cmd: 'SAY:next', env: 0 })).toMatchObject({
    messages: [{ data: 'next' }],
    env: 2,
  });
});

test('an answer that arrives byte by byte is read whole', async () => {
  open();
  await repl.request(header);
  expect(await repl.request({ cmd: 'SAY:∀ε∃δ FAULT:split', env: 0 })).toMatchObject({
    messages: [{ data: '∀ε∃δ' }],
  });
});

test('a megabyte on standard error blocks nothing, and its end is kept for the report', async () => {
  open();
  await repl.request(header);
  await repl.request({ cmd: 'FAULT:stderr1mb', env: 0 });
  const gone = repl.request({ cmd: 'FAULT:exit3', env: 0 });
  await expect(gone).rejects.toBeInstanceOf(ReplGone);
  await expect(gone).rejects.toThrow(/exit code 3.*standard error: x+\nuncaught exception: out of luck$/su);
});

test.each([
  ['eof', 'exit code 0'],
  ['abort', 'SIGABRT'],
  ['notjson', 'its answer is no JSON: "INTERNAL PANIC: out of memory'],
  ['badutf8', 'its answer is no JSON'],
])('%s under a request ends the process and says so', async (fault, words) => {
  open();
  await repl.request(header);
  await expect(repl.request({ cmd: `FAULT:${fault}`, env: 0 })).rejects.toThrow(words);
  expect(repl.alive).toBe(false);
  await expect(repl.request(header)).rejects.toThrow(words);
});

test('an answer that nobody asked for ends the process', async () => {
  open();
  await repl.request(header);
  await repl.request({ cmd: 'FAULT:twice', env: 0 });
  expect((await repl.ended).message).toContain('without being asked');
});

test('one that closes its output but lives on is ended', async () => {
  open([process.execPath, '-e', 'require("fs").closeSync(1); setInterval(() => 0, 1000)']);
  await expect(repl.request(header)).rejects.toThrow('it closed its standard output');
});

test('a program that is not there is named', async () => {
  open(['/nowhere/repl']);
  await expect(repl.request(header)).rejects.toThrow('/nowhere/repl');
});
