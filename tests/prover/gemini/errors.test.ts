import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ModelFault, toApplicationFailure } from '../../../src/prover/fault.ts';
import { type GeminiServer, type Step, startGeminiServer } from '../../support/gemini-server.ts';
import { faultOf, proverOf, requestOf, useEnvironment } from '../support.ts';

let server: GeminiServer;
let restore: () => void;
beforeAll(async () => {
  server = await startGeminiServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  restore = useEnvironment(server.env());
});
afterEach(() => restore());

const never = new AbortController().signal;
const ask = (step: Step, timeoutMs = 20_000) => {
  server.reset([step]);
  const prover = proverOf({ timeoutMs });
  const request = requestOf();
  return prover.ask(prover.prompt(request), request, { signal: never });
};
const fault = async (step: Step, timeoutMs?: number) => (await faultOf(ask(step, timeoutMs))) as ModelFault;

describe('errors of Gemini, by the unmodified SDK over HTTP', () => {
  test.each<[string, Step, string, number | null]>([
    [
      '429 with RetryInfo',
      { kind: 'status', status: 429, rpc: 'RESOURCE_EXHAUSTED', retryDelay: '37s' },
      'MODEL_RATE_LIMIT',
      37_000,
    ],
    [
      '429 with a fraction of a second',
      { kind: 'status', status: 429, retryDelay: '0.25s' },
      'MODEL_RATE_LIMIT',
      250,
    ],
    ['429 without RetryInfo', { kind: 'status', status: 429 }, 'MODEL_RATE_LIMIT', null],
    ['408', { kind: 'status', status: 408 }, 'MODEL_TIMEOUT', null],
    ['409', { kind: 'status', status: 409, rpc: 'ABORTED' }, 'MODEL_UNAVAILABLE', null],
    ['500', { kind: 'status', status: 500, rpc: 'INTERNAL' }, 'MODEL_UNAVAILABLE', null],
    ['503 with RetryInfo', { kind: 'status', status: 503, retryDelay: '3s' }, 'MODEL_UNAVAILABLE', 3_000],
    ['504', { kind: 'status', status: 504, rpc: 'DEADLINE_EXCEEDED' }, 'MODEL_TIMEOUT', null],
    ['an HTML page under 502', { kind: 'html', status: 502 }, 'MODEL_UNAVAILABLE', null],
    ['a JSON error under text/plain', jsonAsText(429, '7s'), 'MODEL_RATE_LIMIT', 7_000],
    ['an array around the error', arrayBody(), 'MODEL_UNAVAILABLE', 9_000],
    ['broken JSON under 200', { kind: 'raw', body: '{"candidates": [' }, 'MODEL_BAD_ANSWER', null],
    [
      'an HTML page under 200',
      { kind: 'raw', body: '<html>login</html>', contentType: 'text/html' },
      'MODEL_BAD_ANSWER',
      null,
    ],
    ['an empty object under 200', { kind: 'raw', body: '{}' }, 'MODEL_BAD_ANSWER', null],
    ['another shape under 200', { kind: 'raw', body: '{"candidates": 7}' }, 'MODEL_BAD_ANSWER', null],
    ['a reset connection', { kind: 'reset' }, 'MODEL_UNAVAILABLE', null],
    ['a reset within the body', { kind: 'reset', midBody: true }, 'MODEL_UNAVAILABLE', null],
  ])('%s may be tried again', async (_, step, code, retryAfterMs) => {
    const error = await fault(step);
    expect(error).toMatchObject({ code, retryable: true, retryAfterMs });
    expect(server.requests).toHaveLength(1);
    const failure = toApplicationFailure(error);
    expect(failure).toMatchObject({ type: code, nonRetryable: false });
    expect(failure.nextRetryDelay ?? null).toBe(retryAfterMs);
  });

  test.each<[string, Step, string, RegExp]>([
    [
      '400',
      { kind: 'status', status: 400, rpc: 'INVALID_ARGUMENT', message: 'Thinking level MINIMAL is unknown' },
      'MODEL_REFUSED',
      /MINIMAL/,
    ],
    [
      'a key that is not valid',
      {
        kind: 'status',
        status: 400,
        reason: 'API_KEY_INVALID',
        message: 'API key not valid. Please pass a valid API key.',
      },
      'MODEL_CREDENTIALS',
      /GEMINI_API_KEY was refused/,
    ],
    [
      '401',
      { kind: 'status', status: 401, rpc: 'UNAUTHENTICATED' },
      'MODEL_CREDENTIALS',
      /GEMINI_API_KEY was refused/,
    ],
    ['403', { kind: 'status', status: 403, rpc: 'PERMISSION_DENIED' }, 'MODEL_CREDENTIALS', /may not use/],
    ['404', { kind: 'status', status: 404, rpc: 'NOT_FOUND' }, 'MODEL_REFUSED', /gemini-3\.8-flash/],
    [
      'a country that is not served',
      {
        kind: 'status',
        status: 400,
        rpc: 'FAILED_PRECONDITION',
        message: 'User location is not supported for the API use.',
      },
      'MODEL_CREDENTIALS',
      /Developer API does not serve/,
    ],
  ])('%s is not tried again and says what mends it', async (_, step, code, message) => {
    const error = await fault(step);
    expect(error).toMatchObject({ code, retryable: false, message: expect.stringMatching(message) });
    expect(error.fix.length).toBeGreaterThan(10);
    expect(server.requests).toHaveLength(1);
    expect(toApplicationFailure(error)).toMatchObject({
      type: code,
      nonRetryable: true,
      details: [{ fix: error.fix }],
    });
  });

  test('a server that never answers ends in a time-out of our own, which the server sees', async () => {
    const error = await fault({ kind: 'hang' }, 300);
    expect(error).toMatchObject({
      code: 'MODEL_TIMEOUT',
      retryable: true,
      message: 'Gemini did not answer within 300 ms.',
    });
    await server.aborted(1);
    expect(server.requests).toHaveLength(1);
  });

  test('a port on which nobody listens is a fault of the network that names the address', async () => {
    const gone = await startGeminiServer();
    await gone.close();
    process.env.GOOGLE_GEMINI_BASE_URL = gone.url;
    const error = await fault({ kind: 'hang' });
    expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', retryable: true, mayBill: false });
    expect(error.message).toContain(gone.url);
    expect(server.requests).toHaveLength(0);
  });

  test('a port that fetch refuses is no fault of the network: it is not tried again, and nothing is billed', async () => {
    process.env.GOOGLE_GEMINI_BASE_URL = 'http://127.0.0.1:6000';
    const error = await fault({ kind: 'hang' });
    expect(error).toMatchObject({ code: 'MODEL_REFUSED', retryable: false, mayBill: false });
    expect(error.message).toContain('http://127.0.0.1:6000: fetch refuses the port');
  });

  test('a redirect is not followed: prompt and key go nowhere else', async () => {
    const other = await startGeminiServer();
    const error = await fault({ kind: 'redirect', to: `${other.url}/v1beta/models/x:generateContent` });
    expect(error).toMatchObject({ code: 'MODEL_REFUSED', retryable: false });
    expect(error.message).toContain('redirects');
    expect(other.requests).toHaveLength(0);
    await other.close();
  });

  test('keys and tokens never reach a message, whatever the server echoes', async () => {
    const key = process.env.GEMINI_API_KEY!;
    const leak = `key ${key} Bearer ya29.abcdefghijklmnop https://x/v1?key=${key}&alt=json AIzaSyOtherKeyOfSomebody0123`;
    for (const step of [
      { kind: 'status', status: 400, message: leak },
      { kind: 'status', status: 429, message: leak },
      { kind: 'status', status: 403, message: leak },
      { kind: 'html', status: 503, body: `<p>${leak}</p>` },
      { kind: 'raw', body: leak },
    ] satisfies Step[]) {
      const error = await fault(step);
      const shown = JSON.stringify([error.message, error.fix, error.stack, toApplicationFailure(error)]);
      for (const secret of [key, 'ya29.abc', 'AIzaSyOther']) expect(shown).not.toContain(secret);
      expect(error.cause).toBeUndefined();
    }
  });

  test('without a key nothing is sent, and the command that sets one is named', async () => {
    restore();
    restore = useEnvironment({ GOOGLE_GEMINI_BASE_URL: server.url });
    const error = await fault({ kind: 'hang' });
    expect(error).toMatchObject({ code: 'MODEL_CREDENTIALS', retryable: false });
    expect(error.fix).toContain('export GEMINI_API_KEY=');
    expect(server.requests).toHaveLength(0);
  });
});

function jsonAsText(status: number, retryDelay: string): Step {
  const body = {
    error: { code: status, message: 'slow down', status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay }] },
  };
  return { kind: 'raw', status, contentType: 'text/plain', body: JSON.stringify(body) };
}

function arrayBody(): Step {
  const body = [
    { error: { code: 503, message: 'busy', status: 'UNAVAILABLE', details: [{ retryDelay: '9s' }] } },
  ];
  return { kind: 'raw', status: 503, body: JSON.stringify(body) };
}
