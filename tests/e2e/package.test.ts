import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { expectExit, type Home, makeHome, ROOT } from '../support/cli.ts';

/** What a user's shell looks like: without the folders that `npm test` put before PATH. */
const userPath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules') && !folder.includes('node-gyp-bin'))
  .join(delimiter);

describe('the package, installed from its tarball into an empty folder', () => {
  let folder: string;
  let home: Home;
  const npx = (...args: string[]) =>
    execa('npx', ['--no-install', 'proofloop', ...args], {
      cwd: folder,
      env: { ...home.env, PATH: userPath },
      reject: false,
    });

  beforeAll(async () => {
    home = await makeHome();
    folder = await mkdtemp(join(tmpdir(), 'proofloop-pack-'));
    const packed = await execa('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT });
    const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[\n'))) as [
      { filename: string },
    ];
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    await execa('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`], {
      cwd: folder,
      env: { PATH: userPath },
    });
  }, 600_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await home.remove();
  });

  it('holds what it needs and nothing of the checkout beside', async () => {
    const root = join(folder, 'node_modules', 'proofloop');
    const meta = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      bin: { proofloop: string };
    };
    expect((await readFile(join(root, meta.bin.proofloop), 'utf8')).startsWith('#!/usr/bin/env node')).toBe(
      true,
    );
    expect((await readFile(join(root, 'suites', 'basic.jsonl'), 'utf8')).length).toBeGreaterThan(1000);
    await expect(readFile(join(root, 'src', 'cli', 'main.ts'))).rejects.toThrow('ENOENT');
    await expect(readFile(join(root, 'tests', 'e2e', 'package.test.ts'))).rejects.toThrow('ENOENT');
  });

  it('passes its own doctor', async () => {
    const doctor = await npx('doctor');
    expect(`${doctor.stdout}\n${doctor.stderr}`).toContain('Lean');
    expectExit(doctor, 0);
  }, 240_000);

  it('proves a file and writes the proof into it', async () => {
    await mkdir(join(folder, 'work'), { recursive: true });
    const file = join(folder, 'work', 'first.lean');
    await writeFile(file, 'theorem first (a b : Nat) (h : a < b) : a + 1 ≤ b := by sorry\n');
    const prove = await npx('prove', file, '--write');
    expect(prove.stderr).not.toContain('    at ');
    expectExit(prove, 0);
    const written = await readFile(file, 'utf8');
    expect(written).toMatch(/^theorem first \(a b : Nat\) \(h : a < b\) : a \+ 1 ≤ b := by \S/);
    expect(written).not.toContain('sorry');
  }, 240_000);
});
