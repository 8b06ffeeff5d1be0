import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Result, type Serving, serve } from './support.ts';

let at: Serving;
beforeAll(async () => {
  at = await serve();
});
afterAll(() => at.end());

/** A client that looks at messages only takes a snippet for valid when none is an error and nothing is sorried. */
const looksValid = ({ response, error }: Result): boolean =>
  error === undefined &&
  !(response?.messages ?? []).some(({ severity }) => severity === 'error') &&
  (response?.sorries ?? []).length === 0;

test.each<[string, string, { line: number; column: number }]>([
  ['an axiom', 'axiom cheat : False\ntheorem t : 2 + 2 = 5 := cheat.elim', { line: 1, column: 0 }],
  [
    'a skipped kernel',
    'theorem t : 2 + 2 = 5 := by\n  set_option debug.skipKernelTC true in decide +kernel',
    { line: 2, column: 2 },
  ],
  [
    'a skipped kernel for all',
    'set_option debug.skipKernelTC true\ntheorem t : 2 + 2 = 5 := by decide +kernel',
    { line: 1, column: 0 },
  ],
  ['compiled code', 'theorem t : 2 + 2 = 4 := by native_decide', { line: 1, column: 28 }],
  ['compiled code by another name', 'theorem t : 2 + 2 = 4 := by decide +native', { line: 1, column: 36 }],
  ['sorryAx by name', 'theorem t : 2 + 2 = 5 := sorryAx _ true', { line: 1, column: 0 }],
  [
    'a hidden warning',
    'set_option warn.sorry false\ntheorem t : 2 + 2 = 5 := by sorry',
    { line: 1, column: 0 },
  ],
  ['swallowed messages', '#guard_msgs (drop all) in\ntheorem t : 2 + 2 = 5 := rfl', { line: 1, column: 0 }],
  [
    'an end before the proof',
    'theorem u : True := trivial\n#exit\ntheorem t : 2 + 2 = 5 := rfl',
    { line: 2, column: 0 },
  ],
  [
    'a declaration added behind the kernel',
    'import Lean\nopen Lean in\nrun_cmd liftCoreM <| addDecl <| .axiomDecl { name := `c, levelParams := [], type := mkConst ``False, isUnsafe := false }',
    { line: 2, column: 5 },
  ],
  ['an elaborator', 'import Lean\nelab "cheat" : tactic => pure ()', { line: 2, column: 0 }],
  ['replaced code', 'def f : Nat := 1\n@[implemented_by f] def g : Nat := 2', { line: 2, column: 0 }],
  ['unsafe code', 'unsafe def f : Nat := f', { line: 1, column: 0 }],
  ['a program that prints', '#eval IO.println "no error here"', { line: 1, column: 0 }],
  ['a program that reads', 'open IO.FS in\n#eval readFile "/etc/passwd"', { line: 2, column: 0 }],
  ['a file of the machine', 'def x := include_str "/etc/passwd"', { line: 1, column: 9 }],
  [
    'a macro by a program',
    'macro "x" : term => do let y ← `(True); return y\ntheorem t : x := trivial',
    { line: 1, column: 0 },
  ],
  ['start-up code', 'initialize pure ()', { line: 1, column: 0 }],
  ['something nobody can see', 'theorem t : True := tri\u200bvial', { line: 1, column: 23 }],
])('%s comes back as an error at its place', async (_, code, pos) => {
  const [result] = await at.check([code]);
  expect(looksValid(result!)).toBe(false);
  const error = result!.response!.messages!.find(({ severity }) => severity === 'error')!;
  expect(error.pos).toEqual(pos);
  expect(error.data).toMatch(/^dishonest: /);
});

test('honest `sorry`s are what Lean makes of them: a warning and a goal, no error', async () => {
  const codes = [
    'theorem t : 2 + 2 = 5 := sorry',
    'theorem t : 2 + 2 = 5 := by sorry',
    'theorem t : 2 + 2 = 5 := by admit',
    'def f : Nat := sorry\ntheorem t : f = f := rfl',
    'macro "later" : tactic => `(tactic| sorry)\ntheorem t : 2 + 2 = 5 := by later',
  ];
  for (const result of await at.check(codes)) {
    expect(result.response!.messages!.map(({ severity }) => severity)).toEqual(['warning']);
    expect(result.response!.sorries).toHaveLength(1);
  }
});

test('a dishonest snippet does nothing to its neighbours or to those who come later', async () => {
  const bad = 'set_option debug.skipKernelTC true\naxiom cheat : False';
  const good = 'theorem t (a : Nat) : a + 0 = a := rfl';
  const results = await at.check([bad, good, bad, good, 'theorem t : False := cheat', good]);
  expect(results.map(looksValid)).toEqual([false, true, false, true, false, true]);
});
