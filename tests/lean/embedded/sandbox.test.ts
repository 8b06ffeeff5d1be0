import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import type { EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import { findSandbox, permissionFlags } from '../../../lean/embedded/host/sandbox.ts';
import type { EmbeddedInstance } from '../../../lean/embedded/instance.ts';
import { type Prepared, prepareLean } from '../../../lean/embedded/prepare/prepare.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { backend, firstLine, gone, isAlive, OPTIONS } from './support.ts';

const SECRET = 'a-secret-of-the-parent';

let lean: EmbeddedBackend;
let instance: EmbeddedInstance;
let prepared: Prepared;

beforeAll(async () => {
  process.env.PROOFLOOP_TEST_SECRET = SECRET;
  lean = backend();
  instance = await lean.start();
  prepared = await prepareLean({ cacheDir: LEAN_CACHE });
});
afterAll(async () => {
  delete process.env.PROOFLOOP_TEST_SECRET;
  await lean.close();
});

const said = async (lines: string): Promise<string> => {
  const answer = await instance.elaborate(lines, OPTIONS);
  return answer.messages.map((m) => `${m.severity}: ${m.text}`).join('\n');
};

describe('Lean code in an instance', () => {
  test('writes nowhere that lasts: not into the library, not outside of its own memory', async () => {
    const library = '/lean/lib/lean/Init/Prelude.olean';
    expect(await said(`#eval IO.FS.writeFile "${library}" "x"`)).toMatch(
      /^error: .*(read-only|permission denied)/i,
    );
    expect(await said('#eval IO.FS.createDir "/lean/lib/lean/evil"')).toMatch(/^error: /);
    expect(await said(`#eval IO.FS.removeFile "${library}"`)).toMatch(/^error: /);
    expect(await said('run_cmd IO.FS.writeFile "/lean/lib/lean/Init/New.olean" "x"')).toMatch(/^error: /);
    await said('#eval IO.FS.writeFile "/tmp/proofloop-was-here" "x"');
    expect(existsSync('/tmp/proofloop-was-here')).toBe(false);
    expect(existsSync(join(prepared.folder, 'lib/Init/New.olean'))).toBe(false);
  });

  test('sees no file of this machine', async () => {
    for (const path of ['/etc/passwd', fileURLToPath(import.meta.url), '/proc/self/environ'])
      expect(await said(`#eval do IO.println (← IO.FS.readFile "${path}")`)).toMatch(/^error: /);
  });

  test('sees no variable of the environment', async () => {
    const value = (name: string) =>
      said(`#eval show IO Unit from do IO.println ((← IO.getEnv "${name}").getD "absent")`);
    for (const name of ['PROOFLOOP_TEST_SECRET', 'NODE_CHANNEL_FD', 'HOME', 'PATH'])
      expect(await value(name)).toBe('info: absent');
  });

  test('starts no other program', async () => {
    const spawn = '#eval do discard <| IO.Process.output { cmd := "id", args := #[] }';
    expect(await said(spawn)).toMatch(/^error: /);
  });

  test('ends no process and takes no answer by printing', async () => {
    const forged = '{"type":"answer","instance":1,"id":1,"outcome":{"kind":"check"}}';
    await said(`#eval IO.println ${JSON.stringify(forged)}\n#eval IO.eprintln ${JSON.stringify(forged)}`);
    expect(await said('#eval 1 + 1')).toBe('info: 2');
  });
});

describe('JavaScript in the host process', () => {
  const run = async (script: string) => {
    const sandbox = await findSandbox();
    const readable = [prepared.folder, prepared.code.folder];
    const [file, ...args] = sandbox.command([...permissionFlags(readable), '-e', script], readable);
    return await execa(file, args, { reject: false, extendEnv: false, env: {} });
  };

  test('may read what it runs and nothing else, write nothing and start nothing', async () => {
    const readable = await run(
      `console.log(require('fs').readFileSync(${JSON.stringify(prepared.code.main)}).length)`,
    );
    expect(Number(readable.stdout)).toBeGreaterThan(100);
    const attempts = [
      `require('fs').readFileSync('/etc/hostname')`,
      `require('fs').writeFileSync(${JSON.stringify(join(prepared.folder, 'x'))}, '')`,
      `require('fs').writeFileSync('/tmp/x', '')`,
      `require('child_process').execFileSync('/bin/true')`,
      `process.kill(${process.pid}, 0); process.dlopen({}, '/x')`,
    ];
    for (const attempt of attempts) {
      const { exitCode, stderr } = await run(attempt);
      expect({ attempt, exitCode, stderr }).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(/ERR_ACCESS_DENIED|EPERM|ERR_DLOPEN|EROFS/),
      });
    }
  });

  test('has an environment without anything of its parent', async () => {
    const { stdout } = await run(`console.log(JSON.stringify(process.env))`);
    expect(stdout).not.toContain(SECRET);
    const environment = await readFile(`/proc/${instance.pid}/environ`, 'utf8');
    expect(environment.split('\0').map((entry) => entry.split('=')[0])).toEqual(
      expect.not.arrayContaining(['PATH', 'HOME', 'PROOFLOOP_TEST_SECRET']),
    );
  });

  test('the level that identity reports is the one in force', async () => {
    const { sandbox } = await lean.identity();
    const network = await run(
      `require('net').connect(9, '127.0.0.1').on('error', (e) => console.log(e.code))`,
    );
    const shut = /bubblewrap|network namespace/.test(sandbox);
    // In a namespace of its own even the loopback interface is down or empty; outside somebody may listen or refuse.
    expect(sandbox).toContain('permission model');
    expect(/ENETUNREACH|ECONNREFUSED|ERR_ACCESS_DENIED/.test(network.stdout)).toBe(true);
    const interfaces = await run(`console.log(Object.keys(require('os').networkInterfaces()).join())`);
    if (shut) expect(interfaces.stdout).toMatch(/^(lo)?$/);
  });
});

test('Ctrl-C in a terminal is for us alone: a host is in a process group of its own', async () => {
  const groupOf = async (pid: number) =>
    (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]!.split(' ')[2];
  expect(await groupOf(instance.pid)).not.toBe(await groupOf(process.pid));
});

test('no host outlives its parent, however that ends', async () => {
  const script = fileURLToPath(new URL('./start-and-wait.ts', import.meta.url));
  const parent = execa(process.execPath, [script], { reject: false, buffer: false });
  const host = Number(await firstLine(parent.stdout));
  expect(isAlive(host)).toBe(true);
  parent.kill('SIGKILL');
  await gone(host);
  expect(isAlive(host)).toBe(false);
});
