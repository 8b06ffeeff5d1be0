import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localProver } from '../../../src/prover/index.ts';
import { definitionsOf } from '../../../src/prover/local/definitions.ts';
import { MAX_CANDIDATES, PORTFOLIO_TACTICS } from '../../../src/prover/local/portfolio.ts';
import { shapeOf } from '../../../src/prover/local/statement.ts';
import { theoremOf } from '../support.ts';

const shape = (statement: string, context = '') => shapeOf(theoremOf({ name: 't', statement, context }));
const names = (statement: string, context = '') => shape(statement, context).bound.map((b) => b.name);
const texts = (statement: string, context = '') =>
  localProver.candidates(theoremOf({ name: 't', statement, context })).map((c) => c.text);

describe('binders of a statement', () => {
  test.each<[string, string[]]>([
    ['theorem t (a b : Nat) (h : a < b) : b > a', ['a', 'b', 'h']],
    ['theorem t {α : Type} [DecidableEq α] (xs : List α) : xs = xs', ['α', 'xs']],
    ['theorem t : ∀ n m : Nat, n + m = m + n', ['n', 'm']],
    ['theorem t : ∀ (n : Nat) {xs : List Nat}, n = n', ['n', 'xs']],
    ['theorem t (f : Nat → Nat) : ∀ n, f n = f n', ['f', 'n']],
    ['/-- (c : Nat) -/\n@[simp] theorem t (a : Nat) : a = a', ['a']],
    ['theorem t (p : (x : Nat) → x = x) : True', ['p']],
    ['theorem t : 1 = 1', []],
    ['theorem t', []],
    ['theorem t (a : Nat', ['a']],
  ])('%j binds %j', (statement, expected) => {
    expect(names(statement)).toEqual(expected);
  });

  test('section variables count where the statement names them', () => {
    expect(names('theorem t : n = n', 'variable (n m : Nat) {α : Type}\n')).toEqual(['n']);
  });

  test('types are kept, and leading quantifiers are marked', () => {
    expect(shape('theorem t (xs : List Nat) : ∀ n : Nat, n ∈ xs').bound).toEqual([
      { name: 'xs', type: ['List', 'Nat'], universal: false },
      { name: 'n', type: ['Nat'], universal: true },
    ]);
  });
});

test('definitions of the context are found as far as the statement reaches them', () => {
  const context = `inductive Color where
  | red | green
inductive Tree where
  | leaf
  | node (l r : Tree)
def Tree.size : Tree → Nat
  | leaf => 0
  | node l r => l.size + r.size
def twice (n : Nat) := helper n + n
def helper (n : Nat) := if n = 0 then 0 else helper (n / 2)
def unrelated := 3
theorem known : True := trivial
`;
  const defs = definitionsOf(context, new Set(['t.size', 'twice']));
  expect(defs.functions).toEqual(['Tree.size', 'twice', 'helper']);
  expect(defs.recursive).toEqual(['Tree.size']);
  expect(defs.looping).toEqual(['helper']);
  expect(defs.types).toEqual(
    new Map([
      ['Color', { plain: true }],
      ['Tree', { plain: false }],
    ]),
  );
  expect(defs.theorems).toEqual(['known']);
});

describe('candidates', () => {
  test('arithmetic is tried by evaluation and decision procedures, then by induction', () => {
    expect(texts('theorem t (n : Nat) : n < 2 ^ n')).toEqual([
      'by rfl',
      'by omega',
      'by simp_all',
      'by grind',
      'by induction n <;> grind',
      'by induction n <;> simp_all',
      'by induction n <;> simp_all <;> omega',
    ]);
  });

  test('leading quantifiers are introduced by their names', () => {
    expect(texts('theorem t : ∀ n : Nat, n < 2 ^ n')).toContain('by intro n; induction n <;> grind');
  });

  test('finite variables are decided and split', () => {
    const found = texts('theorem t (a b : Bool) : (a && b) = (b && a)');
    expect(found).toContain('by revert a b; decide');
    expect(found).toContain('by cases a <;> cases b <;> rfl');
  });

  test('functions of the context are unfolded and inducted on, with earlier theorems', () => {
    const context = `def total : List Nat → Nat
  | [] => 0
  | x :: xs => x + total xs
theorem total_nil : total [] = 0 := rfl
`;
    const found = texts('theorem t (xs ys : List Nat) : total (xs ++ ys) = total xs + total ys', context);
    expect(found).toEqual(
      expect.arrayContaining([
        'by grind [total]',
        'by induction xs <;> grind [total]',
        'by induction xs <;> grind [total, total_nil]',
        'by induction xs generalizing ys <;> grind [total]',
        'by grind',
      ]),
    );
  });

  test('every single tactic is tried on a goal of its kind', () => {
    const found = new Set([
      ...texts('theorem t (x y : BitVec 8) : x + y = y + x'),
      ...texts('theorem t : 2 + 2 = 4'),
    ]);
    for (const tactic of PORTFOLIO_TACTICS) expect(found).toContain(`by ${tactic}`);
  });

  test('they are few, different, and proofs of the given statement, whatever the text', () => {
    const word = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ':',
      '∀',
      ',',
      'n',
      'xs',
      'Nat',
      'List',
      'Bool',
      'BitVec',
      '%',
      '7',
      '→',
      'f',
      '=',
      'def',
      'theorem',
      '|',
      '=>',
      '\n',
    );
    const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (statement, context) => {
        const found = localProver.candidates(
          theoremOf({ name: 't', statement: `theorem t ${statement}`, context }),
        );
        expect(found.length).toBeGreaterThan(0);
        expect(found.length).toBeLessThanOrEqual(MAX_CANDIDATES);
        expect(new Set(found.map((c) => c.text)).size).toBe(found.length);
        expect(found.every((c) => c.form === 'proof' && c.text.startsWith('by'))).toBe(true);
      }),
    );
  });
});
