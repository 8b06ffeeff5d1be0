import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_SUBMISSION, refusedToken } from '../../../lean/check/refuse.ts';

describe('a submission is refused when it', () => {
  test.each([
    ['runs a command program', 'by trivial\nrun_cmd pure ()', 'run_cmd'],
    ['runs a tactic program', 'by run_tac pure ()', 'run_tac'],
    ['runs a term program', 'by_elab pure (.sort .zero)', 'by_elab'],
    ['evaluates', 'by trivial\n#eval 1', '#eval'],
    ['evaluates without a space', 'by trivial\n#eval!(1)', '#eval!'],
    ['ends the file', 'by trivial\n#exit', '#exit'],
    ['evaluates right behind a number', 'by exact 1#eval 1', '#eval'],
    ['has a word with one letter apart from a number', 'by exact 1 #w', '#w'],
    ['glues a word to a printing command', '#checkrun_cmd', '#checkrun_cmd'],
    ['defines an elaborator', 'elab "x" : tactic => pure ()', 'elab'],
    ['defines a simproc', 'simproc foo (_ + _) := fun _ => pure .continue', 'simproc'],
    ['initializes', 'initialize x : Nat ← pure 1', 'initialize'],
    ['casts without check', 'def f := @«unsafeCast» Nat', '«unsafeCast»'],
    ['adds an axiom', 'axiom x : False', 'axiom'],
    ['trusts compiled code', 'by native_decide', 'native_decide'],
    ['trusts compiled code by an option of decide', 'by decide +native', 'native'],
    ['trusts compiled code by a field', 'by decide (config := { native := true })', 'native'],
    ['names what native_decide rests on', 'Lean.ofReduceBool _ _ rfl', 'Lean.ofReduceBool'],
    ['reads a file', 'def x := include_str "x"', 'include_str'],
    ['imports', 'import Lean', 'import'],
    ['declares below Lean', 'open Foo\nnamespace Lean\ndef x := 1', 'Lean'],
    ['opens Lean in guillemets', 'open «Lean».Elab', '«Lean».Elab'],
    ['names Lean from the root', 'def x : _root_.Lean.Name := .anonymous', '_root_.Lean.Name'],
    ['quotes a name of Lean', 'def x := `Lean.runCmd', '`Lean.runCmd'],
    [
      'quotes a checked name of Lean',
      'def x := ``Lean.Elab.Command.elabRunCmd',
      '`Lean.Elab.Command.elabRunCmd',
    ],
    ['skips the kernel', 'set_option debug.skipKernelTC true', 'set_option'],
    [
      'skips the kernel inside a tactic',
      'by set_option debug.skipKernelTC true in decide +kernel',
      'set_option',
    ],
    ['skips the kernel by a name in guillemets', 'set_option «debug».skipKernelTC true', 'set_option'],
    ['has a macro set some option', 'macro "o" n:ident : command => `(set_option $n true)', 'set_option'],
    ['hides a comment between option and name', 'set_option /- x -/ debug.skipKernelTC true', 'set_option'],
    ['writes a profile', 'set_option trace.profiler.output "/tmp/x"', 'set_option'],
    ['hides sorry', 'set_option warn.sorry false', 'set_option'],
    ['names a solver program', 'set_option sat.solver "/bin/sh"', 'set_option'],
    ['replaces code', '@[implemented_by f] def g := 1', '@['],
    ['replaces code behind another attribute', '@[simp, csimp] theorem x : True := trivial', '@['],
    ['replaces code later', 'attribute [local simp, extern "f"] g', '['],
    ['gives a program as elaborator', '@[command_elab foo] def x := 1', '@['],
    ['gives an attribute in guillemets', '@[«extern» "f"] def x := 1', '@['],
    ['has a macro give some attribute', 'macro "o" n:attr : command => `(@[$n] def x := 1)', '@['],
    ['computes syntax inside a quotation', 'macro "o" : term => `($(f 1))', '$'],
    ['makes a symbol that holds a comment mark', 'notation "a--" => 1', '"a--"'],
    ['makes such a symbol by an escape', 'notation "a\\x2d\\x2d" => 1', '"a\\x2d\\x2d"'],
    ['hides a word behind `<--`', 'do let x <--run_cmd', 'run_cmd'],
    ['hides a word in what the file may read as a symbol', 'by exact a +/- run_cmd -/ b', 'run_cmd'],
    ['hides a word in an interpolated string', 'def x := s!"{by run_tac pure ()}"', 'run_tac'],
    ['hides a word in a string of foreign syntax', 'def x := foo! "a {by run_tac pure ()}"', 'run_tac'],
    ['hides a word behind a string that Lean may read otherwise', 's!"{" run_cmd "}"', 'run_cmd'],
    ['hides a word behind a nested comment', '/- /- -/ -/ run_cmd', 'run_cmd'],
    ['hides a word behind a raw string', 'def x := r"\\" run_cmd', 'run_cmd'],
    ['hides a word behind a character', "def x := '\"' run_cmd", 'run_cmd'],
    ['holds NUL', 'by trivial\0', 'U+0000'],
    ['turns the direction of a comment', '-- \u202e\nby trivial', 'U+202E'],
    ['holds a zero-width space', 'by tri\u200bvial', 'U+200B'],
    ['holds half a character', 'by trivial -- \ud800', 'U+D800'],
  ])('%s', (_, text, token) => {
    expect(refusedToken(text)).toMatchObject({ token });
  });

  test('is larger than any proof', () => {
    expect(refusedToken(' '.repeat(MAX_SUBMISSION + 1))).toMatchObject({ line: 1, column: 0 });
  });

  test('holds a refused word after any honest text, and its place is told', () => {
    const piece = fc.constantFrom(
      'by omega',
      '-- note\n',
      '/- a /- b -/ -/',
      '"str"',
      "'c'",
      '«x y»',
      '\n',
      'ℕ → 𝔸 ',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const before = `${pieces.join(' ')}\n`;
        expect(refusedToken(`${before}  run_cmd x`)).toMatchObject({
          token: 'run_cmd',
          line: before.split('\n').length,
          column: 2,
        });
      }),
    );
  });
});

describe('a submission passes when it', () => {
  test.each([
    ['says the words in a line comment', 'by -- run_cmd axiom #eval set_option debug.x\n  omega'],
    ['says the words in a block comment', '/- axiom /- unsafe -/ native_decide -/ by omega'],
    ['says the words in a doc comment', '/-- elab, import Lean, @[extern] -/ theorem x : True := trivial'],
    [
      'says the words in a string',
      'by have h : "axiom run_cmd #eval" = "axiom run_cmd #eval" := rfl; trivial',
    ],
    ['says the words in a raw string', 'by have h : r#"axiom "x" unsafe"# = "" := by simp; trivial'],
    ['says the words in guillemets', 'fun «axiom» => by exact «axiom»'],
    ['has names that begin with a word', 'by exact axiom_of_choice run_cmd_x unsafe_ext native elab1'],
    ['has such names behind a dot', 'by exact foo.axiom_x Nat.native_decide_eq'],
    ['says sorry', 'by sorry'],
    ['sets a limit', 'by\n  set_option maxRecDepth 2000 in\n  set_option maxHeartbeats 400000 in\n  omega'],
    ['sets printing and linters', 'set_option pp.all true in set_option linter.unusedVariables false in x'],
    ['defines a macro for a tactic', 'macro "my_tac" : tactic => `(tactic| first | rfl | omega)'],
    ['defines macro rules', 'macro_rules | `(tactic| foo $x) => `(tactic| exact $x)'],
    ['defines local notation', 'local notation "‖" x "‖" => f x'],
    ['defines an infix', 'local infixl:65 " ⊕⊕ " => f'],
    ['has a local instance', 'local instance : Inhabited Nat := ⟨1⟩'],
    ['gives usual attributes', '@[simp, local grind =, reducible, inline, ext] theorem x : True := trivial'],
    ['takes an attribute away', 'attribute [-simp, local simp ←] foo'],
    ['uses the pipe of old', 'by exact f $ (g x)'],
    ['prints', '#check x\n#print axioms x\n#synth Inhabited Nat\n#reduce 1'],
    ['has arrays', 'by exact #[1, 2].size_eq'],
    ['has words of a variable width', 'by exact BitVec.add_comm 1#w 0x1F#n₁'],
    ['names lemmas below Lean', 'by exact Lean.Omega.Int.foo'],
    ['interpolates', 'def f (x : Nat) := s!"{x} and {x + 1}"'],
    ['has a comment right behind a bracket or symbol', 'by exact (f x)-- why\n  <;> simp/- the end -/'],
    ['joins emoji in a comment', '-- 👩\u200d💻 wrote it\nby omega'],
    ['exports names', 'export Nat (succ)'],
    ['defines by recursion', 'where go (n : Nat) : Nat := n\n  termination_by n\n  decreasing_by omega'],
    ['has Windows line ends', 'by\r\n  omega\r\n'],
  ])('%s', (_, text) => {
    expect(refusedToken(text)).toBeNull();
  });

  test('is any text within a comment', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]*$/), (text) => {
        expect(refusedToken(`by omega -- ${text}\n`)).toBeNull();
      }),
    );
  });
});

describe('where nothing can be replayed', () => {
  test.each([
    'macro "x" : tactic => `(tactic| rfl)',
    'local notation "x" => 1',
    'local instance : Inhabited Nat := ⟨1⟩',
    '#print axioms x',
    'end Foo',
    'variable (x : Nat)',
  ])('%s is refused too', (text) => {
    expect(refusedToken(text, { strict: true })).not.toBeNull();
    expect(refusedToken(text)).toBeNull();
  });

  test('plain proofs pass', () => {
    const text = 'by\n  intro x\n  induction x with\n  | zero => rfl\n  | succ n ih => simp_all; omega';
    expect(refusedToken(text, { strict: true })).toBeNull();
  });
});

test.each(['@[', '@[simp ', 'attribute [', 'x $( ', 'r#"', '#eval x '])(
  'a text of nothing but %j is looked through',
  (piece) => {
    const text = piece.repeat(250_000 / piece.length);
    expect(refusedToken(text, { evaluation: true })?.reason ?? 'passes').toEqual(expect.any(String));
  },
);
