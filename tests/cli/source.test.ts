import { chmod, lstat, mkdtemp, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mustBeWritable, readSource } from '../../src/cli/source/read.ts';
import { replaceSource } from '../../src/cli/source/write.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-source-'));
});
afterAll(() => rm(dir, { recursive: true }));

const stdin = (bytes: Buffer | string): NodeJS.ReadStream => {
  const stream = new PassThrough();
  stream.end(bytes);
  return stream as unknown as NodeJS.ReadStream;
};
const read = (name: string) => readSource(name, stdin(''), dir);

test('any UTF-8 text survives reading and replacing byte for byte, BOM and line ends included', async () => {
  const path = join(dir, 'any.lean');
  const text = fc.string({ unit: fc.constantFrom('\ufeff', '\r\n', '\n', 'α', '𝕜', 'x', ' ', '\t') });
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      await writeFile(path, before);
      const source = await read('any.lean');
      expect(source.text).toBe(before);
      await replaceSource(source, after);
      expect(await readFile(path)).toEqual(Buffer.from(after));
    }),
    { numRuns: 30 },
  );
});

test('the mode of the file stays', async () => {
  const path = join(dir, 'mode.lean');
  await writeFile(path, 'a');
  await chmod(path, 0o640);
  await replaceSource(await read('mode.lean'), 'b');
  expect((await stat(path)).mode & 0o777).toBe(0o640);
});

test('a symbolic link stays a link and its target gets the text', async () => {
  await writeFile(join(dir, 'target.lean'), 'a');
  await symlink('target.lean', join(dir, 'link.lean'));
  await replaceSource(await read('link.lean'), 'b');
  expect((await lstat(join(dir, 'link.lean'))).isSymbolicLink()).toBe(true);
  expect(await readlink(join(dir, 'link.lean'))).toBe('target.lean');
  expect(await readFile(join(dir, 'target.lean'), 'utf8')).toBe('b');
});

test('a file that was edited in between is left alone and named', async () => {
  const path = join(dir, 'edited.lean');
  await writeFile(path, 'a');
  const source = await read('edited.lean');
  await writeFile(path, 'A');
  await expect(replaceSource(source, 'b')).rejects.toMatchObject({
    code: 'FILE_CHANGED',
    message: expect.stringContaining('edited.lean'),
  });
  expect(await readFile(path, 'utf8')).toBe('A');
});

test('a file that was removed in between is not made again', async () => {
  await writeFile(join(dir, 'gone.lean'), 'a');
  const source = await read('gone.lean');
  await rm(join(dir, 'gone.lean'));
  await expect(replaceSource(source, 'b')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  await expect(stat(join(dir, 'gone.lean'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('what is not there, a folder, and bytes that are no text are refused with their names', async () => {
  await writeFile(join(dir, 'binary.lean'), Buffer.from([0xff, 0xfe, 0x00]));
  await expect(read('nowhere.lean')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  await expect(read('.')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  await expect(read('binary.lean')).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: 'binary.lean is not UTF-8 text',
  });
});

test('standard input is read to its end, and cannot be written to', async () => {
  const source = await readSource('-', stdin('theorem t : True := sorry'), dir);
  expect(source).toMatchObject({ name: '-', path: null, text: 'theorem t : True := sorry' });
  await expect(mustBeWritable(source)).rejects.toMatchObject({ code: 'USAGE' });
});
