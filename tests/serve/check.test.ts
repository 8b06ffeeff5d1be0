import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { errors, RIGHT, type Serving, serve, severities, WRONG } from './support.ts';

let at: Serving;
beforeAll(async () => {
  at = await serve();
});
afterAll(() => at.end());

test('the start line says where it listens, and with what', () => {
  expect(at.told).toMatchObject({
    type: 'listening',
    slots: expect.any(Number),
    lean: { version: '4.28.0' },
  });
  expect(at.url).toBe(`http://127.0.0.1:${at.told.port}`);
});

test('a batch is answered in its order, each snippet by itself, in the words of the REPL', async () => {
  const [right, wrong, open, missing] = await at.check([
    RIGHT,
    WRONG,
    'theorem u (p : Prop) (h : p) : p := by\n  sorry',
    '-- Mathlib is not here\nimport Mathlib.Tactic\ntheorem t : True := trivial',
  ]);
  expect(right).toEqual({ id: '0', time: expect.any(Number), response: { env: 0 } });
  expect(right!.time).toBeGreaterThan(0);
  expect(severities(wrong)).toEqual(['error']);
  expect(open!.response).toEqual({
    env: 0,
    messages: [
      {
        severity: 'warning',
        pos: { line: 1, column: 8 },
        endPos: { line: 1, column: 9 },
        data: 'declaration uses `sorry`',
      },
    ],
    sorries: [
      {
        proofState: 0,
        pos: { line: 2, column: 2 },
        endPos: { line: 2, column: 7 },
        goal: 'p : Prop\nh : p\n⊢ p',
      },
    ],
  });
  expect(missing!.response!.messages).toMatchObject([
    {
      severity: 'error',
      pos: { line: 2, column: 7 },
      data: expect.stringMatching(/no module Mathlib\.Tactic/),
    },
  ]);
});

test('an honest file with notation, macros, evaluation and output is as valid as Lean says', async () => {
  const [result] = await at.check([
    `/- imports in any order, twice -/
import Std
import Init -- once more
import Std
open Nat in
theorem two (n : Nat) : n + 0 = n := rfl
namespace Words
notation "⟪" x "⟫" => x + 1
macro "easy" : tactic => \`(tactic| first | rfl | omega)
local instance : Inhabited Nat := ⟨7⟩
inductive Tree | leaf | node (l r : Tree)
deriving Repr, DecidableEq
def Tree.size : Tree → Nat
  | leaf => 1
  | node l r => l.size + r.size
theorem Tree.size_pos (t : Tree) : 0 < t.size := by
  induction t with
  | leaf => simp [size]
  | node l r hl _ => simp only [size]; omega
example (n : Nat) : ⟪n⟫ = n + 1 := by easy
end Words
#check two
#eval 6 * 7
#print axioms Words.Tree.size_pos`,
  ]);
  expect(errors(result)).toEqual([]);
  expect(result!.response!.messages!.map(({ severity, pos, data }) => [severity, pos.line, data])).toEqual([
    ['info', 22, 'two (n : Nat) : n + 0 = n'],
    ['info', 23, '42'],
    ['info', 24, "'Words.Tree.size_pos' depends on axioms: [propext, Classical.choice, Quot.sound]"],
  ]);
  expect(result!.response!.sorries).toBeUndefined();
});

test('no snippet sees what another one declared', async () => {
  const codes = ['def mine : Nat := 5', 'example : Nat := mine', 'def mine : Nat := 6\n#eval mine'];
  for (const reuse of [true, false]) {
    const [, second, third] = await at.check([...codes, ...codes], { reuse });
    expect(errors(second).join()).toMatch(/nknown identifier `mine`/);
    expect(third!.response!.messages).toMatchObject([{ severity: 'info', data: '6' }]);
  }
});

test('information trees are those of the REPL', async () => {
  const code =
    'theorem t (p q : Prop) (hp : p) (hq : q) : p ∧ q := by\n  constructor\n  · exact hp\n  · exact hq';
  const [tactics] = await at.check([code], { infotree: 'tactics' });
  expect(JSON.stringify(tactics!.response!.infotree)).toContain('"exact hq"');
  const [original] = await at.check([code], { infotree: 'original' });
  const [first] = original!.response!.infotree!;
  expect(first).toMatchObject({
    kind: 'TacticInfo',
    node: { goalsBefore: [expect.stringContaining('⊢ p ∧ q')], goalsAfter: [] },
    children: expect.any(Array),
  });
  const [full] = await at.check([code], { infotree: 'full' });
  expect(JSON.stringify(full!.response!.infotree)).toContain('TermInfo');
  expect((await at.check([code]))[0]!.response).toEqual({ env: 0 });
});

test('with debug each result tells what it took', async () => {
  const [result] = await at.check([RIGHT], { debug: true });
  expect(result!.diagnostics).toEqual({
    repl_uuid: expect.any(String),
    cpu_max: expect.any(Number),
    memory_max: expect.any(Number),
  });
  expect((await at.check([RIGHT]))[0]!.diagnostics).toBeUndefined();
});

test.each(['/verify', '/one_pass_verify_batch'])(
  '%s answers older clients, equal ids each for itself',
  async (path) => {
    const codes = [
      { custom_id: 7, proof: RIGHT, code: WRONG },
      { custom_id: 'same', code: WRONG },
      { custom_id: 'same', code: RIGHT },
      { custom_id: 'none' },
    ];
    const answer = await at.post(path, { codes, timeout: 60, disable_cache: false, unknown: 1 });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      results: [
        { custom_id: '7', error: null, response: { env: 0, time: expect.any(Number) } },
        {
          custom_id: 'same',
          error: null,
          response: {
            env: 0,
            time: expect.any(Number),
            messages: [expect.objectContaining({ severity: 'error' })],
          },
        },
        { custom_id: 'same', error: null, response: { env: 0, time: expect.any(Number) } },
        { custom_id: 'none', error: expect.stringMatching(/neither/), response: null },
      ],
    });
  },
);

test('a long snippet is checked', async () => {
  const lines = Array.from(
    { length: 200 },
    (_, i) => `theorem t${i} (a : Nat) : a + ${i} = ${i} + a := Nat.add_comm ..`,
  );
  const code = lines.join('\n');
  expect(code.length).toBeGreaterThan(10_000);
  expect(errors((await at.check([code]))[0])).toEqual([]);
  const comment = `-- ${'x'.repeat(1_000_000)}\n${RIGHT}`;
  expect((await at.check([comment]))[0]!.response).toEqual({ env: 0 });
});
