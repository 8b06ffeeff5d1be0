import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';

const HEADER =
  'import Mathlib\nimport Aesop\n\nset_option maxHeartbeats 400000\n\nopen BigOperators Real Nat Topology Rat\n\n';
const mathlib = (name: string, statement: string, split = 'test') => ({
  ...{ name, split, informal_prefix: `/-- ${name}. -/\n`, goal: '', header: HEADER },
  formal_statement: `theorem ${name} ${statement} := by\n`,
});
const core = (name: string, statement: string) => ({
  name,
  formal_statement: `theorem ${name} ${statement} := by sorry`,
});

let home: Home;
beforeAll(async () => {
  home = await makeHome();
  const put = (name: string, rows: readonly (object | string)[]) =>
    writeFile(
      join(home.dir, name),
      rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''),
    );
  await put('mixed.jsonl', [
    core('fine', '(a b : Nat) : a + b = b + a'),
    core('unknown', '(a : Nat) : foo a = a'),
    core('unbound', '(x : ℝ) : x = x'),
    '{"name": "half"',
    mathlib('away', '(x : ℝ) : x = x'),
    { name: 'runs', formal_statement: 'run_cmd pure ()\ntheorem runs : 1 = 1 := sorry' },
    core('fine', '(a b : Nat) : a + b = b + a'),
  ]);
  await put('over-mathlib.jsonl', [
    mathlib('twice_even', '(n : ℕ) : Even (n + n)'),
    mathlib('odd_odd', '(a : ℤ) (h : Odd a) : ¬ Even a'),
    mathlib('fac', '(n : ℕ) (h : n ! = 6) : n ≡ 3 [MOD 4] ∧ (n : ℤ) ≡ 3 [ZMOD 4]'),
    mathlib('only', '(p : ℕ) (h : p.Prime) : ∃! x : ℕ, x = p ∧ Nat.choose x 1 = p'),
    mathlib('ratio', '(q : ℚ) (h : q = 1 / 2) : q + q = 1'),
    mathlib('bij', '(f : ℕ → ℕ) (h : Function.Bijective f) : Function.Injective f'),
    mathlib('real', '(x : ℝ) (h : x = 2) : x + x = 4'),
    mathlib('sum', ': ∑ i in Finset.range 3, i = 3'),
    mathlib('auto', ': someName = someName'),
  ]);
  await put('properties.jsonl', [
    {
      full_name: 'app_nil',
      prop_defn: 'lemma app_nil (xs : List α) :\n app xs [] = xs:= by sorry',
      deps: 'import Mathlib\n\ndef app : List α → List α → List α\n  | [], ys => ys\n  | x :: xs, ys => x :: app xs ys\n',
      ...{ score: 4, proof_state: '', prop_loc: '' },
    },
  ]);
  await mkdir(join(home.dir, 'dependent'));
  await writeFile(
    join(home.dir, 'dependent/A.lean'),
    'theorem first : ∃ n : Nat, n > 3 := sorry\ntheorem second : first.choose > 3 := sorry\nlemma third : 1 = 1 := sorry\n',
  );
  await put('mathlib-only.jsonl', [mathlib('one', ': 1 = 1'), mathlib('two', '(x : ℝ) : x = x')]);
});
afterAll(() => home.remove());

const run = (args: readonly string[], input?: string) =>
  startCli(home, args, input === undefined ? {} : { input });
const suiteIn = async (name: string) => jsonLines(await readFile(join(home.dir, name), 'utf8'));

test('each row is imported, rejected, unchecked or bad, and Lean has elaborated what is imported', async () => {
  const { stdout, exitCode } = await run(['import', 'mixed.jsonl', '-o', 'mixed-suite.jsonl']);
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(
    /^7 read: 2 imported, 3 rejected, 1 unchecked, 1 bad · Lean 4\.28\.0 \(embedded\)$/m,
  );
  expect(stdout).toMatch(/^rejected unknown mixed\.jsonl:2 {2}1:\d+ .*foo/m);
  expect(stdout).toMatch(/^rejected unbound mixed\.jsonl:3 {2}`ℝ` is notation of Mathlib's/m);
  expect(stdout).toMatch(/^bad mixed\.jsonl:4 {2}no JSON/m);
  expect(stdout).toMatch(/^rejected runs mixed\.jsonl:6 .*`run_cmd` runs a program/m);
  expect(stdout).toMatch(/^duplicate: fine\+2 \(mixed\.jsonl:7\) has the id of fine \(mixed\.jsonl:1\)/m);
  expect(stdout).toMatch(/^unchecked: .* lacks Aesop, Mathlib\./m);
  expect(await suiteIn('mixed-suite.jsonl')).toMatchObject([
    { id: 'fine', name: 'fine', source: 'mixed.jsonl', header: '', context: '' },
    {
      id: 'away',
      header: 'import Mathlib\nimport Aesop\n',
      split: 'test',
      informal: 'away.',
      unchecked: true,
    },
    { id: 'fine+2', name: 'fine' },
  ]);
  const rejected = await suiteIn('mixed-suite.rejected.jsonl');
  expect(rejected.map(({ line, status, code }) => [line, status, code])).toEqual([
    [2, 'rejected', 'elaboration'],
    [3, 'rejected', 'notation'],
    [4, 'bad', 'bad'],
    [6, 'rejected', 'elaboration'],
  ]);
  expect(rejected[0]).toMatchObject({
    record: { id: 'unknown', statement: 'theorem unknown (a : Nat) : foo a = a' },
  });
});

test('--map-core states what core Lean can state, says so, and keeps the statements', async () => {
  const { stdout, exitCode } = await run([
    'import',
    'over-mathlib.jsonl',
    '--map-core',
    '-o',
    'set.jsonl',
    '--json',
  ]);
  expect(exitCode).toBe(2);
  const records = jsonLines(stdout);
  expect(records.at(-1)).toMatchObject({
    ...{ type: 'done', in: 9, imported: 6, rejected: 3, unchecked: 0, bad: 0, exitCode: 2 },
    ...{ output: 'set-core.jsonl', mapped: 'core' },
  });
  const suite = await suiteIn('set-core.jsonl');
  expect(suite.map((t) => t.id)).toEqual(['twice_even', 'odd_odd', 'fac', 'only', 'ratio', 'bij']);
  for (const theorem of suite) expect(theorem).toMatchObject({ header: '', mapped: 'core' });
  expect(suite[0]).toMatchObject({
    statement: 'theorem twice_even (n : ℕ) : Even (n + n)',
    changes: [
      'without `import Aesop`, `import Mathlib`',
      'left out: `open BigOperators Real Topology`',
      'definitions of ours: ℕ, Even',
    ],
  });
});

test('the rates of a mapped suite are not to be compared, says the import and says bench', async () => {
  const said = /not comparable with published ones/;
  const { stdout } = await run(['import', 'properties.jsonl', '--map-core', '-o', 'props.jsonl']);
  expect(stdout).toMatch(said);
  expect(await suiteIn('props-core.jsonl')).toMatchObject([
    {
      statement: 'theorem app_nil (xs : List α) :\n app xs [] = xs',
      ...{ difficulty: 'hard', changes: ['without `import Mathlib`', '`lemma` as `theorem`'] },
    },
  ]);
  const bench = await run(['bench', 'props-core.jsonl', '--dry-run']);
  expect({ exitCode: bench.exitCode, stderr: bench.stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringMatching(said),
  });
});

test('records stand for themselves, unless the statement speaks of an unproved theorem before it', async () => {
  const { exitCode } = await run(['import', 'dependent', '-o', 'dependent.jsonl']);
  expect(exitCode).toBe(0);
  expect(await suiteIn('dependent.jsonl')).toMatchObject([
    { id: 'first', context: '' },
    {
      id: 'second',
      context: expect.stringContaining('first'),
      changes: ['it needs unproved theorems before it'],
    },
    { id: 'third', context: '', statement: 'theorem third : 1 = 1', changes: ['`lemma` as `theorem`'] },
  ]);
});

test('without the Lean that it needs a suite is unchecked; bench says so, and its theorems end as bad headers', async () => {
  const imported = await run(['import', 'mathlib-only.jsonl', '-o', 'unchecked.jsonl']);
  expect(imported.exitCode).toBe(0);
  expect(imported.stdout).toMatch(/^2 read: 0 imported, 0 rejected, 2 unchecked, 0 bad/m);
  const { stdout, stderr, exitCode } = await run(['bench', 'unchecked.jsonl', '--json']);
  expect(stderr).toMatch(/2 of 2 theorems are unchecked/);
  // They are told as they end, in whatever order that is.
  const results = jsonLines(stdout)
    .filter((r) => r.type === 'theorem')
    .sort((a, b) => String(a.theoremId).localeCompare(String(b.theoremId)));
  expect(results).toMatchObject([
    { theoremId: 'one', outcome: 'error', error: { code: 'LEAN_BAD_HEADER' } },
    { theoremId: 'two', outcome: 'error', error: { code: 'LEAN_BAD_HEADER' } },
  ]);
  expect(exitCode).toBe(2);
});

test('standard input to standard output; talk goes to standard error', async () => {
  const row = JSON.stringify(core('piped', ': 2 + 2 = 4'));
  const { stdout, stderr, exitCode } = await run(['import', '-', '--licence', 'CC0-1.0'], `${row}\n`);
  expect(exitCode).toBe(0);
  expect(jsonLines(stdout)).toMatchObject([{ id: 'piped', licence: 'CC0-1.0', source: 'standard input' }]);
  expect(stderr).toMatch(/^1 read: 1 imported/m);
});

test('what it writes it reads again, unchanged', async () => {
  await run(['import', 'properties.jsonl', '--map-core', '-o', 'again.jsonl']);
  const { exitCode } = await run(['import', 'again-core.jsonl', '-o', 'twice.jsonl']);
  expect(exitCode).toBe(0);
  const [once, twice] = await Promise.all(['again-core.jsonl', 'twice.jsonl'].map(suiteIn));
  expect(twice).toEqual(once);
});

test.each<[string[], string, RegExp]>([
  [['nowhere.jsonl', '-o', 'x.jsonl'], 'FILE_NOT_FOUND', /nowhere\.jsonl/],
  [['C:\\sets\\a.jsonl', '-o', 'x.jsonl'], 'FILE_NOT_FOUND', /\/mnt\/c\/sets\/a\.jsonl/],
  [['mixed.jsonl', '-o', 'mixed.jsonl'], 'USAGE', /would be overwritten/],
  [['mixed.jsonl', '-o', 'dependent'], 'FILE_NOT_WRITTEN', /dependent cannot be written/],
  [['mixed.jsonl', '--json'], 'USAGE', /--json needs -o/],
  [['mixed.jsonl', '--format', 'tptp'], 'USAGE', /Allowed choices are auto/],
  [
    ['mathlib-only.jsonl', '--split', 'train', '-o', 'x.jsonl'],
    'IMPORT_NOTHING',
    /of other splits there are: .*`test`/,
  ],
  [['mixed.jsonl', '--limit', '0', '-o', 'x.jsonl'], 'USAGE', /whole number/],
])('%j: %s', async (args, code, message) => {
  const { stdout, stderr, exitCode } = await run(['import', ...args]);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toMatch(new RegExp(`proofloop: ${code}:`));
  expect(stderr).toMatch(message);
});
