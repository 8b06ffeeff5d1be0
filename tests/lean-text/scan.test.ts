import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assembled, contextFor, targetsOf, theoremFor } from '../../src/lean-text/assemble.ts';
import { scanFile } from '../../src/lean-text/scan.ts';
import { commandText, type LeanFile } from '../../src/model/index.ts';

const scan = (text: string, filter?: string | string[]): LeanFile => scanFile(text, 'sha', filter);
const names = (text: string): string[] => targetsOf(scan(text)).map((t) => t.name);
const skipped = (text: string): [string | null, number, string][] =>
  scan(text).skipped.map((s) => [s.name, s.line, s.reason]);
const joined = (file: LeanFile): string =>
  file.pieces.map((p) => (p.kind === 'target' ? p.statement + p.placeholder : p.text)).join('');

const fragments = [
  'theorem a : True := sorry\n',
  'theorem b : 1 = 1 := by\n  sorry\n',
  'lemma c : P := by sorry',
  'def d := 1\n',
  'import Init\n',
  '-- c\n',
  '/- theorem z : P := sorry -/',
  '/-- doc -/\n',
  '@[simp] ',
  'private ',
  'open A in\n',
  'namespace N\n',
  'end N\n',
  'section\n',
  'end\n',
  'mutual\n',
  'let x := 1; ',
  ':= ',
  'sorry',
  'by ',
  '(',
  ')',
  '\r\n',
  '\n',
  ' ',
  '\ufeff',
  '"',
  '«',
  '| 0 => sorry\n',
  'have h : P := sorry\n',
  'set_option x true in ',
  '#eval 1\n',
  '𝒜',
]; // prettier-ignore
const anyFile = fc.oneof(
  fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

describe('scanFile', () => {
  test('the pieces are the file, and a file without proofs is assembled to itself', () => {
    fc.assert(
      fc.property(anyFile, (text) => {
        const file = scan(text);
        expect(joined(file)).toBe(text);
        expect(assembled(file, {})).toBe(text);
        for (const target of targetsOf(file)) {
          expect(target.placeholder).toMatch(/^:=[\s\S]*sorry$/);
          expect(text.split('\n')[target.line - 1]).toMatch(/theorem|lemma/);
        }
        expect(new Set(targetsOf(file).map((t) => t.id)).size).toBe(targetsOf(file).length);
      }),
      { numRuns: 1000 },
    );
  });

  test('finds `:= sorry` and `:= by sorry`, comments and line ends between', () => {
    expect(names('theorem a : True := sorry')).toEqual(['a']);
    expect(names('theorem a : True := by sorry\n')).toEqual(['a']);
    expect(names('theorem a : True :=\r\n  by -- later\r\n  /- x -/ sorry -- end\r\n')).toEqual(['a']);
    expect(names('lemma a (n : Nat) : n = n := by\n  sorry\n\nlemma b : True := sorry')).toEqual(['a', 'b']);
  });

  test('the statement takes doc comment, attributes, modifiers and `in` prefixes with it', () => {
    const command = [
      '/-- First. -/',
      '@[simp, grind =]',
      'protected theorem a {α : Type u} (x : α) : x = x',
    ].join('\n');
    const prefixed = `open Nat in\nset_option maxHeartbeats 400 in\nvariable (h : 1 = 1) in\nomit h in\n${command}`;
    for (const statement of [command, prefixed, `private nonrec ${command.split('\n')[2]?.slice(10)}`]) {
      const file = scan(`def before := #[1]\n\n${statement} := by sorry\n`);
      expect(targetsOf(file)[0]).toMatchObject({ statement: `${statement} `, placeholder: ':= by sorry' });
    }
    expect(targetsOf(scan(`${command} := sorry`))[0]).toMatchObject({ informal: 'First.', line: 3 });
  });

  test('the next theorem starts at its own doc comment, not at a comment above it', () => {
    const file = scan('theorem a : True := sorry\n-- note\n/-- B. -/\ntheorem b : True := sorry\n');
    expect(file.pieces.map((p) => (p.kind === 'target' ? p.statement : p.text))).toEqual([
      'theorem a : True ',
      '\n-- note\n',
      '/-- B. -/\ntheorem b : True ',
      '\n',
    ]); // prettier-ignore
  });

  test('`let`, defaults, named arguments and structure literals in a statement have their own `:=`', () => {
    const statements = [
      'theorem a : let x := 1; let y := 2; x + y = 3 ',
      'theorem a (n : Nat := 3) (h : let m := n; m = n) : n = n ',
      'theorem a : f (x := 1) = { val := 2 : S } ',
      'theorem a : have h := 1; h = 1 ',
      'theorem a : run (do let x ← f; let y := x; pure y) = 1 ',
      'theorem a : run = do\n    let x ← f\n    pure x ',
      'theorem a.{u} {α : Type u} : if let some x := o then True else x = x ',
      'theorem a : match 1 with | 0 => False | _ => True ',
      'theorem a (f : Nat → Nat) : (fun x => f x) = f ',
      'theorem a :\n    open Nat in\n    succ 0 = 1 ',
      'theorem a :\n  set_option pp.all true in 1 = 1 ',
      'theorem a (x : { n : Nat // n > 0 }) : x.1 > 0 ',
      "theorem «odd name» : 'a' = 'a' ",
    ];
    for (const statement of statements) {
      const file = scan(`${statement}:= by sorry\n`);
      expect(targetsOf(file).map((t) => t.statement)).toEqual([statement]);
    }
  });

  test('names: namespaces, dotted names, `_root_` and sections', () => {
    const text = `
namespace A.B
theorem t : True := sorry
theorem C.t : True := sorry
theorem _root_.r : True := sorry
section S
theorem u : True := sorry
end S
end A.B
namespace D
theorem t : True := sorry
end D
section
theorem t : True := sorry
end
`;
    expect(targetsOf(scan(text)).map((t) => [t.id, t.name])).toEqual([
      ['A.B.t', 't'],
      ['A.B.C.t', 'C.t'],
      ['r', '_root_.r'],
      ['A.B.u', 'u'],
      ['D.t', 't'],
      ['t', 't'],
    ]); // prettier-ignore
  });

  test('ids have only letters that an id may have, and differ also where names do not', () => {
    const text = 'theorem get?_x! : P := sorry\ntheorem «a b» : P := sorry\ntheorem «a b» : P := sorry\n';
    expect(targetsOf(scan(text)).map((t) => t.id)).toEqual(['get-_x-', '«a-b»', '«a-b»+2']);
    expect(targetsOf(scan(`theorem ${'x'.repeat(300)} : P := sorry`))[0]?.id.length).toBeLessThan(200);
  });

  test('what is skipped is listed with line and reason', () => {
    expect(skipped('theorem a : P := by\n  have h : Q := sorry\n  exact h')).toEqual([
      ['a', 2, 'the `sorry` is inside a `have`'],
    ]);
    expect(skipped('theorem a : P := ⟨sorry, sorry⟩')).toEqual([
      ['a', 1, 'the `sorry` is inside a term'],
      ['a', 1, 'the `sorry` is inside a term'],
    ]);
    expect(skipped('theorem a : P := by\n  simp\n  sorry')).toEqual([
      ['a', 3, 'the `sorry` is one step of a tactic proof'],
    ]);
    expect(skipped('theorem a : P := calc\n  x = y := sorry')).toEqual([
      ['a', 2, 'the `sorry` is inside a `calc`'],
    ]);
    expect(skipped('theorem a : ∀ n, P n\n  | 0 => sorry\n  | _ => sorry').map((s) => s[2])).toEqual([
      'the proof is by equations',
      'the proof is by equations',
    ]);
    expect(skipped('theorem a : P := sorry\nwhere\n  x := 1')).toEqual([
      ['a', 1, '`where` follows the `sorry`'],
    ]);
    expect(skipped('theorem a : P := by sorry\ntermination_by n')).toHaveLength(1);
    for (const keyword of ['def', 'abbrev', 'instance', 'structure', 'opaque'])
      expect(skipped(`${keyword} a : T := sorry`)).toEqual([
        ['a', 1, `proofloop does not fill a \`${keyword}\``],
      ]);
    expect(skipped('example : P := sorry').map((s) => s[2])).toEqual(['proofloop does not fill a `example`']);
    expect(skipped('mutual\ntheorem a : P := sorry\nend\ntheorem b : P := sorry')).toEqual([
      ['a', 2, 'it stands in a `mutual` block'],
    ]);
    expect(skipped('-- sorry\n/- sorry -/\n#check "sorry"')).toEqual([]);
  });

  test('an unknown command behind a theorem does not hide it', () => {
    expect(names('theorem a : P := by sorry\nalias b := c\nirreducible_def d := 1\n')).toEqual(['a']);
    expect(names('theorem a : P := by\n  sorry\n\nrun_cmd x\n')).toEqual(['a']);
    expect(names('theorem a : P := by\nsorry\nsimp\n')).toEqual([]);
  });

  test('a theorem inside a quotation, a string or a comment is none', () => {
    expect(names('macro "x" : command => `(theorem a : P := sorry)\n/- theorem b : P := sorry -/')).toEqual(
      [],
    );
    expect(names('def x := "\ntheorem b : P := sorry\n"')).toEqual([]);
  });

  test('--theorem selects by name as written or with namespace, and names what is near', () => {
    const text =
      'namespace A\ntheorem one : P := sorry\nend A\ntheorem two : P := sorry\ntheorem ok : P := p\n';
    expect(targetsOf(scan(text, 'one')).map((t) => t.id)).toEqual(['A.one']);
    expect(targetsOf(scan(text, 'A.one')).map((t) => t.id)).toEqual(['A.one']);
    expect(targetsOf(scan(text, ['two', 'one'])).map((t) => t.id)).toEqual(['A.one', 'two']);
    expect(scan(text, 'two').skipped).toEqual([{ name: 'A.one', line: 2, reason: 'not selected' }]);
    expect(joined(scan(text, 'two'))).toBe(text);
    expect(() => scan(text, 'onee')).toThrow(/No theorem `onee` in the file. Near names: `A.one`/);
    expect(() => scan(text, 'ok')).toThrow(/`ok` is not one to prove: it has no `sorry`/);
    expect(() => scan('theorem a : P := by\n simp\n sorry', 'a')).toThrow(/one step of a tactic proof/);
  });
});

describe('assembling', () => {
  const text =
    'import Std\nopen Nat\ntheorem a : P := by\n  sorry\ntheorem b : Q -- why\n  := sorry\ntheorem c : R := sorry\n';
  const file = scan(text);
  const proofs = {
    a: { form: 'proof', text: 'by\n  simp\n' },
    b: { form: 'declarations', text: 'theorem h : H := x\ntheorem b : Q := h' },
  } as const; // prettier-ignore

  test('the context of a target has the proofs before it in place and leaves the unproved as they are', () => {
    expect(contextFor(file, 2, {})).toEqual({
      header: 'import Std\n',
      context: text.slice('import Std\n'.length, text.indexOf('theorem c')),
    });
    expect(contextFor(file, 2, proofs).context).toBe(
      'open Nat\ntheorem a : P := by\n  simp\ntheorem h : H := x\ntheorem b : Q := h\n',
    );
    expect(contextFor(file, 0, proofs).context).toBe('open Nat\n');
    expect(theoremFor(file, 2, proofs).ownContext).toBe(contextFor(file, 2, {}).context);
    expect(theoremFor(file, 0, proofs)).not.toHaveProperty('ownContext');
    expect(() => contextFor(file, 3, {})).toThrow(RangeError);
  });

  test('a theorem that is put together from its parts is the file up to it', () => {
    for (const [i, target] of targetsOf(file).entries()) {
      const { header, context, statement } = theoremFor(file, i, {});
      const whole = header + context + statement + target.placeholder;
      expect(text.startsWith(whole)).toBe(true);
    }
  });

  test('a line comment at the end of a statement does not swallow the proof', () => {
    const b = theoremFor(file, 1, {});
    expect(commandText(b.statement, { form: 'proof', text: 'q' })).toBe('theorem b : Q -- why\n  := q');
    expect(assembled(file, { b: { form: 'proof', text: 'q' } })).toContain(
      'theorem b : Q -- why\n  := q\ntheorem c',
    );
  });

  test('a comment at the end of a proof does not swallow what stands behind it on the line', () => {
    const tight = scan('theorem a : P := sorry theorem b : Q := sorry');
    expect(assembled(tight, { a: { form: 'proof', text: 'by simp -- done' } })).toBe(
      'theorem a : P := by simp -- done\n theorem b : Q := sorry',
    );
  });

  test('CRLF and BOM stay in the file and are kept from Lean', () => {
    const crlf = `\ufeff${text.replaceAll('\n', '\r\n')}`;
    const windows = scan(crlf);
    expect(assembled(windows, {})).toBe(crlf);
    expect(assembled(windows, proofs)).toBe(`\ufeff${assembled(file, proofs).replaceAll('\n', '\r\n')}`);
    for (const i of [0, 1, 2]) expect(theoremFor(windows, i, proofs)).toEqual(theoremFor(file, i, proofs));
  });

  test('any proof replaces its placeholder and nothing else', () => {
    fc.assert(
      fc.property(anyFile, fc.integer({ min: 0, max: 3 }), (content, pick) => {
        const scanned = scan(content);
        const target = targetsOf(scanned)[pick];
        if (target === undefined) return;
        const at = scanned.pieces.indexOf(target);
        const before = joined({ ...scanned, pieces: scanned.pieces.slice(0, at) });
        const after = joined({ ...scanned, pieces: scanned.pieces.slice(at + 1) });
        const gap = /\s$/.test(target.statement) ? '' : ' ';
        expect(assembled(scanned, { [target.id]: { form: 'proof', text: 'by rfl' } })).toBe(
          `${before}${target.statement}${gap}:= by rfl${after}`,
        );
      }),
    );
  });
});
