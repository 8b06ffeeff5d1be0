import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';

let folder: string;
let home: Home;
beforeAll(async () => {
  home = await makeHome();
  folder = await mkdtemp(join(tmpdir(), 'proofloop-lemmas-'));
  const statement = 'theorem a (xs : List Nat) : xs.reverse.length = xs.length';
  await writeFile(join(folder, 'Two.lean'), `${statement} := sorry\n\ntheorem b : No.where = 1 := sorry\n`);
  await writeFile(join(folder, 'Tried.lean'), `${statement} := by rw [List.lenght_reverse]\n`);
  await writeFile(join(folder, 'One.lean'), `${statement} := sorry\n`);
});
afterAll(async () => {
  await home.remove();
  await rm(folder, { recursive: true });
});
const run = async (...args: string[]) => {
  const { exitCode: code, stdout, stderr } = await startCli(home, args, { cwd: folder });
  return { code, stdout, stderr };
};

test('lemmas come with score and type, the best first, for people and as records', async () => {
  const people = await run('lemmas', 'Two.lean', '--theorem', 'a', '--limit', '3');
  expect(people.code).toBe(0);
  expect(people.stdout.trim().split('\n')).toHaveLength(3);
  expect(people.stdout).toMatch(/^\d\.\d\d List\.length_reverse : ∀ .*as\.reverse\.length = as\.length\n/);
  const records = jsonLines((await run('lemmas', 'Two.lean', 'a', '--limit', '3', '--json')).stdout);
  expect(records).toHaveLength(3);
  expect(records[0]).toMatchObject({
    type: 'lemma',
    theoremId: 'a',
    name: 'List.length_reverse',
    from: 'library',
  });
  expect(records[0]!.statement).toContain('as.reverse.length');
}, 120_000);

test('a name can be searched for, and what finds nothing says why', async () => {
  const named = await run('lemmas', 'Two.lean', 'a', '--name', 'gcd_comm');
  expect(named.stdout).toContain('Nat.gcd_comm');
  const none = await run('lemmas', 'Two.lean', 'b');
  expect(none).toMatchObject({ code: 0, stdout: '' });
  expect(none.stderr).toMatch(/does not elaborate: .*No\.where/);
  const wrong = await run('lemmas', 'Two.lean', 'a', '--limit', '0');
  expect(wrong.code).not.toBe(0);
  expect(wrong.stderr).toContain('from 1 to 200');
}, 120_000);

test('check shows existing names like one that Lean does not know', async () => {
  const people = await run('check', 'One.lean', 'Tried.lean');
  expect(people.stdout).toContain(
    'Like List.lenght_reverse, which does not exist:\n    List.length_reverse : ',
  );
  const [record] = jsonLines((await run('check', 'One.lean', 'Tried.lean', '--json')).stdout);
  expect(JSON.stringify(record)).toContain('"unknown":[{"name":"List.lenght_reverse"');
}, 120_000);
