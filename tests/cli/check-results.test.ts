import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Home, jsonLines, makeHome, startCli } from '../support/cli.ts';

let home: Home;
let elsewhere: Home;
let runId: string;
beforeAll(async () => {
  home = await makeHome();
  elsewhere = await makeHome();
  const bench = await startCli(home, ['bench', 'basic', '--limit', '3', '--json', '-o', 'results']);
  expect({ exitCode: bench.exitCode, stderr: bench.stderr }).toMatchObject({ exitCode: 0 });
  runId = String(jsonLines(bench.stdout)[0]!.runId);
}, 300_000);
afterAll(async () => {
  await home.remove();
  await elsewhere.remove();
});

const check = (args: readonly string[], at = home) => startCli(at, ['check', ...args]);

/** A copy of the folder with some change, on a machine that knows nothing of the run. */
const changed = async (
  name: string,
  change: (dir: string, ids: string[]) => Promise<void>,
): Promise<string> => {
  const dir = join(elsewhere.dir, name);
  await cp(join(home.dir, 'results'), dir, { recursive: true });
  const ids = jsonLines(await readFile(join(dir, 'results.jsonl'), 'utf8')).map((r) => String(r.theoremId));
  await change(dir, ids);
  return name;
};
const edit = async (dir: string, name: string, replace: (text: string) => string): Promise<void> => {
  const before = await readFile(join(dir, name), 'utf8');
  const after = replace(before);
  expect(after).not.toBe(before);
  await writeFile(join(dir, name), after);
};

test('every proof of a run passes once more: exit 0, with counts', async () => {
  const { stdout, exitCode } = await check([runId]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^3 of 3 stored proofs accepted once more · refused 0 · errors 0 · checker \S+ · Lean 4\.28\.0/m,
  );
});

test('a results folder carries all that is needed, also to another machine', async () => {
  const name = await changed('whole', async () => {});
  const { stdout, exitCode } = await check([name, '--json'], elsewhere);
  expect(exitCode).toBe(0);
  const lines = jsonLines(stdout);
  expect(lines.map((line) => line.type)).toEqual(['proof', 'proof', 'proof', 'done']);
  expect(lines[0]).toMatchObject({ verdict: 'accepted', assurance: { fresh: true, kernelReplay: true } });
  expect(lines.at(-1)).toMatchObject({ proofs: 3, accepted: 3, refused: 0, errors: 0, exitCode: 0 });
});

test('a folder of an older version is looked up in the store', async () => {
  await cp(join(home.dir, 'results'), join(home.dir, 'older'), { recursive: true });
  for (const name of ['theorems.jsonl', 'run.json']) await rm(join(home.dir, 'older', name));
  expect(await check(['older'])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('3 of 3') });
});

describe('what no longer passes is listed with its reason:', () => {
  test('another proof in results.jsonl and in its file', async () => {
    const name = await changed('forged', async (dir, [id]) => {
      const rows = jsonLines(await readFile(join(dir, 'results.jsonl'), 'utf8'));
      const old = (rows[0]!.submission as { text: string }).text;
      rows[0]!.submission = { form: 'proof', text: 'by exact nonsense' };
      await writeFile(join(dir, 'results.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      await edit(dir, `${id}.lean`, (text) => text.replace(old, 'by exact nonsense'));
    });
    const { stdout, exitCode } = await check([name], elsewhere);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^refused \S+\n {2}rejected: .*nonsense/m);
    expect(stdout).toMatch(/^2 of 3 stored proofs accepted once more · refused 1/m);
  });

  test('a file that was changed, one that is gone, a proof that is not there', async () => {
    const name = await changed('edited', async (dir, ids) => {
      await edit(dir, `${ids[0]}.lean`, (text) => `${text}-- changed\n`);
      await rm(join(dir, `${ids[1]}.lean`));
      const rows = jsonLines(await readFile(join(dir, 'results.jsonl'), 'utf8'));
      rows[2]!.submission = null;
      await writeFile(join(dir, 'results.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    });
    const { stdout, exitCode } = await check([name, '--json'], elsewhere);
    expect(exitCode).toBe(2);
    expect(jsonLines(stdout).map((line) => line.reason)).toEqual(
      expect.arrayContaining(['file-changed', 'file-missing', 'no-proof']),
    );
  });

  test('a statement that runs a program is not given to Lean', async () => {
    const name = await changed('hostile', async (dir) => {
      await edit(dir, 'theorems.jsonl', (text) =>
        text.replace('"context":"', '"context":"#eval (1 : Nat)\\n'),
      );
      const rows = jsonLines(await readFile(join(dir, 'theorems.jsonl'), 'utf8'));
      await edit(dir, `${rows[0]!.id}.lean`, (text) => `#eval (1 : Nat)\n${text}`);
    });
    const { stdout, exitCode } = await check([name, '--json'], elsewhere);
    expect(exitCode).toBe(1);
    expect(jsonLines(stdout)).toContainEqual(
      expect.objectContaining({
        verdict: 'error',
        reason: 'badChallenge',
        detail: expect.stringContaining('#eval'),
      }),
    );
  });
});

test.each([
  ['no such run', ['nowhere-0123'], 'RUN_NOT_FOUND'],
  ['a folder of something else', ['.'], 'FILE_NOT_FOUND'],
])('%s is a fault', async (_, args, code) => {
  const { stderr, exitCode } = await check(args, elsewhere);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(code) });
});
