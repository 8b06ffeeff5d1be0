import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RIGHT, type Serving, serve } from './support.ts';

let at: Serving;
beforeAll(async () => {
  at = await serve(['--slots', '1', '--max-body', '2', '--queue', '3']);
});
afterAll(() => at.end());

const snippet = (code: unknown, id: unknown = 'a') => ({ id, code });

test.each<[string, string, unknown, number, RegExp]>([
  ['no JSON', '/api/check', '{"snippets": [', 400, /not JSON: Unexpected end/],
  ['nothing', '/api/check', '', 400, /empty/],
  ['a list', '/api/check', [], 422, /expected object/],
  ['null', '/verify', 'null', 422, /expected object/],
  ['another form', '/api/check', { codes: [] }, 422, /snippets/],
  ['no snippets', '/api/check', { snippets: [] }, 422, /snippets/],
  ['no codes', '/verify', { codes: [] }, 422, /codes/],
  ['code that is no text', '/api/check', { snippets: [snippet(5)] }, 422, /expected string, received number/],
  ['an id that is no text', '/api/check', { snippets: [snippet(RIGHT, 5)] }, 422, /"id"/],
  ['equal ids', '/api/check', { snippets: [snippet(RIGHT), snippet(RIGHT)] }, 422, /unique/],
  ['a negative time', '/api/check', { snippets: [snippet(RIGHT)], timeout: -1 }, 422, /timeout/],
  ['time as text', '/api/check', { snippets: [snippet(RIGHT)], timeout: 'x' }, 422, /timeout/],
  [
    'an unknown information tree',
    '/api/check',
    { snippets: [snippet(RIGHT)], infotree: 'x' },
    422,
    /infotree/,
  ],
  ['a large body', '/api/check', { snippets: [snippet('x'.repeat(3_000_000))] }, 413, /larger than 2 MiB/],
  [
    'a large snippet',
    '/api/check',
    { snippets: [snippet('x'.repeat(1_100_000))] },
    413,
    /"a\\" has 1100000 bytes; 1048576/,
  ],
  [
    'a batch that never fits',
    '/api/check',
    { snippets: [1, 2, 3, 4].map((i) => snippet(RIGHT, `${i}`)) },
    413,
    /4 snippets; 3 are the most/,
  ],
  ['another path', '/api/checks', {}, 404, /no POST \/api\/checks; see \/docs/],
])('%s at %s is answered with what is wrong', async (_, path, body, status, text) => {
  const answer = await at.post(path, body);
  expect(answer.status).toBe(status);
  const told = (await answer.json()) as Record<string, unknown>;
  expect(JSON.stringify(told.detail)).toMatch(text);
  expect(told.code).toEqual(expect.any(String));
});

test('a body that is not declared as JSON, or is no UTF-8', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])
    expect((await at.post('/api/check', '{}', { headers: { 'content-type': type } })).status).toBe(415);
  const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
  const answer = await at.post('/api/check', '', { body: bytes });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringMatching(/UTF-8/)]);
});

test('fields that nobody knows are ignored, and null is the same as nothing', async () => {
  const body = {
    snippets: [{ ...snippet(RIGHT), more: [1] }],
    timeout: null,
    debug: null,
    reuse: null,
    infotree: null,
    __proto__: { polluted: true },
    what: { ever: true },
  };
  const answer = await at.post(
    '/api/check',
    JSON.stringify(body).replace('}', ',"__proto__":{"timeout":0}}'),
  );
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    results: [{ id: 'a', time: expect.any(Number), response: { env: 0 } }],
  });
});

test.each([
  ['half of a surrogate pair', 'theorem t : True := trivial -- \ud800'],
  ['NUL', 'theorem t : True := trivial -- \u0000'],
  ['nothing', ''],
  ['white space and comments', '\n  -- hello\n/- there -/ '],
  ['CRLF', 'theorem t : True :=\r\n  trivial\r\n#check t\r\n'],
  ['a byte order mark', '\ufefftheorem t : True := trivial'],
])('a snippet with %s has an answer of its own', async (name, code) => {
  const [result] = await at.check([code]);
  expect(result!.error).toBeUndefined();
  const errors = (result!.response!.messages ?? []).filter(({ severity }) => severity === 'error');
  if (/surrogate|NUL/.test(name)) expect(errors).toHaveLength(1);
  else expect(errors).toEqual([]);
});

test('the description of the interface names every route and both forms', async () => {
  const api = (await (await fetch(`${at.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: object }> } }>>;
  };
  expect(Object.keys(api.paths).sort()).toEqual([
    '/',
    '/api/check',
    '/health',
    '/one_pass_verify_batch',
    '/verify',
  ]);
  const schema = api.paths['/api/check']!.post!.requestBody!.content['application/json']!.schema;
  expect(schema).toMatchObject({
    required: ['snippets'],
    properties: { timeout: {}, infotree: {}, reuse: {} },
  });
  const page = await fetch(`${at.url}/docs/`);
  expect(page.headers.get('content-type')).toMatch(/text\/html/);
  for (const [, file] of (await page.text()).matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g))
    expect((await fetch(`${at.url}/docs/${file}`)).status).toBe(200);
});
