import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BUILT_IN_SUITES, loadSuite } from '../../src/suite/load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofloop-suite-'));
});
afterAll(() => rm(folder, { recursive: true }));

const row = (over: object = {}): string =>
  JSON.stringify({ id: 'a', name: 'a', statement: 'theorem a : True', ...over });

async function load(...rows: readonly (string | Buffer)[]): Promise<Awaited<ReturnType<typeof loadSuite>>> {
  const path = join(folder, 'mine.jsonl');
  await writeFile(path, rows[0] instanceof Buffer ? rows[0] : rows.join('\n'));
  return loadSuite(path);
}

describe('loadSuite', () => {
  test.each(BUILT_IN_SUITES)('loads the built-in suite %s from any working directory', async (name) => {
    const before = process.cwd();
    try {
      process.chdir(folder);
      const suite = await loadSuite(name);
      expect(suite.name).toBe(name);
      expect(suite.theorems.length).toBeGreaterThanOrEqual(20);
      expect(suite.sha256).toMatch(/^[0-9a-f]{64}$/);
    } finally {
      process.chdir(before);
    }
  });

  test('reads a file; BOM, CRLF and empty lines do no harm', async () => {
    const suite = await load(`\ufeff${row()}\r`, '', row({ id: 'b', difficulty: 'hard', source: 'me' }), '');
    expect(suite.name).toBe('mine');
    expect(suite.theorems.map((t) => t.id)).toEqual(['a', 'b']);
    expect(suite.theorems[0]).toMatchObject({ header: '', context: '' });
  });

  test('who wrote it is told by where it came from, not by the file', async () => {
    const suite = await load(row({ provenance: 'own' }));
    expect(suite.theorems[0]).toMatchObject({ provenance: 'foreign' });
    for (const theorem of (await loadSuite('basic')).theorems) expect(theorem.provenance).toBeUndefined();
  });

  test('the same rows in another order are another file, so another hash', async () => {
    const one = await load(row(), row({ id: 'b' }));
    const two = await load(row({ id: 'b' }), row());
    expect(one.sha256).not.toBe(two.sha256);
  });

  test.each([
    ['half an object', '{"id": "a",', /line 2: no JSON/],
    ['a list', '[]', /line 2: /],
    ['a field that is missing', row({ statement: undefined }), /line 2: `statement`: /],
    ['a difficulty that is none', row({ id: 'b', difficulty: 'nice' }), /line 2: `difficulty`: .*"nice"/],
    ['an id with a blank', row({ id: 'a b' }), /line 2: `id`: an id has letters.*"a b"/],
    ['an id that is there already', row(), /line 2: the id `a` is already on line 1/],
    [
      'another name than declared',
      row({ id: 'b', name: 'b' }),
      /line 2: `statement` declares `a`, but `name` is `b`/,
    ],
    ['a definition', row({ id: 'b', statement: 'def a : True' }), /line 2: `statement` is no theorem/],
    [
      'a proof',
      row({ id: 'b', statement: 'theorem a : True := by sorry' }),
      /line 2: `statement` ends before `:=`/,
    ],
    [
      'an open `:=`',
      row({ id: 'b', statement: 'theorem a : True :=' }),
      /line 2: `statement` ends before `:=`/,
    ],
    [
      'a comment at its end',
      row({ id: 'b', statement: 'theorem a : True -- easy' }),
      /line 2: .* swallow the proof/,
    ],
    [
      'a context without line end',
      row({ id: 'b', context: 'open Nat' }),
      /line 2: `context` has to end with/,
    ],
  ])('refuses a row with %s and names the line', async (_, bad, message) => {
    await expect(load(row(), bad)).rejects.toMatchObject({
      code: 'SUITE_INVALID',
      message: expect.stringMatching(message),
    });
  });

  test('refuses a file without theorems and one that is not text', async () => {
    await expect(load('', '')).rejects.toMatchObject({ code: 'SUITE_INVALID' });
    await expect(load(Buffer.from([0xff, 0xfe, 0x80]))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(loadSuite(folder)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test('a name that is nearly a built-in one is answered with it', async () => {
    await expect(loadSuite('basics')).rejects.toMatchObject({
      code: 'SUITE_NOT_FOUND',
      message: 'There is no suite or file `basics`. Did you mean `basic`?',
    });
    await expect(loadSuite(join(folder, 'none.jsonl'))).rejects.toMatchObject({ code: 'SUITE_NOT_FOUND' });
  });
});
