import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import type { EmbeddedInstance } from '../../../lean/embedded/instance.ts';
import { backend, OPTIONS, RIGHT, request, SIMP_LOOP, texts } from './support.ts';

let lean: EmbeddedBackend;
let instance: EmbeddedInstance;

beforeAll(async () => {
  lean = backend();
  instance = await lean.start();
});
afterAll(async () => await lean.close());

describe('a check', () => {
  test('accepts a right proof and says what it was checked with', async () => {
    expect(await instance.check(RIGHT)).toMatchObject({
      status: 'accepted',
      assurance: { lean: '4.28.0', statement: 'expr', kernelReplay: true },
    });
  });

  test('rejects a wrong proof with the position of the fault in the whole file', async () => {
    const verdict = await instance.check(
      request('theorem t (a b : Nat) :\n    a + b = b', 'by\n  omega', {
        header: '-- a comment\nimport Init\n',
        context: '/- 𝔸 -/ def two := 2\n\n',
      }),
    );
    expect(verdict).toMatchObject({
      status: 'rejected',
      diagnostics: [{ severity: 'error', pos: { line: 7, column: 2 }, endPos: { line: 7, column: 7 } }],
    });
  });

  test('counts columns in code points, also behind characters outside the BMP', async () => {
    const verdict = await instance.check(
      request('theorem t (𝔸𝔹 : Nat) : 𝔸𝔹 = 0 /- ℕ𝔸 -/', 'nonsense', { context: '' }),
    );
    expect(verdict).toMatchObject({ diagnostics: [{ pos: { line: 1, column: 42 } }] });
  });

  test('finds the same positions in a file with CRLF line ends', async () => {
    const unix = request('theorem t (a b : Nat) :\n  a + b = b', 'by\n  skip\n  omega', {
      context: 'def x := 1\n',
    });
    const dos = JSON.parse(JSON.stringify(unix).replaceAll('\\n', '\\r\\n')) as typeof unix;
    const [one, other] = [await instance.check(unix), await instance.check(dos)];
    expect(other).toEqual({ ...one, ms: expect.anything() });
    expect(one).toMatchObject({ diagnostics: [{ pos: { line: 5, column: 2 } }] });
  });

  test('calls a sorry incomplete and prints its goal', async () => {
    const verdict = await instance.check(request('theorem t (n : Nat) : n = n + 0', 'by\n  sorry'));
    expect(verdict).toMatchObject({ status: 'incomplete', goals: ['n : Nat\n⊢ n = n + 0'] });
  });

  test('tells a deterministic limit from a wrong proof', async () => {
    const loop = SIMP_LOOP(OPTIONS.wallMs);
    const heartbeats = await instance.check({ ...loop, options: { ...loop.options, heartbeats: 2_000 } });
    const recursion = await instance.check(request('theorem t : True', 'by repeat skip'));
    expect([heartbeats.status, recursion.status]).toEqual(['exhausted', 'exhausted']);
  });

  test('gives a theorem the context before it, and no other theorem the same context', async () => {
    const context = 'namespace Mine\nvariable (n : Nat)\ndef double := n + n\n';
    const statement = 'theorem t : double n = 2 * n';
    expect(await instance.check(request(statement, 'by unfold double; omega', { context }))).toMatchObject({
      status: 'accepted',
    });
    expect(await instance.check(request(statement, 'by unfold double; omega'))).toMatchObject({
      status: 'badChallenge',
    });
  });

  test('a context that ends inside a command belongs to the theorem behind it', async () => {
    const context = 'open Nat in\nset_option maxRecDepth 1000 in\n';
    const verdict = await instance.check(
      request('theorem t (a b : Nat) : succ a = succ b → a = b', 'succ.inj', { context }),
    );
    expect(texts(verdict)).toBe('');
    expect(verdict.status).toBe('accepted');
  });
});

describe('headers', () => {
  test('a module that is not there is named, with near names and what to do', async () => {
    const verdict = await instance.check({
      ...RIGHT,
      challenge: {
        ...RIGHT.challenge,
        header: 'import Mathlib.Data.Nat.Pow\nimport Init.Data.Nat.Basik\n',
      },
    });
    expect(verdict).toMatchObject({
      status: 'badHeader',
      missing: ['Init.Data.Nat.Basik', 'Mathlib.Data.Nat.Pow'],
      hint: expect.stringContaining('lean setup'),
    });
    expect(verdict).toHaveProperty('near', expect.arrayContaining(['Init.Data.Nat.Basic']));
  });

  test('order, comments, repetition and `module` make no other header, and nothing leaks from one header to the next', async () => {
    const statement = 'theorem t : (∅ : Std.HashSet Nat).size = 0';
    const std = { header: 'import Std\n' };
    expect(await instance.check(request(statement, 'by simp', std))).toMatchObject({ status: 'accepted' });
    const loaded = instance.headers.size;
    for (const header of [
      '/- again -/ import Std -- twice\nimport Init\nimport Std\n',
      'module\n\nimport Std\n',
    ])
      expect(await instance.check(request(statement, 'by simp', { header }))).toMatchObject({
        status: 'accepted',
      });
    expect(instance.headers.size).toBe(loaded);
    expect(await instance.check(request(statement, 'by simp'))).toMatchObject({ status: 'badChallenge' });
  });

  test('warm loads a header, and refuses one that cannot be imported', async () => {
    const fresh = await lean.start();
    await fresh.warm('import Init.Data.List.Basic\n');
    expect(fresh).toMatchObject({ submissions: 0 });
    expect([...fresh.headers]).toEqual(['import Init', 'import Init; import Init.Data.List.Basic']);
    await expect(fresh.warm('import Nowhere\n')).rejects.toMatchObject({ code: 'LEAN_BAD_HEADER' });
    await fresh.stop();
    expect(fresh.alive).toBe(false);
  });
});

describe('state that is kept between requests', () => {
  test('what a submission declares is unknown to the next one', async () => {
    const helper = {
      ...RIGHT,
      submission: {
        form: 'declarations' as const,
        text: 'theorem helper (a b : Nat) : a + b = b + a := by omega\ntheorem t (a b : Nat) : a + b = b + a := helper a b',
      },
    };
    expect(await instance.check(helper)).toMatchObject({ status: 'accepted' });
    const thief = request(RIGHT.challenge.statement, 'helper a b');
    expect(await instance.check(thief)).toMatchObject({ status: 'rejected' });
  });

  test('elaborating behind a kept context gives what elaborating the whole file gives', async () => {
    const context = 'open List\nvariable {α : Type}\n/-- doc -/\ndef len : List α → Nat := length\n';
    const statement = 'theorem t (xs : List α) : len (xs ++ []) = len xs';
    const proofs = ['by simp', 'by simp [len]', 'by\n  sorry', 'by unfold len; rw [append_nil]', 'wrong'];
    for (const proof of proofs) {
      const kept = await instance.check(request(statement, proof, { context }));
      const whole = await instance.elaborate(`${context}${statement} := ${proof}\n`, OPTIONS);
      const diagnostics = kept.status === 'accepted' || 'diagnostics' in kept ? kept.diagnostics : [];
      expect({ proof, messages: whole.messages }).toEqual({ proof, messages: diagnostics });
    }
  });
});

describe('elaborating a file', () => {
  test('answers messages and sorries with goals', async () => {
    const answer = await instance.elaborate('example : 1 = 1 := by\n  sorry\n#eval 6 * 7\n', OPTIONS);
    expect(answer).toMatchObject({
      status: 'ok',
      sorries: [{ line: 2, column: 2, goal: '⊢ 1 = 1' }],
      messages: [{ severity: 'warning' }, { severity: 'info', text: '42', pos: { line: 3, column: 0 } }],
    });
  });

  test('functions of core types, macros and deriving handlers find their code', async () => {
    const text = [
      '#eval (3 : Int) / 2',
      '#eval #[3, 1, 2].size',
      '#eval "abc".length + "äö".utf8ByteSize',
      '#eval (7 : BitVec 8) + 250',
      '#eval (255 : UInt8) + 1',
      'macro "close" : tactic => `(tactic| omega)',
      'example (n : Nat) : n + 0 = n := by close',
      'inductive Hue | red | green deriving Repr, DecidableEq',
      '#eval Hue.red',
    ].join('\n');
    const { messages } = await instance.elaborate(text, OPTIONS);
    expect(messages.map((m) => m.text)).toEqual(['1', '3', '7', '0x01#8', '0', 'Hue.red']);
  });

  test('a definition that the package has no code for can be used in proofs, and #eval of it says why it cannot run', async () => {
    const text = 'def back (xs : List Nat) := xs.reverse\nexample : back [] = [] := rfl\n#eval back [1]';
    const { messages } = await instance.elaborate(text, OPTIONS);
    expect(messages).toMatchObject([{ severity: 'error', pos: { line: 3, column: 0 } }]);
    expect(messages[0]!.text).toContain("'back', which has no executable code");
  });

  test('a function of the library that was cut out is named in the message', async () => {
    const { messages } = await instance.elaborate('import Lean\n#eval Lean.versionString', OPTIONS);
    expect(messages).toMatchObject([
      { severity: 'error', text: expect.stringContaining('Lean.versionString') },
    ]);
  });
});
