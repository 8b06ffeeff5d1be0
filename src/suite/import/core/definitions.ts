import type { Token } from '../../../lean-text/lexer.ts';

/** A name or notation of Mathlib's, stated by ourselves in core Lean. */
export type Definition = {
  /** As people write it. */
  readonly name: string;
  readonly usedIn: (tokens: readonly Token[]) => boolean;
  readonly lean: string;
};

const word =
  (...names: readonly string[]) =>
  (tokens: readonly Token[]): boolean =>
    tokens.some(
      (t) => t.kind === 'word' && names.some((name) => t.text === name || t.text.endsWith(`.${name}`)),
    );

const symbols =
  (...texts: readonly string[]) =>
  (tokens: readonly Token[]): boolean =>
    tokens.some((_, i) => texts.every((text, k) => tokens[i + k]?.text === text));

const notation = (name: string, type: string): Definition => ({
  name,
  usedIn: word(name),
  lean: `notation "${name}" => ${type}\n`,
});

/** `n !`, `(a + b)!`: behind something, and nothing directly behind it that it could negate. */
const factorialMark = (tokens: readonly Token[]): boolean =>
  tokens.some((t, i) => {
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    if (t.text !== '!' || t.kind !== 'symbol' || before === undefined) return false;
    const behind = before.kind === 'word' || before.kind === 'number' || before.text === ')';
    return behind && (after === undefined || after.start > t.end || /^[)\]},]/u.test(after.text));
  });

/** Of two definitions the one that the other uses comes first. They say what Mathlib's say, and are not Mathlib's. */
export const DEFINITIONS: readonly Definition[] = [
  notation('ℕ', 'Nat'),
  notation('ℤ', 'Int'),
  notation('ℚ', 'Rat'),
  {
    name: 'Nat.Prime',
    usedIn: word('Prime'),
    lean: 'def Nat.Prime (p : Nat) : Prop := 2 ≤ p ∧ ∀ m : Nat, m ∣ p → m = 1 ∨ m = p\n',
  },
  {
    name: 'Even',
    usedIn: word('Even'),
    lean: 'def Even {α : Type _} [Add α] (a : α) : Prop := ∃ r, a = r + r\n',
  },
  {
    name: 'Odd',
    usedIn: word('Odd'),
    lean: 'def Odd {α : Type _} [Add α] [Mul α] [OfNat α 1] [OfNat α 2] (a : α) : Prop := ∃ m, a = 2 * m + 1\n',
  },
  {
    name: 'n !',
    usedIn: (tokens) => word('factorial')(tokens) || factorialMark(tokens),
    lean:
      'def Nat.factorial : Nat → Nat\n  | 0 => 1\n  | n + 1 => (n + 1) * Nat.factorial n\n' +
      'notation:10000 n "!" => Nat.factorial n\n',
  },
  {
    name: 'Nat.choose',
    usedIn: word('choose'),
    lean:
      'def Nat.choose : Nat → Nat → Nat\n  | _, 0 => 1\n  | 0, _ + 1 => 0\n' +
      '  | n + 1, k + 1 => Nat.choose n k + Nat.choose n (k + 1)\n',
  },
  {
    name: '[MOD]',
    usedIn: (tokens) => symbols('[', 'MOD')(tokens) || word('Nat.ModEq')(tokens),
    lean:
      'def Nat.ModEq (n a b : Nat) : Prop := a % n = b % n\n' +
      'notation:50 a " ≡ " b " [MOD " n "]" => Nat.ModEq n a b\n',
  },
  {
    name: '[ZMOD]',
    usedIn: (tokens) => symbols('[', 'ZMOD')(tokens) || word('Int.ModEq')(tokens),
    lean:
      'def Int.ModEq (n a b : Int) : Prop := a % n = b % n\n' +
      'notation:50 a " ≡ " b " [ZMOD " n "]" => Int.ModEq n a b\n',
  },
  {
    name: '∃!',
    usedIn: symbols('∃!'),
    lean:
      'def ExistsUnique {α : Sort _} (p : α → Prop) : Prop := ∃ x, p x ∧ ∀ y, p y → y = x\n' +
      'syntax "∃! " ident ", " term : term\nsyntax "∃! " ident " : " term ", " term : term\n' +
      'syntax "∃! " "(" ident " : " term ")" ", " term : term\n' +
      'macro_rules\n  | `(∃! $x:ident, $b) => `(ExistsUnique fun $x => $b)\n' +
      '  | `(∃! $x:ident : $t, $b) => `(ExistsUnique fun ($x : $t) => $b)\n' +
      '  | `(∃! ($x:ident : $t), $b) => `(ExistsUnique fun ($x : $t) => $b)\n',
  },
  {
    name: 'Function.Bijective',
    usedIn: word('Bijective'),
    lean: 'def Function.Bijective {α : Sort _} {β : Sort _} (f : α → β) : Prop := Function.Injective f ∧ Function.Surjective f\n',
  },
];
