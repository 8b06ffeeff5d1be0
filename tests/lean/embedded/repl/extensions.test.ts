import { describe, expect, test } from '@jest/globals';
import { asBlock, conversation, talk } from './support.ts';

const ENDLESS = 'theorem t : 5^999999 % 7 = 6 := by omega';

describe('header', () => {
  test('makes an environment of imports, and positions are those of the command', async () => {
    const answers = await talk(
      asBlock({ cmd: '#check Std.HashMap', header: 'import Std' }),
      asBlock({ cmd: '#check Std.HashMap' }),
      asBlock({ cmd: '#check Nat', header: 'import Std', env: 0 }),
    );
    expect(answers).toMatchObject([
      { env: 0, messages: [{ severity: 'info', pos: { line: 1, column: 0 } }] },
      { env: 1, messages: [{ severity: 'error' }] },
      { message: expect.stringContaining('`header`') },
    ]);
  });
});

describe('limits', () => {
  test('end a request by the clock, and what came before is there again', async () => {
    const answers = await talk(
      asBlock({ cmd: 'def x := 3' }),
      asBlock({ cmd: ENDLESS, timeoutMs: 1_000 }),
      asBlock({
        cmd: 'set_option maxRecDepth 100000000 in\nexample (f : Nat → Nat) (h : ∀ x, f x = f (x+1)) : f 0 = 7 := by simp (config := {maxSteps := 1000000000}) [h]',
        timeoutMs: 1_000,
        heartbeats: 0,
      }),
      asBlock({ cmd: 'example : x = 3 := rfl', env: 0 }),
    );
    const late = { message: 'Lean error:\nthe request took longer than its 1000 ms' };
    expect(answers).toEqual([{ env: 0 }, late, late, { env: 1 }]);
  });

  test('of heartbeats are deterministic, for commands and tactics', async () => {
    const hard = 'simp (config := {maxSteps := 1000000000}) [h]';
    const statement = 'example (f : Nat → Nat) (h : ∀ x, f x = f (x+1)) : f 0 = 7 := by';
    const deep = 'set_option maxRecDepth 100000000 in\n';
    const answers = await talk(
      asBlock({ cmd: `${deep}${statement} ${hard}`, heartbeats: 50 }),
      asBlock({ cmd: `${deep}${statement} sorry` }),
      asBlock({ tactic: hard, proofState: 0, heartbeats: 50 }),
    );
    const limit = expect.stringMatching(/maximum number of heartbeats \(50\)/);
    expect(answers).toMatchObject([{ messages: [{ data: limit }] }, { env: 1 }, { message: limit }]);
  });
});

describe('ids', () => {
  test('come back with the answer, whatever it is', async () => {
    const answers = await talk(
      asBlock({ cmd: 'def x := 1', id: 'first' }),
      asBlock({ cmd: 1, id: 2 }),
      asBlock({ tactic: 'rfl', proofState: 0, id: 3 }),
      asBlock({ cmd: 'def y := 1', id: { not: 'an id' } }),
    );
    expect(answers).toEqual([
      { env: 0, id: 'first' },
      { message: expect.any(String), id: 2 },
      { message: 'Unknown proof state.', id: 3 },
      { env: 1 },
    ]);
  });

  test('cancel a request that runs and one that waits, and the answers stay in order', async () => {
    const repl = conversation();
    expect(await repl.ask({ cmd: 'def x := 1' })).toEqual({ env: 0 });
    repl.send({ cmd: ENDLESS, id: 'a' });
    repl.send({ cmd: 'def z := 2', id: 'b' });
    repl.send({ cmd: 'def y := x', env: 0, id: 'c' });
    repl.send({ cancel: 'b' });
    repl.send({ cancel: 'a', id: 'd' });
    repl.send({ cancel: 'nobody' });
    const cancelled = { message: 'Lean error:\nthe request was cancelled' };
    expect(await repl.next()).toEqual({ ...cancelled, id: 'a' });
    expect(await repl.next()).toEqual({ ...cancelled, id: 'b' });
    expect(await repl.next()).toEqual({ env: 1, id: 'c' });
    expect(await repl.next()).toEqual({ cancelled: 'b', found: true });
    expect(await repl.next()).toEqual({ cancelled: 'a', found: true, id: 'd' });
    expect(await repl.next()).toEqual({ cancelled: 'nobody', found: false });
    await repl.end();
  });
});

describe('check', () => {
  const challenge = { name: 't', statement: 'theorem t (a b : Nat) : a + b = b + a' };
  test('judges a proof apart from what the repl has run', async () => {
    const answers = await talk(
      asBlock({ cmd: 'axiom wrong : False' }),
      asBlock({ check: { challenge, submission: { form: 'proof', text: 'by omega' } } }),
      asBlock({ check: { challenge, submission: { form: 'proof', text: 'wrong.elim' } } }),
      asBlock({ check: { challenge, submission: { form: 'proof', text: 'by sorry' } }, id: 1 }),
      asBlock({ check: { challenge } }),
    );
    expect(answers).toMatchObject([
      { env: 0 },
      { verdict: { status: 'accepted', assurance: { kernelReplay: true, fresh: true } } },
      { verdict: { status: 'rejected' } },
      { verdict: { status: 'incomplete' }, id: 1 },
      { message: expect.stringContaining('submission') },
    ]);
  });
});
