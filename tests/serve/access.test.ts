import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeHome, startCli } from '../support/cli.ts';
import { RIGHT, type Serving, serve } from './support.ts';

/** `fetch` sets Host and Origin itself. */
const ask = (url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      answer.on('end', () => resolve({ status: answer.statusCode!, body }));
    })
      .on('error', reject)
      .end();
  });

describe('without a key, for this machine', () => {
  let at: Serving;
  beforeAll(async () => {
    at = await serve(['--slots', '1', '--allowed-hosts', 'lean.example,other.example:9000']);
  });
  afterAll(() => at.end());

  test.each([
    ['its own address', '127.0.0.1', 200],
    ['another port, as behind a tunnel', '127.0.0.1:1', 200],
    ['localhost', 'LOCALHOST:8000', 200],
    ['IPv6', '[::1]:8000', 200],
    ['an allowed name', 'lean.example:1234', 200],
    ['an allowed name with its port', 'other.example:9000', 200],
    ['an allowed name with another port', 'other.example:9001', 403],
    ['a name that was made to point here', 'evil.example', 403],
    ['a name that begins like ours', 'localhost.evil.example', 403],
    ['a name that begins like an address', '127.0.0.1.evil.example', 403],
    ['another address', '10.0.0.1', 403],
    ['user and host', 'localhost@evil.example', 403],
  ])('asked for as %s: %s is answered with %i', async (_, host, status) => {
    for (const path of ['/health', '/', '/docs/', '/openapi.json', '/nowhere'])
      expect(await ask(at.url + path, { host })).toMatchObject({
        status: status === 200 && path === '/nowhere' ? 404 : status,
      });
  });

  test('a browser may only come from its own pages', async () => {
    const port = String(at.told.port);
    for (const [origin, status] of [
      [at.url, 200],
      [`http://localhost:${port}`, 403], // Another host than the one that is asked.
      ['https://evil.example', 403],
      ['http://127.0.0.1:1', 403],
      ['null', 403],
      ['nonsense', 403],
    ] as const)
      expect({ origin, ...(await ask(`${at.url}/health`, { origin })) }).toMatchObject({ origin, status });
    const answer = await at.post('/api/check', '{', { headers: { origin: 'https://evil.example' } });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a request that names nobody is not answered', async () => {
    const socket = connect(Number(at.told.port), '127.0.0.1');
    socket.end('GET /health HTTP/1.0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('it is open, and says so', async () => {
    expect((await at.check([RIGHT]))[0]!.response).toEqual({ env: 0 });
  });
});

describe('with keys', () => {
  let at: Serving;
  beforeAll(async () => {
    const home = await makeHome();
    const file = join(home.dir, 'keys');
    await writeFile(file, 'first-key\nsecond-key\n');
    at = await serve(['--slots', '1', '--host', '0.0.0.0', '--api-key-file', file], {
      LEAN_SERVER_API_KEY: 'variable-key',
    });
  });
  afterAll(() => at.end());

  const withKey = (authorization: string) => ({ headers: { authorization } });

  test('each of them opens it, in the form that Kimina clients send', async () => {
    for (const key of ['first-key', 'second-key', 'variable-key'])
      expect((await at.check([RIGHT], {}, withKey(`Bearer ${key}`)))[0]!.response).toEqual({ env: 0 });
  });

  test.each([
    ['none', undefined, 'Missing API key'],
    ['another form', 'Basic first-key', 'Missing API key'],
    ['an empty one', 'Bearer ', 'Missing API key'],
    ['a wrong one', 'Bearer wrong', 'Invalid API key'],
    ['the beginning of one', 'Bearer first', 'Invalid API key'],
    ['both in one', 'Bearer first-key\tsecond-key', 'Missing API key'],
  ])('with %s it answers 401 before it reads the body', async (_, authorization, detail) => {
    for (const path of ['/api/check', '/api/check/', '/verify', '/one_pass_verify_batch']) {
      const answer = await at.post(path, 'x'.repeat(100), authorization ? withKey(authorization) : {});
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await answer.json()).toEqual({ detail, code: 'unauthorized' });
    }
  });

  test('health and documentation need no key, and no key is printed anywhere', async () => {
    for (const path of ['/health', '/', '/docs/', '/openapi.json']) {
      const answer = await fetch(at.url + path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/-key\b/);
    }
    expect(JSON.stringify(at.told)).not.toMatch(/-key\b/);
  });
});

test.each<[string, string[], RegExp]>([
  [
    'an address that others reach, without a key',
    ['--host', '0.0.0.0'],
    /USAGE: others can reach 0\.0\.0\.0.*no API key/,
  ],
  ['a key file that is not there', ['--api-key-file', 'nowhere'], /FILE_UNREADABLE: .*nowhere/],
  ['a port that is none', ['--port', '70000'], /CONFIG_INVALID: --port is "70000".*65535/],
  ['an address that is none', ['--host', '192.0.2.1', '--allow-no-key'], /USAGE: cannot listen/],
])('%s is refused in one clear line', async (_, args, message) => {
  const home = await makeHome();
  const { exitCode, stdout, stderr } = await startCli(home, [
    'serve',
    '--port',
    '0',
    '--slots',
    '1',
    ...args,
  ]);
  await home.remove();
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(message);
});

test('--allow-no-key opens it to others', async () => {
  const at = await serve(['--slots', '1', '--host', '0.0.0.0', '--allow-no-key']);
  expect((await at.check([RIGHT]))[0]!.response).toEqual({ env: 0 });
  expect(await at.end()).toMatchObject({ exitCode: 0 });
});
