import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { asBlock, conversation, hosts, talk } from './support.ts';

const BOMB = 'partial def grow (s : String) : Nat := grow (s ++ s)\n#eval grow "x"';

test('when Lean dies under a command an error says so, and old environments and proof states are made again', async () => {
  const answers = await talk(
    asBlock({ cmd: 'def x := 1' }),
    asBlock({ cmd: 'theorem t : x = 1 ∧ x = 1 := by sorry', env: 0 }),
    asBlock({ tactic: 'constructor', proofState: 0 }),
    asBlock({ cmd: BOMB }),
    asBlock({ tactic: 'rfl', proofState: 1 }),
    asBlock({ cmd: BOMB, env: 1 }),
    asBlock({ cmd: 'example : x = 1 := t.1', env: 1 }),
    asBlock({ tactic: 'rfl', proofState: 2 }),
    asBlock({ cmd: '#eval 1' }),
  );
  const died = { message: expect.stringMatching(/^Lean error:\n.*ended/s) };
  expect(answers).toMatchObject([
    { env: 0 },
    { env: 1, sorries: [{ proofState: 0 }] },
    { proofState: 1, goals: [{}, {}].map(() => expect.stringContaining('x = 1')) },
    died,
    { proofState: 2, goals: [expect.stringContaining('case right')] },
    died,
    { env: 2 },
    { proofState: 3, goals: [], proofStatus: 'Completed' },
    { env: 3, messages: [{ data: '1' }] },
  ]);
});

test('a host that somebody killed costs nobody an answer', async () => {
  const repl = conversation();
  expect(await repl.ask({ cmd: 'def x := 1' })).toEqual({ env: 0 });
  repl.send({ cmd: 'theorem t : 5^399999 % 7 = 6 ∧ x = 1 := ⟨by omega, rfl⟩', env: 0 });
  await delay(300);
  for (const pid of hosts()) process.kill(pid, 'SIGKILL');
  expect(await repl.next()).toEqual({ env: 1 });
  expect(await repl.ask({ cmd: 'example : x = 1 := t.2', env: 1 })).toEqual({ env: 2 });
  for (const pid of hosts()) process.kill(pid, 'SIGKILL');
  expect(await repl.ask({ cmd: 'example : x = 1 := t.2', env: 2 })).toEqual({ env: 3 });
  await repl.end();
});
