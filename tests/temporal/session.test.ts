import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { readMembership } from '../../src/temporal/membership.ts';
import {
  endProcess,
  identityOf,
  isAlive,
  type ProcessIdentity,
} from '../../src/temporal/process-identity.ts';
import type { SessionRole } from '../../src/temporal/session.ts';
import { testCli } from '../support/temporal.ts';

const fixture = fileURLToPath(new URL('./fixtures/session.ts', import.meta.url));

let cli: string;
let base: string;
const servers: ProcessIdentity[] = [];
const running: { kill(signal: 'SIGKILL'): boolean; then: unknown }[] = [];

beforeAll(async () => {
  cli = await testCli();
});
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'proofloop-session-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGKILL');
    await child;
  }
  for (const server of servers.splice(0)) await endProcess(server, 5_000);
  await rm(base, { recursive: true, force: true });
});
afterAll(() => {
  expect(servers).toEqual([]);
});

type Said = {
  address: string;
  uiUrl: string;
  owns: boolean;
  hostsWorker: boolean;
  said: string[];
  code?: string;
  message?: string;
};

const spawn = (role: SessionRole, store = 'store.sqlite', program = cli) => {
  const child = execa(process.execPath, ['--no-warnings', fixture, role, base, program, store], {
    reject: false,
    env: { NODE_OPTIONS: '' },
  });
  const first = once(createInterface({ input: child.stdout }), 'line').then(
    ([line]) => JSON.parse(line) as Said,
  );
  running.push(child);
  return { child, first };
};

/** Opens a session in a process of its own. */
const open = async (role: SessionRole, store?: string) => {
  const { child, first } = spawn(role, store);
  const said = await first;
  const server = (await readMembership(join(base, 'state', 'temporal.json'))).server?.process;
  if (server !== undefined) servers.push(server);
  return {
    said,
    server: server as ProcessIdentity,
    exit: async () => {
      child.stdin.write('exit\n');
      await child;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await child;
    },
    close: async () => {
      child.stdin.end();
      await child;
    },
  };
};

test('one hosts, others join, and whoever leaves last ends the server', async () => {
  const host = await open('host-if-needed');
  expect(host.said).toMatchObject({ owns: true, hostsWorker: true });
  expect(host.said.said.join('\n')).toContain(host.said.uiUrl);
  const guest = await open('host-if-needed');
  expect(guest.said).toMatchObject({ address: host.said.address, owns: false, hostsWorker: false });
  expect((await fetch(host.said.uiUrl)).status).toBe(200);
  await host.close();
  expect(isAlive(host.server)).toBe(true);
  await guest.close();
  expect(isAlive(host.server)).toBe(false);
});

test('a server whose owner was killed is adopted by the next command, which ends it', async () => {
  const owner = await open('host-if-needed');
  await owner.kill();
  expect(isAlive(owner.server)).toBe(true);
  const next = await open('host-if-needed');
  expect(next.said).toMatchObject({ address: owner.said.address, owns: true, hostsWorker: true });
  expect(next.server).toEqual(owner.server);
  await next.close();
  expect(isAlive(owner.server)).toBe(false);
});

test('a process that exits without closing its session still ends the server', async () => {
  const owner = await open('host-if-needed');
  await owner.exit();
  while (isAlive(owner.server)) await new Promise((resolve) => setImmediate(resolve));
  const next = await open('join-only');
  expect(next.said.code).toBe('TEMPORAL_UNREACHABLE');
});

test('a process that exits while its server is still starting leaves none behind', async () => {
  const noted = join(base, 'pid');
  const slow = join(base, 'temporal');
  const wait = `echo $$ > ${noted}.part && mv ${noted}.part ${noted} && exec sleep 600`;
  await writeFile(slow, `#!/bin/sh\ncase "$1" in server) ${wait};; *) exec ${cli} "$@";; esac\n`);
  await chmod(slow, 0o755);
  const { child } = spawn('host-if-needed', 'store.sqlite', slow);
  const read = () => readFile(noted, 'utf8').catch(() => '');
  let pid = '';
  while (pid === '') pid = await read();
  const server = identityOf(Number(pid));
  servers.push(server);
  child.stdin.write('exit\n');
  await child;
  while (isAlive(server)) await new Promise((resolve) => setImmediate(resolve));
});

test('after a kill of server and owner the next command starts on the same ports and file', async () => {
  const owner = await open('host-if-needed');
  await owner.kill();
  await endProcess(owner.server, 5_000);
  const next = await open('host-if-needed');
  expect(next.said).toMatchObject({ address: owner.said.address, uiUrl: owner.said.uiUrl, owns: true });
  expect(next.server).not.toEqual(owner.server);
  await next.close();
});

test('two that start at once share one server', async () => {
  const [a, b] = await Promise.all([open('host-if-needed'), open('host-if-needed')]);
  expect(a.said.address).toBe(b.said.address);
  expect([a.said.hostsWorker, b.said.hostsWorker].sort()).toEqual([false, true]);
  await Promise.all([a.close(), b.close()]);
  expect(isAlive(a.server)).toBe(false);
});

test('a role that only joins is refused when nothing runs', async () => {
  const { said } = await open('join-only');
  expect(said.code).toBe('TEMPORAL_UNREACHABLE');
});

test('a command with another store is refused while a worker runs, and names both stores', async () => {
  const host = await open('host-if-needed');
  const other = await open('host-if-needed', 'other.sqlite');
  expect(other.said.code).toBe('STORE_MISMATCH');
  expect(other.said.message).toMatch(/store\.sqlite.*other\.sqlite/);
  await host.close();
});

test('a role that only serves starts no worker, so that the next command hosts one', async () => {
  const server = await open('serve');
  expect(server.said).toMatchObject({ owns: true, hostsWorker: false });
  const worker = await open('host-if-needed');
  expect(worker.said).toMatchObject({ hostsWorker: true });
  await worker.close();
  await server.close();
  const log = await readFile(join(base, 'state', 'temporal-server.log'), 'utf8');
  expect(log).toContain('Temporal');
});
