import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LeanInstance } from '../../../lean/backend.ts';
import { createEmbeddedBackend, type EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import { localProver } from '../../../src/prover/index.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { theoremOf } from '../support.ts';

let backend: EmbeddedBackend;
let lean: LeanInstance;
beforeAll(async () => {
  backend = createEmbeddedBackend({ cacheDir: LEAN_CACHE });
  lean = await backend.start();
});
afterAll(() => backend.close());

/** The first candidate that real Lean accepts, or null; a dead or late instance fails the test. */
async function closes(statement: string, context = ''): Promise<string | null> {
  const challenge = theoremOf({ name: 't', statement: `theorem t ${statement}`, context });
  for (const submission of localProver.candidates(challenge)) {
    const options = { wallMs: 60_000, heartbeats: 200_000 };
    const { status } = await lean.check({ challenge, submission, options });
    if (status === 'accepted') return submission.text;
    expect(['rejected', 'incomplete', 'exhausted']).toContain(status);
  }
  return null;
}

const FUNCTIONS = `def total : List Nat → Nat
  | [] => 0
  | x :: xs => x + total xs

def onto : List Nat → List Nat → List Nat
  | [], ys => ys
  | x :: xs, ys => onto xs (x :: ys)

def halves (n : Nat) : Nat := if n = 0 then 0 else 1 + halves (n / 2)

def put (x : Nat) : List Nat → List Nat
  | [] => [x]
  | y :: ys => if x ≤ y then x :: y :: ys else y :: put x ys

theorem length_put (x : Nat) (xs : List Nat) : (put x xs).length = xs.length + 1 := by
  fun_induction put x xs <;> simp_all

def sorted : List Nat → List Nat
  | [] => []
  | x :: xs => put x (sorted xs)

`;
const TREE = `inductive Tree (α : Type) where
  | leaf : Tree α
  | node : Tree α → α → Tree α → Tree α

namespace Tree
variable {α : Type}

def size : Tree α → Nat
  | leaf => 0
  | node l _ r => l.size + 1 + r.size

def toList : Tree α → List α
  | leaf => []
  | node l x r => l.toList ++ [x] ++ r.toList

`;

describe('the local prover with real Lean', () => {
  test.each<[string, string, string, RegExp]>([
    ['evaluation', ': Nat.gcd 252 105 = 21', '', /^by rfl$/],
    ['linear arithmetic', '(a b : Int) (h : 2 * a + b = 7) (k : a = b + 2) : a = 3', '', /omega/],
    ['a table of truth', '(a b c : Bool) : (a && (b || c)) = ((a && b) || (a && c))', '', /decide/],
    ['commutative algebra', '(a b : Int) : (a + b) ^ 2 = a ^ 2 + 2 * a * b + b ^ 2', '', /grind/],
    [
      'simplification',
      '{α : Type} (xs ys : List α) : (xs ++ ys).reverse = ys.reverse ++ xs.reverse',
      '',
      /simp_all/,
    ],
    ['bit vectors', '(x y : BitVec 8) : x + y = y + x', '', /^by/],
    ['induction on a number', ': ∀ n : Nat, n < 2 ^ n', '', /induction n/],
    ['residues of a power', '(n : Nat) : n ^ 3 % 6 = n % 6', '', /n % 6 = 5 := by omega/],
    [
      'induction over a recursive function',
      '(xs ys : List Nat) : total (xs ++ ys) = total ys + total xs',
      FUNCTIONS,
      /induction xs/,
    ],
    [
      'induction that generalizes',
      '(xs ys : List Nat) : total (onto xs ys) = total xs + total ys',
      FUNCTIONS,
      /generalizing|fun_induction/,
    ],
    ['functional induction', '(n : Nat) : halves n ≤ n', FUNCTIONS, /fun_induction/],
    ['an earlier theorem', '(xs : List Nat) : (sorted xs).length = xs.length', FUNCTIONS, /length_put/],
    ['a type of the context', '(t : Tree α) : t.toList.length = t.size', TREE, /induction t/],
  ])(
    '%s',
    async (_, statement, context, proof) => {
      expect(await closes(statement, context)).toMatch(proof);
    },
    300_000,
  );

  test.each<[string, string]>([
    ['(a b : Nat) : a + b = a', ''],
    ['(n : Nat) : n ^ 3 % 6 = 1', ''],
    ['(xs ys : List Nat) : total (xs ++ ys) = total xs', FUNCTIONS],
  ])(
    'what is false stays open: %s',
    async (statement, context) => {
      expect(await closes(statement, context)).toBeNull();
    },
    300_000,
  );
});
