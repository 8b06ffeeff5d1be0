import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { nearest, projectModules } from '../../../lean/project/modules.ts';
import { readProject, releaseTag } from '../../../lean/project/project.ts';

let dir: string;
const put = async (name: string, text = ''): Promise<void> => {
  await mkdir(dirname(join(dir, name)), { recursive: true });
  await writeFile(join(dir, name), text);
};
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-project-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a project is read from lakefile.toml, lean-toolchain and the manifest', async () => {
  await put('lakefile.toml', 'name = "p"\n[[require]]\nname = "mathlib"\nscope = "leanprover-community"\n');
  await put('lean-toolchain', 'leanprover/lean4:v4.28.0\n');
  expect(await readProject(dir)).toEqual({
    dir,
    lakefile: 'lakefile.toml',
    requires: ['mathlib'],
    resolved: false,
    toolchain: 'leanprover/lean4:v4.28.0',
  });
  await put(
    'lake-manifest.json',
    '{"version": "1.1.0", "packages": [{"name": "mathlib"}, {"name": "batteries"}]}',
  );
  expect(await readProject(dir)).toMatchObject({ requires: ['mathlib', 'batteries'], resolved: true });
});

test('a lakefile.lean is read for what it requires, in both ways of writing', async () => {
  await put(
    'lakefile.lean',
    'import Lake\nopen Lake DSL\npackage p\nrequire mathlib from git "u" @ "v"\nrequire "leanprover-community" / "aesop"\n',
  );
  expect(await readProject(dir)).toMatchObject({
    lakefile: 'lakefile.lean',
    requires: ['mathlib', 'aesop'],
    toolchain: null,
  });
});

test('an empty folder is no project, and files that make no sense are named', async () => {
  expect(await readProject(dir)).toMatchObject({ lakefile: null, toolchain: null, requires: [] });
  await put('lakefile.toml', 'name = \n');
  await expect(readProject(dir)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('lakefile.toml'),
  });
  await put('lakefile.toml', 'name = "p"\nrequire = 3\n');
  await expect(readProject(dir)).rejects.toThrow('require');
});

test('only releases have a tag', () => {
  expect(releaseTag('leanprover/lean4:v4.28.0')).toBe('v4.28.0');
  expect(releaseTag('v4.30.0-rc2')).toBe('v4.30.0-rc2');
  expect(releaseTag('leanprover/lean4:nightly-2026-01-01')).toBeNull();
  expect(releaseTag('stable')).toBeNull();
});

test('modules are those with an .olean, of the project, its packages and the toolchain', async () => {
  await put('lean-toolchain', 'leanprover/lean4:v4.28.0\n');
  await put('.lake/build/lib/lean/Mine.olean');
  await put('.lake/packages/mathlib/.lake/build/lib/lean/Mathlib/Data/Nat/Basic.olean');
  await put('.lake/packages/mathlib/.lake/build/lib/lean/Mathlib/Data/Nat/Basic.ilean');
  await put('.elan/toolchains/leanprover--lean4---v4.28.0/lib/lean/Init.olean');
  expect(await projectModules(dir, { HOME: dir })).toEqual(['Init', 'Mathlib.Data.Nat.Basic', 'Mine']);
});

test('near names: a module that has moved first, then misspelt ones, and nothing far-fetched', () => {
  const names = [
    'Mathlib.Algebra.Group.Basic',
    'Mathlib.Data.Nat.Prime.Basic',
    'Mathlib.Data.Nat.Prime',
    'Std.Data.HashMap',
  ];
  expect(nearest('Mathlib.Data.Nat.Primes', names)[0]).toBe('Mathlib.Data.Nat.Prime');
  expect(nearest('Mathlib.NumberTheory.Prime', names)).toContain('Mathlib.Data.Nat.Prime');
  expect(nearest('Std.HashMap', names)).toEqual(['Std.Data.HashMap']);
  expect(nearest('Foo.Bar', names)).toEqual([]);
});
