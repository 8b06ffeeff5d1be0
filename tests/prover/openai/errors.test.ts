import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { toApplicationFailure } from '../../../src/prover/fault.ts';
import type { OpenAiStep } from '../../support/openai-server.ts';
import { faultOf } from '../support.ts';
import { KEY, openAiWorld } from './support.ts';

const { world, prover, ask } = openAiWorld({ MY_KEY: 'my-own-key-123456' });
const status = (status: number, message: string, more: object = {}): OpenAiStep => ({
  kind: 'status',
  status,
  error: { message, ...more },
});

describe('refusals are not tried again, and say what to do', () => {
  test.each<[OpenAiStep, string, RegExp]>([
    [status(401, 'bad key'), 'MODEL_CREDENTIALS', /wants a key/],
    [status(403, 'not yours'), 'MODEL_CREDENTIALS', /HTTP 403: not yours/],
    [status(402, 'Insufficient Balance'), 'MODEL_CREDENTIALS', /no credit/],
    [status(429, 'quota', { code: 'insufficient_quota' }), 'MODEL_CREDENTIALS', /no credit/],
    [status(404, 'The model `prover` does not exist.'), 'MODEL_REFUSED', /serves no model "prover"/],
    [status(404, "model 'prover' not found"), 'MODEL_REFUSED', /serves no model/],
    [{ kind: 'raw', status: 404, body: '{"detail":"Not Found"}' }, 'MODEL_REFUSED', /nothing at .*\/v1/],
    [
      status(400, "This model's maximum context length is 4096 tokens. However, you requested 9000."),
      'MODEL_REFUSED',
      /more than the context/,
    ],
    [status(400, 'too long', { code: 'context_length_exceeded' }), 'MODEL_REFUSED', /more than the context/],
    [status(400, 'unknown field'), 'MODEL_REFUSED', /refused the request \(HTTP 400: unknown field\)/],
    [status(422, 'no'), 'MODEL_REFUSED', /HTTP 422/],
    [
      { kind: 'status', status: 307, headers: { location: 'http://elsewhere.example/v1' } },
      'MODEL_REFUSED',
      /redirects to http:\/\/elsewhere/,
    ],
  ])('%p', async (step, code, message) => {
    world.server.push(step);
    const fault = await faultOf(ask());
    expect(fault).toMatchObject({ code, retryable: false, message: expect.stringMatching(message) });
    expect(world.server.requests).toHaveLength(1);
    expect(toApplicationFailure(fault)).toMatchObject({ type: code, nonRetryable: true });
  });
});

describe('what may pass is tried again by Temporal, never by the SDK', () => {
  test.each<[OpenAiStep, string, number | null]>([
    [{ kind: 'status', status: 429, headers: { 'retry-after': '7' } }, 'MODEL_RATE_LIMIT', 7_000],
    [{ kind: 'status', status: 429, headers: { 'retry-after-ms': '1500' } }, 'MODEL_RATE_LIMIT', 1_500],
    [{ kind: 'status', status: 429 }, 'MODEL_RATE_LIMIT', null],
    [{ kind: 'status', status: 503, headers: { 'retry-after': '2' } }, 'MODEL_UNAVAILABLE', 2_000],
    [{ kind: 'status', status: 500 }, 'MODEL_UNAVAILABLE', null],
    [{ kind: 'status', status: 409 }, 'MODEL_UNAVAILABLE', null],
    [{ kind: 'status', status: 408 }, 'MODEL_TIMEOUT', null],
    [{ kind: 'status', status: 504 }, 'MODEL_TIMEOUT', null],
    [{ kind: 'html', status: 502 }, 'MODEL_UNAVAILABLE', null],
    [{ kind: 'html', status: 200 }, 'MODEL_BAD_ANSWER', null],
    [{ kind: 'raw', body: '{"choices": [' }, 'MODEL_BAD_ANSWER', null],
    [{ kind: 'raw', body: '{"choices": []}' }, 'MODEL_BAD_ANSWER', null],
    [{ kind: 'raw', body: '[]' }, 'MODEL_BAD_ANSWER', null],
    [{ kind: 'raw', body: '{"error": {"message": "overloaded"}}' }, 'MODEL_BAD_ANSWER', null],
    [{ kind: 'reset' }, 'MODEL_UNAVAILABLE', null],
    [{ kind: 'reset', midBody: true }, 'MODEL_UNAVAILABLE', null],
  ])('%p', async (step, code, retryAfterMs) => {
    world.server.push(step);
    const fault = await faultOf(ask());
    expect(fault).toMatchObject({ code, retryable: true, retryAfterMs });
    expect(world.server.requests).toHaveLength(1);
  });

  test('a date in Retry-After', async () => {
    const at = new Date(Date.now() + 60_000).toUTCString();
    world.server.push({ kind: 'status', status: 429, headers: { 'retry-after': at } });
    const { retryAfterMs } = (await faultOf(ask())) as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(30_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test('a page is told by its words, not by its markup', async () => {
    world.server.push({ kind: 'html', status: 502 });
    const { message } = (await faultOf(ask())) as Error;
    expect(message).toContain('Bad Gateway');
    expect(message).not.toContain('<');
  });

  test.each<[string, OpenAiStep]>([
    ['headers that do not come', { kind: 'hang' }],
    ['a body that drips', { kind: 'drip', body: ' '.repeat(10_000), everyMs: 20 }],
  ])('%s: the time-out ends the request', async (_, step) => {
    world.server.push(step);
    const fault = await faultOf(ask(prover({ timeoutMs: 300 })));
    expect(fault).toMatchObject({ code: 'MODEL_TIMEOUT', retryable: true });
    expect((fault as Error).message).toContain('300 ms');
    await world.server.aborted(1);
  });

  test('a server that answers late, but in time, is waited for', async () => {
    world.server.push({ kind: 'proof', proof: 'by omega', delayMs: 400 });
    expect((await ask()).submission?.text).toBe('by omega');
  });

  test('nobody listens', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const fault = await faultOf(ask(prover({ baseUrl: `http://127.0.0.1:${port}/v1` })));
    expect(fault).toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      retryable: true,
      message: expect.stringContaining('ECONNREFUSED'),
      fix: expect.stringContaining('Start the server'),
    });
  });
});

describe('keys', () => {
  test('that a server echoes are in no message', async () => {
    for (const [name, key] of [
      ['OPENAI_API_KEY', KEY],
      ['MY_KEY', 'my-own-key-123456'],
    ] as const) {
      world.server.reset([status(401, `Incorrect API key provided: ${key}. Authorization: Bearer ${key}`)]);
      const fault = (await faultOf(ask(prover({ apiKeyEnv: name })))) as Error;
      expect(fault.message).toContain('[redacted]');
      expect(`${fault.message} ${fault.stack} ${JSON.stringify(fault)}`).not.toContain(key);
    }
  });

  test('a key that is not set is named before anything is sent', async () => {
    const fault = await faultOf(ask(prover({ apiKeyEnv: 'NOT_SET' })));
    expect(fault).toMatchObject({ code: 'MODEL_CREDENTIALS', fix: 'export NOT_SET=…' });
    expect(world.server.requests).toHaveLength(0);
  });
});

test('the doctor asks a local server what it serves, and no model', async () => {
  expect((await prover().diagnose()).map((f) => [f.ok, f.what])).toEqual([
    [true, `requests go to ${world.server.url}`],
    [true, 'no key is sent'],
    [true, 'it serves prover'],
  ]);
  expect((await prover({ model: 'other' }).diagnose()).at(-1)).toMatchObject({
    ok: false,
    what: 'it does not serve "other"',
    fix: 'It serves: prover.',
  });
  expect(world.server.requests).toHaveLength(0);
});
