import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { faultsOf, fromPath, theoremsOf } from './support.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'proofloop-import-'));
});
afterEach(() => rm(root, { recursive: true }));

async function put(files: Record<string, string | Buffer>): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, 'set', name)), { recursive: true });
    await writeFile(join(root, 'set', name), text);
  }
  return join(root, 'set');
}

const THEOREM = 'theorem one (n : Nat) : n ≤ n + 1 := by sorry\n';

describe('folders of Lean files', () => {
  test('a file a theorem: split by folder, informal text, toolchain and licence from beside', async () => {
    const folder = await put({
      'lean-toolchain': 'leanprover/lean4:v4.24.0\n',
      LICENSE: 'MIT License\n\nCopyright (c) nobody\n',
      'Set/Test/one.lean': `import Mathlib\nopen Nat\n\n${THEOREM}`,
      'Set/Valid/two.lean': THEOREM.replace('one', 'two'),
      'informal/test/one.json': JSON.stringify({
        problem_name: 'one',
        informal_statement: 'The next is larger.',
      }),
      'informal/all.json': JSON.stringify([
        { problem_name: 'two', informal_statement: 'So is this.', tags: ['order'] },
      ]),
      'lakefile.lean': 'import Lake\n',
      '.lake/packages/x/X.lean': THEOREM,
    });
    const imported = await fromPath(folder);
    const common = { toolchain: 'leanprover/lean4:v4.24.0', licence: 'MIT' };
    expect(theoremsOf(imported)).toMatchObject([
      {
        ...{
          ...common,
          id: 'one',
          split: 'test',
          header: 'import Mathlib\n',
          informal: 'The next is larger.',
        },
        ...{ source: 'set/Set/Test/one.lean', unchecked: true },
      },
      { ...common, id: 'two', split: 'valid', header: '', informal: 'So is this.', category: 'order' },
    ]);
    expect(faultsOf(imported)).toEqual([]);
  });

  test('many theorems in a file: the open ones, proved ones are context, an `example` has no name', async () => {
    const folder = await put({
      'Many.lean': `namespace A
def d (n : Nat) := n + n
theorem proved : d 1 = 2 := rfl
theorem two (n : Nat) : d n = 2 * n := by
  unfold d
  sorry

/-- Three. -/
@[simp] theorem three : d 3 = 6 := sorry
example : 1 = 1 := sorry
end A
`,
    });
    const imported = await fromPath(folder);
    const context = 'namespace A\ndef d (n : Nat) := n + n\ntheorem proved : d 1 = 2 := rfl\n';
    expect(theoremsOf(imported)).toMatchObject([
      { id: 'two', context, statement: 'theorem two (n : Nat) : d n = 2 * n' },
      {
        id: 'three',
        context: `${context}\n\n`,
        statement: '/-- Three. -/\n@[simp] theorem three : d 3 = 6',
        informal: 'Three.',
      },
    ]);
    expect(faultsOf(imported)).toEqual([expect.stringMatching(/^10 bad: .*`example`/)]);
  });

  test('CRLF and a byte order mark', async () => {
    const folder = await put({
      'a.lean': `\ufeffimport Mathlib\r\nopen Nat\r\n\r\n${THEOREM.replace('\n', '\r\n')}`,
    });
    expect(theoremsOf(await fromPath(folder))).toMatchObject([
      {
        header: 'import Mathlib\n',
        context: 'open Nat\n\n',
        statement: THEOREM.replace(' := by sorry\n', ''),
      },
    ]);
  });

  test('what cannot be read is told, and the rest is imported', async () => {
    const folder = await put({
      'a.lean': THEOREM,
      'big.lean': `${THEOREM}${'-- x\n'.repeat(250_000)}`,
      'bytes.lean': Buffer.from([0x74, 0xc3, 0x28]),
      'wide.lean': Buffer.from(`\ufeff${THEOREM}`, 'utf16le'),
    });
    const imported = await fromPath(folder);
    expect(theoremsOf(imported)).toHaveLength(1);
    expect(faultsOf(imported)).toEqual([
      expect.stringMatching(/^1 bad: the file has \d+ bytes; 1000000 are the most/),
      '1 bad: it is not UTF-8 text',
      '1 bad: it is not UTF-8 text; it begins like UTF-16',
    ]);
  });

  test('a link out of the folder is refused; one inside it is followed', async () => {
    await writeFile(join(root, 'secret.lean'), THEOREM);
    const folder = await put({ 'sub/a.lean': THEOREM });
    await symlink(join(root, 'secret.lean'), join(folder, 'out.lean'));
    await symlink(root, join(folder, 'up'));
    await symlink(join(folder, 'nowhere'), join(folder, 'void.lean'));
    await symlink(join(folder, 'sub'), join(folder, 'twice'));
    await symlink(join(folder, 'sub/a.lean'), join(folder, 'z.lean'));
    const { outcomes } = await fromPath(folder);
    expect(
      outcomes.map((o) => [o.place.file.slice(folder.length + 1), o.status, 'reason' in o ? o.reason : '']),
    ).toEqual([
      ['out.lean', 'bad', 'it is a link out of the folder, which is not followed'],
      ['sub/a.lean', 'imported', ''],
      ['up', 'bad', 'it is a link out of the folder, which is not followed'],
      ['void.lean', 'bad', 'it is a link that leads nowhere'],
      ['z.lean', 'imported', ''],
    ]);
  });

  test('a definition that is a `sorry` leaves nothing to prove', async () => {
    const folder = await put({
      'a.lean': 'abbrev answer : Nat := sorry -- 3\ntheorem a : 1 + 2 = answer := sorry\n',
      'b.lean': 'def unused : Nat := sorry\ntheorem b : 1 + 2 = 3 := sorry\n',
    });
    const imported = await fromPath(folder);
    expect(faultsOf(imported)).toEqual([
      '2 rejected: `abbrev answer` is a `sorry`, so nothing can be proved of it',
    ]);
    expect(theoremsOf(imported)).toMatchObject([{ id: 'b' }]);
  });

  test('JSON lines in a folder are read, JSON that is none is said to be', async () => {
    const row = { name: 'r', formal_statement: 'theorem r : 1 = 1 := by' };
    const folder = await put({ 'rows.jsonl': JSON.stringify(row), 'a.lean': THEOREM, 'broken.json': '{' });
    expect(theoremsOf(await fromPath(folder))).toMatchObject([{ id: 'one' }, { id: 'r' }]);
    expect(
      theoremsOf(await fromPath(join(await put({ 'rows.json': JSON.stringify([row, row]) }), 'rows.json'))),
    ).toHaveLength(2);
  });
});

describe('tasks with marked proofs', () => {
  const task = (proof: string, aux = ''): string => `-- !benchmark @start import type=solution
-- !benchmark @end import

@[reducible, simp]
def larger_precond (a b : Nat) : Prop :=
  -- !benchmark @start precond
  True
  -- !benchmark @end precond

def larger (a b : Nat) (h_precond : larger_precond a b) : Nat :=
  -- !benchmark @start code
  if a ≤ b then b else a
  -- !benchmark @end code

-- !benchmark @start proof_aux
${aux}
-- !benchmark @end proof_aux

theorem larger_spec_satisfied (a b : Nat) (h_precond : larger_precond a b) :
    larger a b h_precond ≥ a := by
  -- !benchmark @start proof
${proof}
  -- !benchmark @end proof
`;
  const statement =
    'theorem larger_spec_satisfied (a b : Nat) (h_precond : larger_precond a b) :\n    larger a b h_precond ≥ a';

  test('code and specification are context; the description and the id come from beside', async () => {
    const folder = await put({
      't1/task.lean': task('  unfold larger\n  omega', 'theorem hint : 1 = 1 := rfl'),
      't1/task.json': JSON.stringify({
        id: 'mine_1',
        description_file: './description.txt',
        lean_file: './task.lean',
      }),
      't1/description.txt': 'The larger of two.\n',
      't1/test.json': '[]',
      't2/task.lean': task('  sorry'),
    });
    const imported = await fromPath(folder);
    expect(faultsOf(imported)).toEqual([]);
    const [one, two] = theoremsOf(imported);
    expect(one).toMatchObject({ id: 'mine_1', statement, informal: 'The larger of two.' });
    expect(one?.context).toMatch(/if a ≤ b then b else a/);
    expect(one?.context).not.toMatch(/hint/);
    expect(one?.changes).toEqual(['lemmas of its proof (`proof_aux`) were cut', 'its proof was cut']);
    expect(two).toMatchObject({ id: 't2', statement });
    expect(two?.changes).toBeUndefined();
  });

  test('an empty region is a proof that is not there', async () => {
    const [theorem] = theoremsOf(await fromPath(await put({ 't/task.lean': task('') })));
    expect(theorem).toMatchObject({ statement });
    expect(theorem?.changes).toBeUndefined();
  });

  test('the description is not read from elsewhere', async () => {
    await writeFile(join(root, 'secret.txt'), 'secret');
    const folder = await put({
      't/task.lean': task('  sorry'),
      't/task.json': JSON.stringify({ description_file: '../../secret.txt' }),
      'u/task.lean': task('  sorry'),
    });
    await symlink(join(root, 'secret.txt'), join(folder, 'u/description.txt'));
    expect(theoremsOf(await fromPath(folder)).map((t) => t.informal)).toEqual([undefined, undefined]);
  });

  test.each([
    [
      'no end',
      (text: string) => text.replace('  -- !benchmark @end proof\n', ''),
      /`@start proof` has no end/,
    ],
    ['another end', (text: string) => text.replace('@end precond', '@end code'), /`@end code` ends nothing/],
    [
      'no theorem',
      (text: string) => text.replace('theorem larger_spec', 'def larger_spec'),
      /no theorem stands before/,
    ],
  ])('marks with %s are bad', async (_, change, reason) => {
    const folder = await put({ 't/task.lean': change(task('  sorry')) });
    expect(faultsOf(await fromPath(folder))).toEqual([expect.stringMatching(reason)]);
  });
});
