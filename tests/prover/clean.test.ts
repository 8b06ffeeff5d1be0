import { describe, expect, test } from '@jest/globals';
import type { Submission } from '../../src/model/index.ts';
import { clean } from '../../src/prover/clean.ts';
import { theoremOf } from './support.ts';

const theorem = theoremOf();
const STATEMENT = theorem.statement;
const proof = (text: string): Submission => ({ form: 'proof', text });
const fenced = (code: string, language = 'lean4'): string =>
  `Some thoughts.\n\n\`\`\`${language}\n${code}\n\`\`\`\nDone.`;
const submission = (answer: string, of = theorem) => clean(answer, of).submission;

describe('forms of an answer', () => {
  test.each<[string, string, Submission]>([
    ['the whole theorem', fenced(`${STATEMENT} := by\n  omega`), proof('by\n  omega')],
    [
      'the theorem with other white space',
      fenced('theorem add_swap\n    (a b : Nat) :\n    a + b\n      = b + a := by\n  omega'),
      proof('by\n  omega'),
    ],
    ['the theorem as a lemma', fenced(`lemma${STATEMENT.slice(7)} := by omega`), proof('by omega')],
    ['a term', fenced(`${STATEMENT} :=\n  Nat.add_comm a b`), proof('Nat.add_comm a b')],
    ['only what follows :=', fenced(':= by\n  omega'), proof('by\n  omega')],
    ['only the by block', fenced('by\n  intros\n  omega'), proof('by\n  intros\n  omega')],
    ['a list of tactics', fenced('intros\nomega'), proof('by\n  intros\n  omega')],
    ['an indented list of tactics', fenced('    intros\n    omega'), proof('by\n  intros\n  omega')],
    ['a focused list', fenced('· omega'), proof('by\n  · omega')],
    ['a term alone', fenced('fun _ => rfl'), proof('fun _ => rfl')],
    ['a block without a language', fenced('by omega', ''), proof('by omega')],
    ['a block marked lean', fenced('by omega', 'lean'), proof('by omega')],
    ['a block marked Lean4', fenced('by omega', 'Lean4'), proof('by omega')],
    ['a block of tildes', '~~~lean\nby omega\n~~~', proof('by omega')],
    ['a block on one line', '```lean4 by omega```', proof('by omega')],
    ['a block within a list', '1. Here:\n   ```lean4\n   by\n     omega\n   ```', proof('by\n  omega')],
    ['a block that is never closed', '```lean4\nby omega', proof('by omega')],
    ['Windows line ends', '```lean4\r\nby\r\n  omega\r\n```', proof('by\n  omega')],
    ['the last of several', `${fenced('by decide')}\n${fenced('by omega')}`, proof('by omega')],
    [
      'the last that has no sorry',
      `${fenced(`${STATEMENT} := by omega`)}\nFor short:\n${fenced(`${STATEMENT} := by sorry`)}`,
      proof('by omega'),
    ],
    [
      'the block that states the theorem, though a scrap follows',
      `${fenced(`${STATEMENT} := by omega`)}\n${fenced('simp at h')}`,
      proof('by omega'),
    ],
    [
      'not a block of another language',
      `${fenced('by omega')}\n${fenced('print(1)', 'python')}`,
      proof('by omega'),
    ],
    ['structured JSON', '{"reasoning": "easy", "proof": "by\\n  omega"}', proof('by\n  omega')],
    ['JSON in a block', fenced(`{"code": "${STATEMENT} := by omega"}`, 'json'), proof('by omega')],
    ['JSON that holds a block', JSON.stringify({ lean_code: '```lean\nby omega\n```' }), proof('by omega')],
    ['code without any block', `${STATEMENT} := by omega`, proof('by omega')],
    ['tactics without any block', 'intros\nomega', proof('by\n  intros\n  omega')],
    [
      'imports before it',
      fenced(`import Mathlib\nimport Aesop\n\n${STATEMENT} := by omega`),
      proof('by omega'),
    ],
    [
      'heartbeats before it',
      fenced(`set_option maxHeartbeats 400000 in\n${STATEMENT} := by omega`),
      proof('by omega'),
    ],
    [
      'a doc comment and attributes before it',
      fenced(`/-- Swap. -/\n@[simp] private theorem${STATEMENT.slice(7)} := by omega`),
      proof('by omega'),
    ],
    ['comments before it', fenced(`-- by omega\n/- x -/\n${STATEMENT} := by omega`), proof('by omega')],
    [
      'commands behind it',
      fenced(`${STATEMENT} := by\n  omega\n\n#print axioms add_swap\nexample : True := trivial`),
      proof('by\n  omega'),
    ],
    ['another name', fenced('theorem my_swap (a b : Nat) : a + b = b + a := by omega'), proof('by omega')],
    ['an example', fenced('example (a b : Nat) : a + b = b + a := by omega'), proof('by omega')],
  ])('%s', (_, answer, expected) => {
    expect(submission(answer)).toEqual(expected);
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['prose', 'I am sorry, I have not found a proof. The theorem is true because addition commutes.'],
    ['prose that begins like a tactic', 'have a look at the standard library.'],
    ['an empty block', fenced('')],
    ['a comment alone', fenced('-- nothing here')],
    ['another theorem alone', fenced('theorem other (a : Nat) : a = a := rfl')],
    ['a definition alone', fenced('def f (n : Nat) := n')],
    ['JSON without code', '{"reasoning": "hard"}'],
  ])('%s holds no proof, and the answer says why', (_, answer) => {
    const cleaned = clean(answer, theorem);
    expect(cleaned.submission).toBeNull();
    expect(cleaned.unusable).toEqual(expect.stringMatching(/\w{3}/));
  });

  test('helper lemmas are kept in front of the trusted statement', () => {
    const answer = fenced(
      `import Init\n\nlemma helper (n : Nat) : n + 0 = n := rfl\n\ntheorem add_swap (a b : Nat) :\n  a + b = b + a := by\n  have := helper a\n  omega`,
    );
    expect(submission(answer)).toEqual({
      form: 'declarations',
      text: `theorem helper (n : Nat) : n + 0 = n := rfl\n\n${STATEMENT} := by\n  have := helper a\n  omega`,
    });
  });

  test('a comment that ends the statement does not swallow the proof behind helper lemmas', () => {
    const of = theoremOf({ name: 'a', statement: 'theorem a : 1 = 1 -- why\n  ' });
    const answer = fenced('theorem h : 2 = 2 := rfl\n\ntheorem a : 1 = 1 -- why\n  := rfl');
    expect(submission(answer, of)).toEqual({
      form: 'declarations',
      text: 'theorem h : 2 = 2 := rfl\n\ntheorem a : 1 = 1 -- why\n := by\n  rfl',
    });
  });

  test('a proof by cases on the arguments keeps the trusted statement', () => {
    const of = theoremOf({ name: 'le', statement: 'theorem le : ∀ n : Nat, 0 ≤ n' });
    const answer = fenced(
      'theorem le : ∀ n : Nat,\n    0 ≤ n\n  | 0 => Nat.le.refl\n  | n + 1 => Nat.zero_le _',
    );
    expect(submission(answer, of)).toEqual({
      form: 'declarations',
      text: 'theorem le : ∀ n : Nat, 0 ≤ n\n  | 0 => Nat.le.refl\n  | n + 1 => Nat.zero_le _',
    });
  });

  test('another statement goes to the checker as it is, never as a proof of ours', () => {
    for (const other of [
      'theorem add_swap (a b : Nat) : a = a := by omega',
      'theorem add_swap (a : Nat) : a + a = a + a := by omega',
      'theorem add_swap (a b : Nat) (h : False) : a + b = b + a := by omega',
      'theorem add_swap (a b : Nat) : a + b = b + a ∨ True := by omega',
    ]) {
      expect(submission(fenced(other))).toEqual({ form: 'declarations', text: other });
    }
  });

  test('context that the answer repeats is taken out, also its namespace and what ends it', () => {
    const of = theoremOf({ context: 'open Nat\nnamespace Demo\ndef two := 2\n\n' });
    const whole = `${of.context}${STATEMENT} := by omega\n\nend Demo`;
    expect(submission(fenced(whole), of)).toEqual(proof('by omega'));
    const lines = `open Nat\nnamespace Demo\n${STATEMENT} := by omega\nend Demo`;
    expect(submission(fenced(lines), of)).toEqual(proof('by omega'));
  });

  test('termination_by belongs to the theorem', () => {
    expect(submission(fenced(`${STATEMENT} := by\n  omega\ntermination_by a`))).toEqual(
      proof('by\n  omega\ntermination_by a'),
    );
  });
});

describe('leftovers of Lean 3', () => {
  test.each<[string, string]>([
    ['begin\n  intros,\n  omega,\nend', 'by\n  intros\n  omega'],
    ['begin\nintros,\nomega\nend', 'by\n  intros\n  omega'],
    [':= begin\n  omega,\nend', 'by\n  omega'],
    ['intros,\nomega', 'by\n  intros\n  omega'],
    ['by\n  have h : a = a, from rfl\n  omega', 'by\n  have h : a = a := rfl\n  omega'],
    ['by\n  rw h\n  rw ← h2 at h3', 'by\n  rw [h]\n  rw [← h2] at h3'],
    ['λ x, x', 'fun x => x'],
  ])('%j becomes %j', (code, expected) => {
    expect(submission(fenced(code))).toEqual(proof(expected));
  });

  test.each([
    'by\n  intro x\n  refine ⟨x,\n    ?_⟩\n  simp [a,\n    b]',
    'by\n  have : ∀ x : Nat,\n      x = x := fun _ => rfl\n  omega',
    'by\n  obtain ⟨a, b⟩ := h\n  exact (a, b).1',
    'by\n  match a, b with\n  | 0, _ => simp\n  | n + 1, m => omega',
    'by\n  rw [h, Nat.add_comm]\n  rw [← h] at k ⊢',
    'by\n  let begin := 1\n  omega',
    'by\n  exists 1,\n    2',
    'fun x => by simp',
    'fun (a, b) => ⟨a, b⟩',
    'by\n  calc a + b = b + a := by omega\n    _ = b + a := rfl',
  ])('Lean 4 stays as it is: %j', (code) => {
    expect(submission(fenced(code))).toEqual(proof(code));
  });
});
