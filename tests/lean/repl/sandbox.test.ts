import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { createPool } from '../../../lean/pool/pool.ts';
import { openSandbox } from '../../../lean/repl/sandbox.ts';
import {
  FIXTURES,
  fixtureBackend,
  fixtureProfile,
  isRunning,
  jobOf,
  proof,
  runningInGroup,
  until,
} from './support.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-sandbox-'));
  await writeFile(join(dir, 'lakefile.toml'), 'name = "x"\n');
});
afterAll(() => rm(dir, { recursive: true }));

const command = (script: string) => ({
  file: process.execPath,
  args: ['-e', script],
  cwd: dir,
  env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/root' },
});
/** Runs a script as the repl would run. */
async function inside(script: string): Promise<string> {
  const sandbox = await openSandbox(command(script), false);
  const { file, args, cwd, env } = sandbox.wrap(command(script));
  return (await execa(file, args, { cwd, env, extendEnv: false, reject: false, all: true })).all ?? '';
}

test('without bubblewrap the command is refused, and the message says what to do', async () => {
  await expect(openSandbox(command(''), false, '/nowhere')).rejects.toMatchObject({
    code: 'LEAN_UNSANDBOXED',
    message: expect.stringContaining('bwrap is not there'),
    fix: expect.stringContaining('--allow-unsandboxed'),
  });
  expect((await openSandbox(command(''), true, '/nowhere')).level).toBe('none');
});

const here = await openSandbox({ file: '', args: [], cwd: '/', env: {} }, true);
/** Where bubblewrap does not work there is no inside: then the test is that the command is refused. */
const testInside = (name: string, body: () => Promise<void>): void => {
  if (here.level !== 'none') test(name, body);
  else
    test(`without bubblewrap, refused: ${name}`, async () => {
      await expect(inside('')).rejects.toMatchObject({ code: 'LEAN_UNSANDBOXED' });
    });
};

testInside('the refusal reaches whoever asks the pool', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  const pool = createPool({ backend: fixtureBackend({ allowUnsandboxed: false }), slots: 1 });
  await expect(pool.screen(jobOf(), proof('rfl'))).rejects.toMatchObject({ code: 'LEAN_UNSANDBOXED' });
  process.env.PATH = path;
  expect(await pool.screen(jobOf(), proof('rfl'))).toMatchObject({ status: 'accepted' });
  expect((await pool.identity()).sandbox).toContain('bubblewrap');
  await pool.close();
});

testInside('the project can be read, and nothing can be written', async () => {
  const script = `const fs = require('fs');
    console.log(fs.readFileSync('lakefile.toml', 'utf8').trim());
    for (const path of ['lakefile.toml', '${dir}/new', '/usr/new', '/etc/hosts'])
      try { fs.writeFileSync(path, 'x'); console.log('wrote', path) } catch (e) { console.log(e.code) }`;
  expect((await inside(script)).split('\n')).toEqual(['name = "x"', 'EROFS', 'EROFS', 'EROFS', 'EROFS']);
  expect(await readdir(dir)).toEqual(['lakefile.toml']);
});

testInside('a server of this machine cannot be reached', async () => {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const script = `require('net').connect(${port}, '127.0.0.1').on('connect', () => console.log('in')).on('error', (e) => console.log(e.code))`;
  expect(await inside(script)).toBe('ECONNREFUSED');
  server.close();
});

testInside('home folders, temporary files and other processes are out of sight', async () => {
  const other = await mkdtemp(join(tmpdir(), 'proofloop-secret-'));
  const script = `const fs = require('fs');
    console.log(fs.existsSync('${other}'));
    console.log(fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).length < 4);
    console.log(fs.readdirSync('/run').length)`;
  expect((await inside(script)).split('\n')).toEqual(['false', 'true', '0']);
  await rm(other, { recursive: true });
});

test('the environment is PATH, HOME and what the profile names', async () => {
  process.env.PROOFLOOP_SECRET = 'secret';
  const backend = fixtureBackend({
    command: [
      process.execPath,
      '-e',
      'console.error(Object.keys(process.env).sort().join()); process.exit(9)',
    ],
    env: { LEAN_NUM_THREADS: '1' },
  });
  // PWD is bubblewrap's own.
  await expect(backend.start()).rejects.toThrow(/standard error: HOME,LEAN_NUM_THREADS,PATH(,PWD)?$/u);
  delete process.env.PROOFLOOP_SECRET;
  expect(fixtureProfile().allowUnsandboxed).toBe(true);
});

testInside('a program that wants to write where it may not is told what to do', async () => {
  const script =
    "try { require('fs').writeFileSync('x', '') } catch (e) { console.error(e.message); process.exit(1) }";
  const backend = fixtureBackend({ command: [process.execPath, '-e', script] });
  await expect(backend.start()).rejects.toMatchObject({
    code: 'LEAN_START_FAILED',
    fix: expect.stringContaining('build it first'),
  });
});

testInside('kill -9 of the process that started it ends the command and what that started', async () => {
  const parent = execa(process.execPath, [join(FIXTURES, 'orphan.ts'), FIXTURES], { reject: false });
  const [line] = await Promise.race([once(parent.stdout!, 'data'), parent.then((ended) => [ended.stderr])]);
  const pid = Number(String(line));
  expect(isRunning(pid)).toBe(true);
  parent.kill('SIGKILL');
  await parent;
  await until(async () => (await runningInGroup(pid)).length === 0);
});
