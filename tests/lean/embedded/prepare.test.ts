import { chmod, cp, mkdir, mkdtemp, open, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { createEmbeddedBackend } from '../../../lean/embedded/backend.ts';
import { OWN_GLOBAL } from '../../../lean/embedded/instance/snapshot.ts';
import { slimGlue } from '../../../lean/embedded/prepare/glue.ts';
import { type Prepared, prepareLean } from '../../../lean/embedded/prepare/prepare.ts';
import { pruneModule } from '../../../lean/embedded/prepare/prune.ts';
import { pinnedSource } from '../../../lean/embedded/prepare/source.ts';
import { RIGHT } from './support.ts';

const SCRIPT = fileURLToPath(new URL('./prepare-once.ts', import.meta.url));

let scratch: string;
let cacheDir: string;
let first: Prepared;

/** Prepares in another process. */
const prepareApart = async (folder: string) => {
  const { stdout } = await execa(process.execPath, [SCRIPT, folder]);
  return JSON.parse(stdout) as Record<string, unknown>;
};

const isWhole = async () => {
  const said: string[] = [];
  const again = await prepareLean({ cacheDir, say: (line) => said.push(line) });
  return { modules: again.modules.length, said };
};

/** What is there of prepared Lean, beside the host's bundle. */
const prepared = async () => (await readdir(cacheDir)).filter((name) => !name.startsWith('host-'));

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'proofloop-prepare-'));
  cacheDir = join(scratch, 'cache');
  const both = await Promise.all([prepareApart(cacheDir), prepareApart(cacheDir)]);
  expect(both[0]!.folder).toBe(both[1]!.folder);
  expect(both.map(({ said }) => said).sort()).toEqual([0, expect.any(Number)]);
  first = await prepareLean({ cacheDir });
});
afterAll(async () => await rm(scratch, { recursive: true, force: true }));

test('two processes at once make one folder, and leave nothing else', async () => {
  expect(await prepared()).toEqual([first.folder.split('/').at(-1)]);
  expect(first.modules).toEqual(expect.arrayContaining(['Init', 'Std', 'Lean', 'Init.Data.Nat.Basic']));
  expect(first.modules.some((module) => module.includes('._'))).toBe(false);
  for (const file of ['lean.wasm', 'lean.cjs', 'snapshot.Init', 'lib/Init.olean'])
    expect((await stat(join(first.folder, file))).mode & 0o222).toBe(0);
});

describe('a folder that is not what was made', () => {
  test('is made again when a file of it was changed or is missing, whatever a killed process left beside it', async () => {
    await rm(join(first.folder, 'lib/Std.olean'));
    await cp(
      join(first.folder, 'package.json'),
      join(cacheDir, `.${first.folder.split('/').at(-1)}.dead/package.json`),
    );
    expect((await isWhole()).said.length).toBeGreaterThan(0);
    expect(await isWhole()).toEqual({ modules: first.modules.length, said: [] });
    expect(await prepared()).toEqual([first.folder.split('/').at(-1)]);
  });

  /** Other bytes in the middle of a file, with size and time as they were. */
  const spoil = async (file: string) => {
    const path = join(first.folder, file);
    const { atimeMs, mtimeMs, size } = await stat(path);
    await chmod(path, 0o644);
    const writable = await open(path, 'r+');
    await writable.write(Buffer.from([1, 2, 3]), 0, 3, Math.floor(size / 2));
    await writable.close();
    await utimes(path, atimeMs / 1000, mtimeMs / 1000);
    expect(await isWhole()).toMatchObject({ said: [] });
  };

  test.each(['lean.wasm', 'lean.cjs', 'snapshot.Init'])(
    'is made again by the first start when size and time look right but %s is another',
    async (file) => {
      await spoil(file);
      const said: string[] = [];
      const lean = createEmbeddedBackend({ cacheDir, say: (line) => said.push(line) });
      try {
        expect(await (await lean.start()).check(RIGHT)).toMatchObject({ status: 'accepted' });
        expect(said[0]).toContain(`${file} has sha256`);
      } finally {
        await lean.close();
      }
    },
  );

  test('is made again when an instance that runs meets it first', async () => {
    const said: string[] = [];
    const lean = createEmbeddedBackend({ cacheDir, say: (line) => said.push(line) });
    try {
      expect(await (await lean.start()).check(RIGHT)).toMatchObject({ status: 'accepted' });
      await spoil('snapshot.Std');
      const std = await lean.start({ header: 'import Std\n' });
      expect(await std.check(RIGHT)).toMatchObject({ status: 'accepted' });
      expect(said[0]).toContain('snapshot.Std has sha256');
    } finally {
      await lean.close();
    }
  });
});

describe('a cache folder that cannot be written', () => {
  const unwritable = {
    code: 'LEAN_CACHE_UNWRITABLE',
    fix: expect.stringContaining('disk space'),
  };

  test('is named when it is no folder', async () => {
    const file = join(scratch, 'file');
    await writeFile(file, '');
    await expect(prepareLean({ cacheDir: join(file, 'cache') })).rejects.toMatchObject({
      ...unwritable,
      message: expect.stringContaining(file),
    });
  });

  test('is named when it is read-only', async () => {
    const closed = join(scratch, 'closed');
    await mkdir(closed, { mode: 0o555 });
    // Root may write anywhere but into a kernel file system.
    const readOnly = process.getuid?.() === 0 ? '/sys/proofloop' : closed;
    await expect(prepareLean({ cacheDir: readOnly })).rejects.toMatchObject({
      ...unwritable,
      message: expect.stringContaining(readOnly),
    });
  });
});

describe('another package than the pinned one', () => {
  test('is refused by its hash', async () => {
    await writeFile(join(scratch, 'lean.js'), 'var Module={};');
    await expect(pinnedSource(scratch, 'lean.js')).rejects.toMatchObject({
      code: 'LEAN_ASSET_INVALID',
      message: expect.stringContaining(join(scratch, 'lean.js')),
    });
    await expect(pinnedSource(join(scratch, 'nowhere'), 'lean.wasm')).rejects.toMatchObject({
      code: 'LEAN_ASSET_INVALID',
    });
  });

  test('would be noticed by every edit of the glue that does not fit', () => {
    expect(() => slimGlue('var _a;function assignWasmExports(w){_a=w["a"]}')).toThrow('exactly once');
    expect(() => slimGlue('nothing of it')).toThrow('assignWasmExports');
  });
});

describe('pruning', () => {
  // (module (global (mut i32) (i32.const 7)) (global i32 (i32.const 8)) (func (export "a")) (func (export "b")))
  const module = Buffer.from(
    '0061736d010000000104016000000303020000060b027f0141070b7f0041080b07090201610000016200010a070202000b02000b',
    'hex',
  );

  test('keeps a module valid and drops exactly the exports that are not kept', async () => {
    const compiled = await WebAssembly.compile(pruneModule(module, (symbol) => symbol === 'b'));
    const { exports } = new WebAssembly.Instance(compiled, {});
    expect(Object.keys(exports)).toEqual(['b', `${OWN_GLOBAL}0`]);
    expect((exports[`${OWN_GLOBAL}0`] as WebAssembly.Global).value).toBe(7);
  });

  test('takes the code of what nothing can reach, and of nothing else', async () => {
    // a is exported and calls b; c (two nops) is called by nobody; d is in the table.
    const called = '0061736d0100000001040160000003050400000000040401700001';
    const whole = `${called}070501016100000907010041000b0103`;
    const code = (c: string) => `0a${c === '0300000b' ? '10' : '11'}04040010010b02000b${c}02000b`;
    const [before, after] = ['040001010b', '0300000b'].map((c) => Buffer.from(whole + code(c), 'hex'));
    await WebAssembly.compile(before!);
    expect(pruneModule(before!, () => true).toString('hex')).toBe(after!.toString('hex'));
    // Without its export nothing reaches a and b either.
    const none = pruneModule(before!, () => false);
    expect(none.toString('hex').match(/0300000b/g)).toHaveLength(3);
    await WebAssembly.compile(none);
  });

  test('refuses an instruction that it does not know', () => {
    const strange = Buffer.from('0061736d0100000001040160000003020100070501016100000a0601040000ff0b', 'hex');
    expect(() => pruneModule(strange, () => true)).toThrow('0xff');
  });

  test('refuses a module that ends too early', () => {
    for (const end of [9, 12, module.length - 1])
      expect(() => pruneModule(module.subarray(0, end), () => true)).toThrow(/ends/);
  });
});
