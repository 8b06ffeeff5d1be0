import { describe, expect, test } from '@jest/globals';
import { CancelledFailure } from '@temporalio/common';
import { ProofloopError } from '../../src/model/index.ts';
import { isModelFault, ModelFault, toApplicationFailure } from '../../src/prover/fault.ts';
import { checkProverNames, createProvers } from '../../src/prover/index.ts';
import { redact, secretsOf } from '../../src/prover/redact.ts';
import { geminiProfile } from './support.ts';

const source = {
  provers: {
    use: ['local'],
    profiles: {
      local: { kind: 'local' as const },
      gemini: geminiProfile(),
      cheap: geminiProfile({ model: 'gemini-3.5-flash-lite', timeoutMs: 1_000 }),
    },
  },
  prices: [],
};

describe('names of provers', () => {
  test('a profile is a prover, and a profile with a model is the same with that model', () => {
    const provers = createProvers(source);
    expect([...provers.keys()]).toEqual(['gemini', 'cheap']);
    expect(provers.get('gemini')).toMatchObject({ name: 'gemini', model: 'gemini-3.8-flash' });
    expect(provers.get('cheap:gemini-3.7-flash')).toMatchObject({
      name: 'cheap:gemini-3.7-flash',
      model: 'gemini-3.7-flash',
      timeoutMs: 1_000,
    });
    expect(provers.get('gemini')).toBe(provers.get('gemini'));
  });

  test.each([
    'local',
    'openai',
    'gemini:',
    'gemini:a/b',
    'gemini:../x',
    'gemini:a b',
    '',
    ':',
    'constructor',
    '__proto__',
  ])('"%s" is no model prover', (name) => {
    expect(createProvers(source).get(name)).toBeUndefined();
    expect(createProvers(source).has(name)).toBe(false);
  });

  test('unknown names are refused with the names that are known', () => {
    expect(() => checkProverNames(source, ['local', 'gemini', 'gemini:gemini-3.7-flash'])).not.toThrow();
    expect(() => checkProverNames(source, ['local', 'gpt'])).toThrow(
      expect.objectContaining({
        code: 'PROVER_UNKNOWN',
        message: 'There is no prover "gpt".',
        fix: expect.stringContaining('local, gemini, cheap'),
      }),
    );
  });
});

describe('faults as Temporal sees them', () => {
  test('a fault of a model keeps its code, its delay and its fix', () => {
    const fault = new ModelFault('MODEL_RATE_LIMIT', 'slow down', { retryable: true, retryAfterMs: 1_500 });
    expect(isModelFault(fault)).toBe(true);
    expect(toApplicationFailure(fault)).toMatchObject({
      type: 'MODEL_RATE_LIMIT',
      nonRetryable: false,
      nextRetryDelay: 1_500,
      details: [{ fix: fault.fix }],
    });
  });

  test('a fault that is not tried again has no delay', () => {
    const fault = new ModelFault('MODEL_REFUSED', 'no', { retryable: false, retryAfterMs: 1_500 });
    const failure = toApplicationFailure(fault);
    expect(failure.nonRetryable).toBe(true);
    expect(failure.nextRetryDelay ?? null).toBeNull();
  });

  test('other faults of ours are final, save those that a fresh process may mend', () => {
    expect(toApplicationFailure(new ProofloopError('STORE_MISMATCH', 'x')).nonRetryable).toBe(true);
    expect(toApplicationFailure(new ProofloopError('LEAN_CRASHED', 'x')).nonRetryable).toBe(false);
  });

  test('a defect is an INTERNAL failure that may be tried again, and keys in it are gone', () => {
    const failure = toApplicationFailure(new TypeError('bad AIzaSyA0123456789abcdef'));
    expect(failure).toMatchObject({ type: 'INTERNAL', message: 'bad [redacted]' });
    expect(failure.nonRetryable ?? false).toBe(false);
  });

  test('a failure that is one already, or a cancellation, stays what it is', () => {
    const failure = toApplicationFailure(new ProofloopError('INTERNAL', 'x'));
    expect(toApplicationFailure(failure)).toBe(failure);
    expect(() => toApplicationFailure(new CancelledFailure('gone'))).toThrow(CancelledFailure);
  });

  test.each([
    ['key=AIzaSyA0123456789abcdef', 'key=[redacted]'],
    ['https://h/v1?alt=json&key=abc123&x=1', 'https://h/v1?alt=json&key=[redacted]&x=1'],
    ['Authorization: Bearer ya29.a0AfB_by-x.y', 'Authorization: [redacted]'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- rest', '[redacted] rest'],
    ['the key word alone, and key = value pairs, stay', 'the key word alone, and key = value pairs, stay'],
    ['x-goog-api-key: abc123def', 'x-goog-api-key: [redacted]'],
    ["{ 'api-key': 'abc123def', accept: '*/*' }", "{ 'api-key': '[redacted]', accept: '*/*' }"],
    ['Proxy-Authorization: Basic dXNlcjpwYXNz', 'Proxy-Authorization: [redacted]'],
    [
      'proxy http://me:hunter2@proxy.example:3128 refused',
      'proxy http://[redacted]@proxy.example:3128 refused',
    ],
    [
      '{"type":"service_account","private_key_id":"ab12","private_key":"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n","client_email":"a@b"}',
      '{"type":"service_account","private_key_id":"[redacted]","private_key":"[redacted]","client_email":"a@b"}',
    ],
    [
      String.raw`"{\"refresh_token\": \"1//0abc\", \"x\": 1}"`,
      String.raw`"{\"refresh_token\": \"[redacted]\", \"x\": 1}"`,
    ],
    ['token eyJhbGciOi.eyJzdWIiOiIx.c2lnbmF0dXJl', 'token [redacted]'],
    ['max_tokens: 100 and 12 tokens stay', 'max_tokens: 100 and 12 tokens stay'],
  ])('%j is shown as %j', (text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  test('the values of variables that are named like secrets are known, those of others are words', () => {
    const env = {
      MY_SERVICE_KEY: 'hunter2hunter2',
      HF_TOKEN: 'abcdefgh',
      SHORT_KEY: 'yes',
      HOME: '/home/me',
    };
    expect(redact('hunter2hunter2 abcdefgh yes /home/me', secretsOf(env))).toBe(
      '[redacted] [redacted] yes /home/me',
    );
  });
});
