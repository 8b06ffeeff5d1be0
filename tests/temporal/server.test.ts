import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectOwn } from '../../src/temporal/connect.ts';
import { isAlive } from '../../src/temporal/process-identity.ts';
import { type StartedServer, startDevServer, stopDevServer } from '../../src/temporal/server.ts';
import { testCli } from '../support/temporal.ts';

let dir: string;
const started: StartedServer[] = [];
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-server-'));
});
afterAll(async () => {
  for (const { process } of started) await stopDevServer(process);
  await rm(dir, { recursive: true, force: true });
});

test('a server that finds its port taken is not mistaken for whoever answers there', async () => {
  // The first time it does what the real one does: it begins slowly, finds its port taken by another process, and ends.
  const taken = join(dir, 'taken');
  const other = `require('node:net').createServer().listen(Number(process.argv[1]), '127.0.0.1'); setTimeout(() => process.exit(), 20_000)`;
  const cli = join(dir, 'temporal');
  await writeFile(
    cli,
    [
      '#!/bin/sh',
      `if [ -e ${taken} ]; then exec ${await testCli()} "$@"; fi`,
      // server start-dev --ip IP --port PORT …
      `echo "$6" > ${taken}`,
      `"${process.execPath}" -e "${other}" "$6" >/dev/null 2>&1 &`,
      'sleep 3',
      'echo "listen tcp 127.0.0.1:$6: bind: address already in use" >&2; exit 1',
    ].join('\n'),
  );
  await chmod(cli, 0o755);
  const server = await startDevServer({
    ...{ cli, database: join(dir, 'temporal.sqlite'), log: join(dir, 'server.log') },
    namespaces: ['tests'],
  });
  started.push(server);
  expect(server.ports.grpc).not.toBe(Number(await readFile(taken, 'utf8')));
  expect(isAlive(server.process)).toBe(true);
  const { connection } = await connectOwn(server.address, 'tests');
  await connection.close();
}, 120_000);
