import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { asBlock, talk } from './support.ts';

describe('commands', () => {
  test('chain through environments, and any old one can be gone back to', async () => {
    const answers = await talk(
      asBlock({ cmd: 'def x := 1' }),
      asBlock({ cmd: 'def y := x + 1', env: 0 }),
      asBlock({ cmd: 'example : y = 2 := rfl', env: 1 }),
      asBlock({ cmd: 'example : y = 2 := rfl', env: 0 }),
      asBlock({ cmd: 'def x := 2', env: 0 }),
      asBlock({ cmd: 'open Nat in\n#check succ', env: 9 }),
    );
    expect(answers).toMatchObject([
      { env: 0 },
      { env: 1 },
      { env: 2 },
      { env: 3, messages: [{ severity: 'error', pos: { line: 1, column: 19 } }] },
      { env: 4, messages: [{ severity: 'error' }] },
      { message: 'Unknown environment.' },
    ]);
    expect(answers[2]).toEqual({ env: 2 });
  });

  test('answer sorries with goals and positions, and tactics on request', async () => {
    const cmd = 'theorem f (p q : Prop) (h : p ∧ q) : q ∧ p := by\n  constructor\n  · exact h.2\n  · sorry';
    const [answer] = await talk(asBlock({ cmd, allTactics: true }));
    expect(answer).toMatchObject({
      env: 0,
      messages: [{ severity: 'warning', pos: { line: 1, column: 8 }, endPos: { line: 1, column: 9 } }],
      sorries: [
        {
          proofState: 0,
          goal: 'case right\np q : Prop\nh : p ∧ q\n⊢ p',
          pos: { line: 4, column: 4 },
          endPos: { line: 4, column: 9 },
        },
      ],
      tactics: [
        { tactic: 'constructor', goals: 'p q : Prop\nh : p ∧ q\n⊢ q ∧ p' },
        { tactic: 'exact h.2' },
        {},
      ],
    });
  });

  test('keep scopes open from one command to the next, and begin at line 1 each', async () => {
    const answers = await talk(
      asBlock({ cmd: 'namespace A\nvariable (n : Nat)\ndef d := n + n' }),
      asBlock({ cmd: '\ntheorem d_eq : d n = 3 * n := by unfold d; omega', env: 0 }),
    );
    expect(answers).toMatchObject([{ env: 0 }, { env: 1, messages: [{ pos: { line: 2 } }] }]);
  });

  test('a failed import is told, and what follows has an empty environment', async () => {
    const answers = await talk(
      asBlock({ cmd: 'import Nowhere\n#check Nat' }),
      asBlock({ cmd: '#check Nat', env: 0 }),
      asBlock({ cmd: '#check Nat' }),
    );
    expect(answers).toMatchObject([
      { env: 0, messages: [{ severity: 'error', data: expect.stringContaining('Nowhere') }, {}] },
      { env: 1, messages: [{ severity: 'error' }] },
      { env: 2, messages: [{ severity: 'info', data: 'Nat : Type' }] },
    ]);
  });

  test('columns count code points, and a file is a command', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'repl-'));
    const path = join(folder, 'a.lean');
    writeFileSync(path, 'def «𝔸ℕ» := 2\r\nexample : «𝔸ℕ» = 3 := rfl');
    const latin = join(folder, 'latin.lean');
    writeFileSync(latin, Buffer.from([0x2d, 0x2d, 0xe9]));
    const answers = await talk(
      asBlock({ cmd: '/- 𝔸𝔹 -/ #check «𝔸' }),
      asBlock({ path }),
      asBlock({ path: latin }),
      asBlock({ path: folder }),
      asBlock({ path: '/dev/zero' }),
    );
    rmSync(folder, { recursive: true });
    expect(answers).toMatchObject([
      { messages: [{ pos: { line: 1, column: 17 }, endPos: null }] },
      { messages: [{ severity: 'error', pos: { line: 2, column: 22 }, endPos: { line: 2, column: 25 } }] },
      { message: expect.stringContaining('non UTF-8') },
      { message: expect.stringContaining('no file') },
      { message: expect.stringContaining('no file') },
    ]);
  });

  test('blanks and comments are no command', async () => {
    const answers = await talk(
      ...['', '  \n', '-- note', 'import Std\n/- note -/ -- more', '/- note -/ #eval 1', '/- open'].map(
        (cmd) => asBlock({ cmd }),
      ),
    );
    expect(answers).toEqual([
      { env: 0 },
      { env: 1 },
      { env: 2 },
      { env: 3 },
      { env: 4, messages: [expect.objectContaining({ data: '1', pos: { line: 1, column: 11 } })] },
      { env: 5, messages: [expect.objectContaining({ data: 'unterminated comment', severity: 'error' })] },
    ]);
  });

  test('a command that runs code says what came of it', async () => {
    const answers = await talk(
      asBlock({ cmd: 'import Lean\nrun_cmd Lean.logInfo "said"' }),
      asBlock({ cmd: '#eval 6 * 7', env: 0 }),
    );
    expect(answers).toMatchObject([{ messages: [{ pos: { line: 2 } }] }, { messages: [{ data: '42' }] }]);
  });
});

describe('info trees', () => {
  const cmd = 'example (p : Prop) (h : p) : p ∧ True := by\n  (exact ⟨h, trivial⟩)';
  type Node = { kind: string; node: { name?: string | null; stx: { pp: string } } | null; children: Node[] };
  const names = (nodes: readonly Node[]): string[] =>
    nodes.flatMap(({ kind, node, children }) => [node?.name ?? kind, ...names(children)]);

  test.each([
    {
      mode: 'substantive',
      includes: ['Lean.Parser.Tactic.exact'],
      lacks: ['Lean.Parser.Tactic.paren', 'TermInfo'],
    },
    { mode: 'original', includes: ['Lean.Parser.Tactic.paren'], lacks: ['TermInfo', 'CommandInfo'] },
    { mode: 'tactics', includes: ['Lean.Parser.Term.byTactic'], lacks: ['TermInfo'] },
    { mode: 'full', includes: ['CommandInfo', 'TermInfo', 'Lean.Parser.Tactic.exact'], lacks: [] },
  ])('$mode', async ({ mode, includes, lacks }) => {
    const [answer] = await talk(asBlock({ cmd, infotree: mode }));
    const found = names((answer as { infotree: Node[] }).infotree);
    expect(found).toEqual(expect.arrayContaining(includes));
    for (const name of lacks) expect(found).not.toContain(name);
  });

  test('a node has its syntax, and a tactic its goals', async () => {
    const [answer, other] = await talk(
      asBlock({ cmd, infotree: 'substantive' }),
      asBlock({ cmd, infotree: 'none of these' }),
    );
    expect(answer).toEqual({
      env: 0,
      infotree: [
        {
          kind: 'TacticInfo',
          children: [],
          node: {
            name: 'Lean.Parser.Tactic.exact',
            goalsBefore: ['p : Prop\nh : p\n⊢ p ∧ True'],
            goalsAfter: [],
            stx: {
              pp: 'exact ⟨h, trivial⟩',
              kind: 'Lean.Parser.Tactic.exact',
              argKinds: ['exact', 'Lean.Parser.Term.anonymousCtor'],
              range: { synthetic: false, start: { line: 2, column: 3 }, finish: { line: 2, column: 21 } },
            },
          },
        },
      ],
    });
    expect(other).toEqual({ env: 1 });
  });
});
