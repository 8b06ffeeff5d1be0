import type { CheckRequest } from '../../lean/backend.ts';

type Verdict = 'accepted' | 'rejected' | 'incomplete';
/** `n`: a number that makes the variants of one template different texts. */
type Template = readonly [expected: Verdict, statement: (n: number) => string, proof: (n: number) => string];

const VARIANTS = 4;

const same = (text: string) => () => text;

/** Fifty templates: by each tactic right ones, wrong ones, unfinished ones. */
const TEMPLATES: readonly Template[] = [
  // omega
  [
    'accepted',
    (n) => `(a b c : Nat) (h : a < b) (k : b < c) : a + ${n + 1} < c + ${n + 1}`,
    same('by omega'),
  ],
  ['accepted', (n) => `(x y : Int) (h : ${n + 2} * x = ${n + 2} * y) : x = y`, same('by omega')],
  [
    'accepted',
    (n) => `(a b : Nat) (h : a % ${n + 3} = 1) (k : b = a + ${n + 3}) : b % ${n + 3} = 1`,
    same('by omega'),
  ],
  ['accepted', (n) => `(a b : Nat) : a - ${n} ≤ a + b`, same('by omega')],
  ['rejected', (n) => `(a b : Nat) (h : a < b + ${n}) : b < a`, same('by omega')],
  ['rejected', (n) => `(x y : Int) : x + ${n} = y`, same('by omega')],
  // simp
  [
    'accepted',
    (n) => `(xs ys : List Nat) : (xs ++ ys).length + ${n} = ys.length + xs.length + ${n}`,
    same('by simp [Nat.add_comm]'),
  ],
  ['accepted', (n) => `(xs : List Nat) : (xs.map (· + ${n})).length = xs.length`, same('by simp')],
  [
    'accepted',
    (n) => `(p q r : Prop) (k : Nat) (_ : k = ${n}) : (p ∧ q → r) ↔ (p → q → r)`,
    same('by simp [and_imp]'),
  ],
  ['accepted', (n) => `(f : Nat → Nat) (h : ∀ x, f x = x) : f (f ${n}) = ${n}`, same('by simp_all')],
  ['accepted', (n) => `(s : List Nat) : (s ++ [${n}]).reverse = ${n} :: s.reverse`, same('by simp')],
  ['incomplete', (n) => `(n : Nat) : n + ${n + 1} = n`, same('by simp')],
  ['rejected', (n) => `(xs ys : List Nat) (h : xs.length = ${n}) : xs ++ ys = ys ++ xs`, same('by simp')],
  // decide
  ['accepted', (n) => `: (2 ^ ${n + 8} : Nat) = ${2 ** (n + 8)}`, same('by decide')],
  ['accepted', (n) => `: ∀ a b : Fin ${n + 3}, a + b = b + a`, same('by decide')],
  ['accepted', (n) => `: (List.range ${n + 5}).length = ${n + 5}`, same('by decide')],
  ['rejected', (n) => `: ${n + 2} + 2 = ${n + 5}`, same('by decide')],
  ['rejected', (n) => `(n : Nat) : n < ${n + 2} ∨ n ≥ ${n + 2}`, same('by decide')],
  // grind
  ['accepted', (n) => `(a b : Nat) (f : Nat → Nat) (h : a = b) : f a + ${n} = f b + ${n}`, same('by grind')],
  [
    'accepted',
    (n) => `(xs ys : List Nat) (h : xs = ys) : (${n} :: xs).reverse = (${n} :: ys).reverse`,
    same('by grind'),
  ],
  ['accepted', (n) => `(a b c : Int) (h : a + b = c) (k : b = ${n}) : a = c - ${n}`, same('by grind')],
  [
    'accepted',
    (n) => `(p q : Prop) (x : Nat) (h : x = ${n} → p) (k : ¬p ∨ q) : x = ${n} → q`,
    same('by grind'),
  ],
  ['rejected', (n) => `(a b : Nat) (f : Nat → Nat) (h : f a = f b) : a = b + ${n}`, same('by grind')],
  // rfl and terms
  ['accepted', (n) => `(n : Nat) : n + ${n} = Nat.add n ${n}`, same('by rfl')],
  ['accepted', (n) => `: [${n}, 2].map (· + 1) = [${n + 1}, 3]`, same('rfl')],
  ['accepted', (n) => `(p q : Prop) (_ : ${n} = ${n}) : p ∧ q → q ∧ p`, same('fun ⟨a, b⟩ => ⟨b, a⟩')],
  [
    'accepted',
    (n) => `(a b : Nat) : a + b + ${n} = b + a + ${n}`,
    (n) => `congrArg (· + ${n}) (Nat.add_comm a b)`,
  ],
  ['rejected', (n) => `(n : Nat) : ${n + 1} + n = n + ${n + 1}`, same('by rfl')],
  ['rejected', (n) => `(p q : Prop) (_ : ${n} = ${n}) : p ∨ q → p`, same('fun h => h.left')],
  // sorry
  ['incomplete', (n) => `(n : Nat) : ${n} + n = n + ${n}`, same('by sorry')],
  ['incomplete', (n) => `(n : Nat) : n * ${n} = ${n} * n`, same('sorry')],
  ['incomplete', (n) => `(n : Nat) : ${n} + n = n + ${n}`, same('by\n  have h : n = n := rfl\n  sorry')],
  [
    'incomplete',
    (n) => `(p q : Prop) (_ : ${n} = ${n}) (h : p ∧ q) : q ∧ p`,
    same('by\n  constructor\n  · exact h.2\n  · sorry'),
  ],
  // structured proofs
  [
    'accepted',
    (n) => `(n : Nat) : ${n} + n = n + ${n}`,
    same('by\n  induction n with\n  | zero => rfl\n  | succ k ih => rw [← Nat.add_assoc, ih]'),
  ],
  [
    'accepted',
    (n) => `(xs : List Nat) : (xs ++ []).length + ${n} = xs.length + ${n}`,
    same('by\n  induction xs with\n  | nil => rfl\n  | cons x xs ih => simp'),
  ],
  [
    'accepted',
    (n) => `(n : Nat) : n < 2 ^ n + ${n}`,
    same('by\n  have : n < 2 ^ n := Nat.lt_two_pow_self\n  omega'),
  ],
  [
    'accepted',
    (n) => `(p : Nat → Prop) (h : ∃ k, p k ∧ k > ${n}) : ∃ k, p k`,
    same('by\n  obtain ⟨k, hk, _⟩ := h\n  exact ⟨k, hk⟩'),
  ],
  ['accepted', (n) => `(a b : Nat) (h : a = b) : b + ${n} = a + ${n}`, same('by\n  subst h\n  rfl')],
  [
    'accepted',
    (n) => `(a b c : Nat) : a * (b + c) + ${n} = a * b + a * c + ${n}`,
    (n) =>
      `by\n  calc a * (b + c) + ${n} = (a * b + a * c) + ${n} := by rw [Nat.mul_add]\n    _ = a * b + a * c + ${n} := rfl`,
  ],
  ['accepted', (n) => `(a b : Nat) : max a b + ${n} = max b a + ${n}`, same('by rw [Nat.max_comm]')],
  [
    'accepted',
    (n) => `(o : Option Nat) (h : o = some ${n}) : o.isSome`,
    same('by\n  cases o with\n  | none => cases h\n  | some v => rfl'),
  ],
  ['accepted', (n) => `(b : Bool) : (b && !b) = (${n} == ${n + 1})`, same('by cases b <;> rfl')],
  ['accepted', (n) => `(x y : BitVec ${n + 4}) : x + y = y + x`, same('by ac_rfl')],
  ['accepted', (n) => `(x : BitVec ${n + 4}) : x &&& x = x`, same('by simp')],
  [
    'accepted',
    (n) => `(p q : Prop) (_ : ${n} = ${n}) : p ∨ q → q ∨ p`,
    same('by\n  rintro (h | h)\n  · exact Or.inr h\n  · exact Or.inl h'),
  ],
  [
    'accepted',
    (n) => `(a b : Nat) : a + b + ${n} = b + a + ${n}`,
    same('by\n  first\n  | decide\n  | rfl\n  | omega'),
  ],
  ['rejected', (n) => `(a b : Nat) (h : a = b + ${n + 1}) : a = b`, same('by\n  subst h\n  rfl')],
  [
    'rejected',
    (n) => `(n : Nat) : n < ${n} ∨ n = ${n}`,
    same('by\n  induction n with\n  | zero => simp\n  | succ k ih => exact ih'),
  ],
  ['rejected', (n) => `(n : Nat) : n + ${n} = ${n} + n`, same('by exact Nat.no_such_lemma n')],
  ['rejected', (n) => `(n : Nat) : n + ${n} = ${n} + n`, same('by\n  rw [Nat.add_comm')],
];

export type Case = { readonly expected: Verdict; readonly request: CheckRequest };

/** 200 theorems over a header, in one order for all runs: neighbours are of different templates. */
export function mixedSet(header: string): Case[] {
  return Array.from({ length: VARIANTS }, (_, n) =>
    TEMPLATES.map(([expected, statement, proof], i): Case => {
      const name = `t${i}_${n}`;
      return {
        expected,
        request: {
          challenge: { name, header, context: '', statement: `theorem ${name} ${statement(n)}` },
          submission: { form: 'proof', text: proof(n) },
          options: { wallMs: 60_000, heartbeats: 200_000 },
        },
      };
    }),
  ).flat();
}

/** Interleaves, so that a pass does not meet a tactic's group at once: 7 is prime to 50. */
export const inTurn = <T>(items: readonly T[]): T[] => items.map((_, i) => items[(i * 7) % items.length]!);
