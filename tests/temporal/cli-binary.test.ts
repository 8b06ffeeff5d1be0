import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { create } from 'tar';
import { type CliSource, findTemporalCli } from '../../src/temporal/cli-binary.ts';
import { downloadOfficialCli } from '../../src/temporal/cli-download.ts';
import { sha256OfFile } from '../../src/temporal/sha256.ts';

let dir: string;
const servers: Server[] = [];
const pathBefore = process.env.PATH;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proofloop-cli-'));
  // Nothing but what a script needs, and no `temporal` that this machine may have.
  process.env.PATH = join(dir, 'bin');
});
afterEach(async () => {
  process.env.PATH = pathBefore;
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await rm(dir, { recursive: true, force: true });
});

/** A program that answers as the CLI does. */
const program = async (path: string, says = 'temporal version 9.9.9'): Promise<string> => {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho '${says}'\n`);
  await chmod(path, 0o755);
  return path;
};
const source = (
  name: string,
  text: string | Error,
  pin: string | null = null,
): CliSource & { asked: number } => ({
  name,
  asked: 0,
  pin: () => pin,
  async get(folder) {
    this.asked += 1;
    if (text instanceof Error) throw text;
    return program(join(folder, 'made'), text);
  },
});
const find = (cli: string | null, sources: readonly CliSource[], said: string[] = []) =>
  findTemporalCli(
    {
      temporal: { address: null, namespace: 'default', profile: null, cli },
      dirs: { cache: dir, data: dir, state: dir, config: dir },
    },
    (line) => said.push(line),
    sources,
  );

test('the configured program is taken, and one that is none is refused by name', async () => {
  const own = await program(join(dir, 'own'));
  expect(await find(own, [])).toEqual({ path: own, from: 'the configuration' });
  const other = await program(join(dir, 'other'), 'hello');
  await expect(find(other, [])).rejects.toMatchObject({
    code: 'TEMPORAL_CLI_MISSING',
    message: expect.stringContaining("is no Temporal CLI: it says 'hello'"),
  });
  await expect(find(join(dir, 'missing'), [])).rejects.toMatchObject({ code: 'TEMPORAL_CLI_MISSING' });
});

test('temporal on PATH goes before a download', async () => {
  const onPath = await program(join(dir, 'bin', 'temporal'));
  const download = source('download', 'temporal version 1');
  expect(await find(null, [download])).toEqual({ path: onPath, from: 'PATH' });
  expect(download.asked).toBe(0);
});

test('a source that fails gives way to the next; what was got is kept and used again', async () => {
  const said: string[] = [];
  const first = source('first', new Error('refused'));
  const second = source('second', 'temporal version 2');
  const got = await find(null, [first, second], said);
  expect(got.from).toBe('second');
  expect(await readFile(got.path, 'utf8')).toContain('temporal version 2');
  expect(said).toEqual(['Getting the Temporal CLI (once): first', 'Getting the Temporal CLI (once): second']);
  expect(await find(null, [first, second])).toEqual({ path: got.path, from: 'the cache' });
  expect(second.asked).toBe(1);
});

test('a cached binary whose bytes have changed is got anew', async () => {
  const download = source('download', 'temporal version 3');
  const { path } = await find(null, [download]);
  await writeFile(path, 'damaged');
  expect((await find(null, [download])).from).toBe('download');
  expect(await readFile(path, 'utf8')).toContain('temporal version 3');
});

test('other bytes than the pinned ones are refused', async () => {
  const wrong = source('pinned', 'temporal version 4', 'f'.repeat(64));
  await expect(find(null, [wrong])).rejects.toMatchObject({
    code: 'TEMPORAL_CLI_MISSING',
    message: expect.stringMatching(/pinned: .*has sha256 [0-9a-f]{64}, expected f{64}/),
  });
});

test('without any source the message holds what each of them said, and the fix what to do', async () => {
  const all = [source('first', new Error('refused')), source('second', new Error('no pip'))];
  await expect(find(null, all)).rejects.toMatchObject({
    message: expect.stringMatching(/first: refused\. second: no pip/),
    fix: expect.stringMatching(/pip.*TEMPORAL_ADDRESS/),
  });
});

test('two that get it at once both have a whole binary', async () => {
  const both = [source('a', 'temporal version 5'), source('b', 'temporal version 5')];
  const [a, b] = await Promise.all(both.map((one) => find(null, [one])));
  expect(a?.path).toBe(b?.path);
  const sum = (await readFile(`${a?.path}.sha256`, 'utf8')).trim();
  expect(await sha256OfFile(a?.path ?? '')).toBe(sum);
  expect((await find(null, [])).from).toBe('the cache');
});

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

test('the official form of download is unpacked', async () => {
  const made = join(dir, 'made');
  await program(join(made, 'temporal'));
  await create({ file: join(dir, 'x.tar.gz'), cwd: made, gzip: true }, ['temporal']);
  const archive = await readFile(join(dir, 'x.tar.gz'));
  const address = await serve((request, response) => {
    if (request.url?.endsWith('.tar.gz')) return void response.end(archive);
    expect(request.url).toMatch(/arch=(amd64|arm64)&platform=(linux|darwin)/);
    const archiveUrl = `http://${request.headers.host}/x.tar.gz`;
    response.end(JSON.stringify({ archiveUrl, fileToExtract: 'temporal' }));
  });
  const folder = await mkdtemp(join(dir, 'work-'));
  const path = await downloadOfficialCli(folder, 5_000, `${address}/cli/default`);
  expect(await readFile(path, 'utf8')).toContain('temporal version');
});

test('a server that says nothing, stalls in the middle, or answers an error is given up', async () => {
  const folder = await mkdtemp(join(dir, 'work-'));
  const silent = await serve(() => {});
  await expect(downloadOfficialCli(folder, 100, silent)).rejects.toThrow(/timeout/i);
  const stalling = await serve((request, response) => {
    if (request.url?.endsWith('.tar.gz')) {
      response.writeHead(200);
      response.write('x');
      return;
    }
    response.end(
      JSON.stringify({ archiveUrl: `http://${request.headers.host}/x.tar.gz`, fileToExtract: 'temporal' }),
    );
  });
  await expect(downloadOfficialCli(folder, 200, stalling)).rejects.toThrow('no data for 200 ms');
  const failing = await serve((_request, response) => void response.writeHead(503).end());
  await expect(downloadOfficialCli(folder, 5_000, failing)).rejects.toThrow(/answered 503/);
});
