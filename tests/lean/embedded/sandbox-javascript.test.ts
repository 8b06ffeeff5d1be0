import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { NODE_FLAGS } from '../../../lean/embedded/host/flags.ts';
import { findSandbox, permissionFlags, type Sandbox } from '../../../lean/embedded/host/sandbox.ts';
import { type Prepared, prepareLean } from '../../../lean/embedded/prepare/prepare.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';

/** JavaScript as if it had taken over the host: the same Node, flags and sandbox, with nothing of ours in the way. */

let prepared: Prepared;
let sandbox: Sandbox;
let outside: string;
let port: number;
const reached: string[] = [];
const servers: Server[] = [];

const listening = async (at: string | number): Promise<Server> => {
  const server = createServer((socket) => {
    reached.push(String(at));
    socket.end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(at as number, resolve));
  return server;
};

beforeAll(async () => {
  prepared = await prepareLean({ cacheDir: LEAN_CACHE });
  sandbox = await findSandbox();
  outside = await mkdtemp(join(tmpdir(), 'proofloop-outside-'));
  await writeFile(join(outside, 'secret'), 'a-secret-of-the-user');
  port = ((await listening(0)).address() as { port: number }).port;
  await listening(join(outside, 'socket'));
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(outside, { recursive: true });
});

const run = (script: string) => {
  const readable = [prepared.folder, prepared.code.folder];
  const node = [...NODE_FLAGS, ...permissionFlags(readable), '-e', script];
  const [file, ...args] = sandbox.command(node, readable);
  return execa(file, args, { reject: false, extendEnv: false, env: {}, cwd: outside, timeout: 20_000 });
};

/** `OUT` and `LIB` stand for a folder of the user's and that of the library. */
const placed = (script: string): string =>
  script.replaceAll('OUT', outside).replaceAll('LIB', prepared.folder).replaceAll('PORT', String(port));

/** An expression that must throw; `DONE` with what it gave tells that it did not. */
const thrown = async (expression: string): Promise<string> => {
  const { stdout, stderr } = await run(
    `try { console.log('DONE', String(${placed(expression)}).slice(0, 200)) } catch (e) { console.log('REFUSED', e.code, e.message) }`,
  );
  return stdout + stderr;
};

test('the host itself may read its code and its library', async () => {
  const { stdout } = await run(
    `console.log(require('fs').readFileSync(${JSON.stringify(prepared.code.main)}).length > 100)`,
  );
  expect(stdout).toBe('true');
});

describe('reads nothing else:', () => {
  test.each([
    "require('fs').readFileSync('/etc/passwd')",
    "require('fs').readFileSync('OUT/secret')",
    "require('fs').readFileSync('LIB/../../../../../../../../../etc/passwd')",
    "require('fs').readdirSync('/proc')",
    "require('fs').statSync('/etc/passwd').size",
    "require('fs').readFileSync('/proc/self/environ')",
    "require('fs').readFileSync(new URL('file:///etc/passwd'))",
    "process.getBuiltinModule('fs').readFileSync('/etc/passwd')",
    "process.binding('fs').open('/etc/passwd', 0, 0)",
    "process.loadEnvFile('OUT/secret')",
    "require('module').createRequire('/')('OUT/secret')",
    'process.chdir("OUT")',
  ])('%s', async (expression) => {
    expect(await thrown(expression)).toMatch(/^REFUSED/);
  });

  test('nor in a thread that gives itself more rights, as far as the level says so', async () => {
    const inner = `console.log('READ', require('fs').readFileSync('${join(outside, 'secret')}', 'utf8'))`;
    const { stdout } = await run(
      `new (require('worker_threads').Worker)(${JSON.stringify(inner)}, { eval: true, execArgv: ['--allow-fs-read=*'] }).on('error', (e) => console.log('REFUSED', e.code))`,
    );
    if (/only its own files/.test(sandbox.level)) expect(stdout).not.toContain('a-secret');
  });
});

describe('writes nothing:', () => {
  test.each([
    "require('fs').writeFileSync('OUT/evil', '')",
    "require('fs').writeFileSync('LIB/evil', '')",
    "require('fs').unlinkSync('LIB/lean.wasm')",
    "require('fs').mkdirSync('OUT/evil')",
    "require('fs').renameSync('LIB/lean.wasm', 'LIB/evil')",
    "require('fs').symlinkSync('/etc/passwd', 'OUT/evil')",
    "process.report.writeReport('OUT/evil')",
    "require('v8').writeHeapSnapshot('OUT/evil')",
    "new (require('node:sqlite').DatabaseSync)('OUT/evil')",
    "new (require('wasi').WASI)({ version: 'preview1', preopens: { '/': '/' } })",
    "require('trace_events').createTracing({ categories: ['v8'] }).enable()",
  ])('%s', async (expression) => {
    expect(await thrown(expression)).toMatch(/^REFUSED/);
    expect((await readdir(outside)).sort()).toEqual(['secret', 'socket']);
    expect(await readdir(prepared.folder)).not.toContain('evil');
  });

  test('nor by flags of V8, a socket file, or a thread with a database, as far as the level says so', async () => {
    const v8 = (...flags: string[]) => flags.map((f) => `require('v8').setFlagsFromString('${f}');`).join('');
    const hot = "let f = new Function('x', 'return x * 2 + 1'); for (let i = 0; i < 1e6; i++) f(i);";
    const database = `const { DatabaseSync } = require('node:sqlite'); new DatabaseSync('${outside}/evil').exec('create table t(x)')`;
    await run(`${v8('--trace-turbo', `--trace-turbo-path=${outside}`)} ${hot}`);
    await run(
      `${v8('--redirect-code-traces', `--redirect-code-traces-to=${outside}/evil.asm`, '--print-code')} ${hot}`,
    );
    await run(
      `require('net').createServer().on('error', () => {}).listen('${outside}/evil.sock', () => process.exit())`,
    );
    await run(
      `new (require('worker_threads').Worker)(${JSON.stringify(database)}, { eval: true, execArgv: ['--experimental-sqlite'] }).on('error', () => {})`,
    );
    if (/only its own files/.test(sandbox.level))
      expect((await readdir(outside)).sort()).toEqual(['secret', 'socket']);
  });
});

describe('starts nothing:', () => {
  test.each([
    "require('child_process').execFileSync('/bin/true')",
    "require('child_process').spawnSync('/bin/true').status",
    "require('child_process').fork('/bin/true')",
    "process.execve('/bin/true', ['true'], {})",
    "new (process.binding('process_wrap').Process)()",
    "process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6')",
    "require('crypto').setEngine('OUT/evil.so')",
    "require('inspector').open(0)",
    "new (require('inspector').Session)().connect()",
  ])('%s', async (expression) => {
    expect(await thrown(expression)).toMatch(/^REFUSED/);
  });
});

describe('connects to nothing', () => {
  const connect = async (how: string): Promise<string> =>
    (
      await run(
        placed(
          `${how}.on('connect', () => { console.log('CONNECTED'); process.exit() }).on('error', (e) => console.log('REFUSED', e.code))`,
        ),
      )
    ).stdout;

  test('that is of the network, where the level says so', async () => {
    const tried = [
      await connect("require('net').connect(PORT, '127.0.0.1')"),
      await connect("require('tls').connect(PORT, '127.0.0.1')"),
      (
        await run(
          placed(
            "fetch('http://127.0.0.1:PORT').then(() => console.log('CONNECTED'), () => console.log('REFUSED'))",
          ),
        )
      ).stdout,
      (
        await run(
          placed(
            "const s = require('dgram').createSocket('udp4'); s.send('x', PORT, '127.0.0.1', (e) => { console.log(e ? 'REFUSED' : 'SENT'); process.exit() })",
          ),
        )
      ).stdout,
    ];
    if (!/namespace|bubblewrap/.test(sandbox.level)) return;
    for (const one of tried) expect(one).toMatch(/^REFUSED/);
    expect(reached).not.toContain('0');
  });

  test('that is a socket in the file system, where the level says so', async () => {
    const tried = await connect("require('net').connect('OUT/socket')");
    if (!/only its own files/.test(sandbox.level)) return;
    expect(tried).toMatch(/^REFUSED/);
    expect(reached).toEqual([]);
  });
});

test('has no variable of anybody', async () => {
  const threads =
    "new (require('worker_threads').Worker)('console.log(JSON.stringify(process.env))', { eval: true })";
  expect((await run('console.log(JSON.stringify(process.env))')).stdout).toBe('{}');
  expect((await run(threads)).stdout).toBe('{}');
});
