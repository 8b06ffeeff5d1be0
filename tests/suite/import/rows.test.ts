import { describe, expect, test } from '@jest/globals';
import { faultsOf, fromRows, MATHLIB, theoremsOf } from './support.ts';

const core = { name: 'sum_comm', formal_statement: 'theorem sum_comm (a b : Nat) : a + b = b + a := by' };

describe('DeepSeek-Prover, Goedel-Prover, Kimina', () => {
  test('header and statement are two fields; the statement ends in `:= by`', async () => {
    const row = {
      name: 'twice_even',
      split: 'valid',
      informal_prefix: '/-- Twice $n$ is even.-/\n',
      formal_statement: 'theorem twice_even (n : ℕ) : Even (n + n) := by\n',
      goal: 'n : ℕ\n⊢ Even (n + n)',
      header: MATHLIB,
    };
    expect(theoremsOf(await fromRows([row]))).toEqual([
      {
        id: 'twice_even',
        name: 'twice_even',
        source: 'standard input',
        split: 'valid',
        header: 'import Mathlib\nimport Aesop\n',
        context: '\nset_option maxHeartbeats 400000\n\nopen BigOperators Real Nat Topology Rat\n\n',
        statement: 'theorem twice_even (n : ℕ) : Even (n + n)',
        informal: 'Twice $n$ is even.',
        unchecked: true,
      },
    ]);
  });

  test.each([
    ['`:= by sorry`', ' := by sorry'],
    ['`:= by` and `sorry` on the next line', ' := by\n  sorry\n'],
    ['`:= sorry`', ' := sorry'],
    ['`:= by`', ' := by'],
    ['`:=`', ' :='],
    ['nothing', ''],
    ['a comment behind `sorry`', ' := by\n  sorry -- here\n'],
  ])('a statement that ends in %s is the same statement, and nothing is said to be cut', async (_, end) => {
    const formal_statement = `theorem t (a : Nat) : a = a${end}`;
    const [theorem] = theoremsOf(await fromRows([{ problem_id: 't', formal_statement }]));
    expect(theorem).toMatchObject({ id: 't', statement: 'theorem t (a : Nat) : a = a' });
    expect(theorem?.changes).toBeUndefined();
  });

  test.each([
    [' := by\n  rfl', 'its proof was cut'],
    [' := rfl', 'its proof was cut'],
    [' := by\n  have h : a = a := by sorry\n  exact h', 'its proof, which has a `sorry` in it, was cut'],
    [' := by admit', 'its proof, which has a `sorry` in it, was cut'],
  ])('what is there as a proof (%j) is cut, and told', async (end, change) => {
    const formal_statement = `theorem t (a : Nat) : a = a${end}`;
    const [theorem] = theoremsOf(await fromRows([{ name: 't', formal_statement }]));
    expect(theorem).toMatchObject({ statement: 'theorem t (a : Nat) : a = a', changes: [change] });
  });

  test('the statement is a whole file; the doc comment stays with it', async () => {
    const file = `${MATHLIB}/-- A \`-\` in it. -/\ntheorem t (a : ℕ) : a = a := by sorry\n`;
    const [theorem] = theoremsOf(
      await fromRows([{ problem_id: 'x1', formal_statement: file, lean4_code: file }]),
    );
    expect(theorem).toMatchObject({
      id: 'x1',
      name: 't',
      header: 'import Mathlib\nimport Aesop\n',
      statement: '/-- A `-` in it. -/\ntheorem t (a : ℕ) : a = a',
      informal: 'A `-` in it.',
    });
  });

  test('a header beside a whole file is not used, which is told unless it says the same', async () => {
    const file = `${MATHLIB}theorem t (a : ℕ) : a = a := by sorry\n`;
    const [same, other] = theoremsOf(
      await fromRows([
        { name: 'same', header: MATHLIB.replaceAll('\n\n', '\n'), formal_statement: file },
        { name: 'other', header: 'import Aesop\nopen Real\n', formal_statement: file },
      ]),
    );
    expect(same?.changes).toBeUndefined();
    expect(other?.changes).toEqual([expect.stringContaining('the field `header` was not used')]);
  });

  test('only `lean4_code`, in a code fence', async () => {
    const row = {
      uuid: 'u-1',
      lean4_code: '```lean4\ntheorem t : 1 = 1 := by\n  sorry\n```',
      problem: 'One.',
    };
    expect(theoremsOf(await fromRows([row]))).toMatchObject([
      { id: 'u-1', name: 't', statement: 'theorem t : 1 = 1', informal: 'One.' },
    ]);
  });

  test('several theorems in one statement are several records, each for itself', async () => {
    const formal_statement =
      'def d (n : Nat) := n + n\nlemma a (n : Nat) : d n = 2 * n := by sorry\n\ntheorem b : d 1 = 2 := by\n  sorry\n';
    const { outcomes } = await fromRows([{ name: 'two', header: MATHLIB, formal_statement }]);
    expect(theoremsOf({ outcomes } as never)).toMatchObject([
      {
        id: 'two.a',
        statement: 'lemma a (n : Nat) : d n = 2 * n',
        context: expect.stringContaining('def d'),
      },
      { id: 'two.b', statement: 'theorem b : d 1 = 2', context: expect.not.stringContaining('sorry') },
    ]);
    expect(outcomes.map((o) => o.place.line)).toEqual([1, 1]);
  });

  test('helpers with proofs are context; where all is proved the theorem of that name is meant', async () => {
    const formal_statement =
      'theorem help : 1 = 1 := rfl\ntheorem main : 2 = 2 := by rfl\ntheorem after : 3 = 3 := rfl\n';
    expect(theoremsOf(await fromRows([{ name: 'main', formal_statement }]))).toMatchObject([
      { id: 'main', context: 'theorem help : 1 = 1 := rfl\n', statement: 'theorem main : 2 = 2' },
    ]);
  });

  test('facts of a record under the names that sets have for them', async () => {
    const row = {
      ...core,
      level: 'Level 4',
      tags: ['algebra', 'sums'],
      license: 'MIT',
      lean_version: 'v4.9.0',
      source: 'made up',
    };
    expect(theoremsOf(await fromRows([row]))).toMatchObject([
      {
        difficulty: 'hard',
        category: 'algebra, sums',
        licence: 'MIT',
        toolchain: 'v4.9.0',
        source: 'made up',
      },
    ]);
    const told = await fromRows([row], { source: 'mine', licence: 'CC0-1.0' });
    expect(theoremsOf(told)).toMatchObject([{ source: 'mine', licence: 'CC0-1.0' }]);
  });

  test('CRLF in a text is `\\n`', async () => {
    const [theorem] = theoremsOf(
      await fromRows([
        { name: 't', formal_statement: 'open Nat\r\ntheorem t :\r\n  1 = 1 := by\r\n  sorry\r\n' },
      ]),
    );
    expect(theorem).toMatchObject({ context: 'open Nat\n', statement: 'theorem t :\n  1 = 1' });
  });

  test('--header stands before what has none of its own', async () => {
    const header = 'import Mathlib\n\nopen Nat\n';
    const [bare, own] = theoremsOf(
      await fromRows([core, { ...core, name: 'own', header: 'import Aesop\n' }], { header }),
    );
    expect(bare).toMatchObject({ header: 'import Mathlib\n', context: '\nopen Nat\n\n' });
    expect(own).toMatchObject({ header: 'import Aesop\n', context: '' });
  });
});

test('ProofNet: informal_stmt, `:= sorry`, and instances, which are no theorems', async () => {
  const header = 'import Mathlib\n\nopen Filter Real\n';
  const common = { source: 'Mine.lean', header, formal_proof: null, informal_proof: 'clear' };
  const imported = await fromRows([
    {
      ...common,
      name: 'Mine_1',
      formal_statement: 'theorem Mine_1 (a : ℕ) :\n  a = a := sorry',
      informal_stmt: 'Same.',
    },
    {
      ...common,
      name: 'Mine_2',
      formal_statement: 'instance Mine_2 : Inhabited ℕ := sorry',
      informal_stmt: null,
    },
  ]);
  expect(theoremsOf(imported)).toMatchObject([
    { id: 'Mine_1', informal: 'Same.', source: 'Mine.lean', context: '\nopen Filter Real\n' },
  ]);
  expect(faultsOf(imported)).toEqual([
    '2 bad: `formal_statement` states no `theorem` or `lemma`: "instance Mine_2 : Inhabited ℕ := sorry"',
  ]);
});

test('miniCodeProps: definitions in `deps`, a score from 1 to 5', async () => {
  const row = {
    full_name: 'len_app',
    prop_defn: 'theorem len_app (xs ys : List α) :\n len (xs ++ ys) = len xs + len ys:= by sorry',
    deps: 'import Mathlib\n\ndef len : List α → Nat\n  | [] => 0\n  | _ :: xs => len xs + 1\n\nlemma len_nil : len ([] : List α) = 0 := rfl\n',
    score: 3,
    proof_state: '⊢ True',
    prop_loc: 'A.lean:1',
  };
  expect(theoremsOf(await fromRows([row]))).toMatchObject([
    {
      id: 'len_app',
      header: 'import Mathlib\n',
      context: expect.stringMatching(/^\ndef len.*len_nil.*rfl\n$/s),
      statement: 'theorem len_app (xs ys : List α) :\n len (xs ++ ys) = len xs + len ys',
      difficulty: 'medium',
      unchecked: true,
    },
  ]);
});

describe('what is no record is told with its line', () => {
  test.each<[string, object | string | Buffer, RegExp]>([
    ['half an object', '{"name": "a",', /^2 bad: no JSON/],
    ['a list', '[]', /^2 bad: a record is a JSON object, and this is a list/],
    ['null', 'null', /null/],
    [
      'no Lean',
      { name: 'a', informal: 'b' },
      /^2 bad: no field with a Lean statement .* it has name, informal/,
    ],
    ['a number for a text', { name: 'a', formal_statement: 3 }, /no field with a Lean statement/],
    ['a definition', { formal_statement: 'def a := 1' }, /states no `theorem`/],
    ['an example', { formal_statement: 'example : 1 = 1 := sorry' }, /states no `theorem`/],
    ['empty text', { formal_statement: ' ' }, /missing or no text to read/],
    ['a mutual block', { formal_statement: 'mutual\ntheorem a : 1 = 1 := sorry\nend' }, /mutual/],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /^2 bad: it is not UTF-8/],
    ['a fault of our own form', { id: 'a b', name: 'a', statement: 'theorem a : True' }, /an id has letters/],
  ])('%s', async (_, row, reason) => {
    const imported = await fromRows([core, row, core]);
    expect(faultsOf(imported)).toEqual([expect.stringMatching(reason)]);
    expect(theoremsOf(imported)).toHaveLength(2);
  });

  test('a form that was named is held to', async () => {
    const imported = await fromRows([core], { format: 'minicodeprops' });
    expect(faultsOf(imported)).toEqual(['1 bad: `prop_defn` is missing or no text']);
  });

  test('empty lines and a byte order mark are nothing', async () => {
    const imported = await fromRows([`\ufeff${JSON.stringify(core)}\r`, '', '  ', core]);
    expect(faultsOf(imported)).toEqual([]);
    expect(imported.outcomes.map((o) => o.place.line)).toEqual([1, 4]);
  });
});

test('doubles are kept and told; ids have the letters that ids may have', async () => {
  const again = { ...core, formal_statement: core.formal_statement.replace('sum_comm', 'other') };
  const { outcomes, duplicates } = await fromRows([core, core, { ...again, name: 'C:\\set\\a b/c' }]);
  expect(outcomes.map((o) => o.id)).toEqual(['sum_comm', 'sum_comm+2', 'C-set-a-b-c']);
  expect(duplicates.map(({ what, id, of }) => [what, id, of.id])).toEqual([
    ['id', 'sum_comm+2', 'sum_comm'],
    ['statement', 'sum_comm+2', 'sum_comm'],
    ['statement', 'C-set-a-b-c', 'sum_comm'],
  ]);
});

test('--split chooses, and says what it left; --limit counts what is read', async () => {
  const rows = ['test', 'valid', 'test', 'test', undefined].map((split, i) => ({
    ...core,
    name: `r${i}`,
    split,
  }));
  const chosen = await fromRows(rows, { splits: ['test'], limit: 2 });
  expect(chosen.outcomes.map((o) => o.id)).toEqual(['r0', 'r2']);
  expect({ cut: chosen.cut, other: [...chosen.otherSplits] }).toEqual({ cut: true, other: [['valid', 1]] });
  const all = await fromRows(rows, { splits: ['test'] });
  expect({ cut: all.cut, other: [...all.otherSplits] }).toEqual({
    cut: false,
    other: [
      ['valid', 1],
      ['', 1],
    ],
  });
});
