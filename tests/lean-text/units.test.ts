import { expect, test } from '@jest/globals';
import { declaredTheorems } from '../../src/lean-text/declarations.ts';
import { unitsOf } from '../../src/lean-text/units.ts';

const cut = (text: string) => unitsOf(text).map((u) => text.slice(u.start, u.end));

test('a file is cut into its commands, also those that no grammar of ours knows', () => {
  const text = `import Std
run_cmd first
/-- doc -/
@[simp]
theorem a : 1 = 1 := by
  simp -- why
run_cmd foo
  bar
open Nat in
def f : Nat → Nat
| 0 => 1
| n + 1 => n
termination_by n => n
#eval f 1
`;
  expect(cut(text)).toEqual([
    'run_cmd first',
    '@[simp]\ntheorem a : 1 = 1 := by\n  simp',
    'run_cmd foo\n  bar',
    'open Nat in\ndef f : Nat → Nat\n| 0 => 1\n| n + 1 => n\ntermination_by n => n',
    '#eval f 1',
  ]);
});

test('theorems that differ in proof, comments and spacing have one key, others not', () => {
  const key = (text: string) => unitsOf(text)[0]!.key;
  const asked = key('theorem t (n : Nat := 0) : n = n := sorry');
  expect(key('theorem t (n : Nat := 0) :\n  n = n -- why\n := by\n  rfl')).toBe(asked);
  expect(key('theorem t (n : Nat := 0) : n = n\n  | 0 => rfl\n  | _ + 1 => rfl')).toBe(asked);
  expect(key('theorem t (n : Nat := 1) : n = n := sorry')).not.toBe(asked);
  expect(key('def d := 1')).not.toBe(key('def d := 2'));
});

test('theorems are found with namespace, place and whether they are open', () => {
  const text = `namespace A
/-- sorry -/
theorem t : 1 = 1 := rfl -- sorry
mutual
private theorem «u v» : "sorry" = "sorry" := by
  exact sorry
end
end A
lemma _root_.w : (1 = 1) := sorry
`;
  expect(declaredTheorems(text).map(({ name, line, open }) => [name, line, open])).toEqual([
    ['A.t', 3, false],
    ['A.«u v»', 5, true],
    ['w', 9, true],
  ]);
});
