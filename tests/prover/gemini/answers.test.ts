import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createProvers, localProver } from '../../../src/prover/index.ts';
import { type GeminiServer, startGeminiServer } from '../../support/gemini-server.ts';
import { faultOf, geminiProfile, proverOf, requestOf, theoremOf, useEnvironment } from '../support.ts';

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
const ask = (prover = proverOf(), request = requestOf()) =>
  prover.ask(prover.prompt(request), request, { signal: never });

describe('answers of Gemini', () => {
  test('a proof comes back with what it cost, and thoughts are not part of it', async () => {
    server.push({
      kind: 'text',
      text: 'Addition commutes.\n```lean4\ntheorem add_swap (a b : Nat) :\n    a + b = b + a := by\n  omega\n```',
      usage: { prompt: 1_000, cached: 600, output: 200, thoughts: 300 },
    });
    const november = Date.parse('2026-11-23');
    const answer = await ask(proverOf({}, () => november));
    expect(answer).toMatchObject({
      model: 'gemini-3.8-flash',
      modelVersion: 'gemini-3.8-flash',
      finish: 'STOP',
      submission: { form: 'proof', text: 'by\n  omega' },
      unusable: null,
      tokens: { input: 1_000, cachedInput: 600, output: 200, thoughts: 300 },
    });
    expect(answer.costUsd).toBeCloseTo((400 * 0.75 + 600 * 0.075 + 500 * 3.75) / 1e6, 12);
    expect(answer.answerText).not.toContain('private thoughts');
  });

  test('one request is sent, with model, key, limits and the prompt in its places', async () => {
    const prover = proverOf({ thinking: 'HIGH', maxOutputTokens: 1_234, timeoutMs: 12_000 });
    const prompt = prover.prompt(requestOf());
    await prover.ask(prompt, requestOf(), { signal: never });
    expect(server.requests).toHaveLength(1);
    const [seen] = server.requests;
    expect(seen).toMatchObject({
      path: expect.stringMatching(/^\/v1(beta)?\/models\/gemini-3\.8-flash:generateContent$/),
      vertex: false,
      system: prompt.system,
      user: prompt.user,
      body: {
        generationConfig: { maxOutputTokens: 1_234, thinkingConfig: { thinkingLevel: 'HIGH' } },
      },
    });
    expect(seen!.headers).toMatchObject({
      'x-goog-api-key': process.env.GEMINI_API_KEY,
      'x-server-timeout': '12',
    });
    expect(JSON.stringify(seen!.body)).not.toMatch(/candidateCount|temperature|topP|topK/);
  });

  test.each([
    ['MAX_TOKENS', /MAX_TOKENS.*thinking/],
    ['STOP', /no text/],
    ['SAFETY', /stopped with SAFETY/],
    ['RECITATION', /RECITATION/],
    ['PROHIBITED_CONTENT', /PROHIBITED_CONTENT/],
    ['SOMETHING_NEW', /SOMETHING_NEW/],
  ])('an empty text with %s is a value, not a fault', async (finish, why) => {
    server.push({ kind: 'empty', finish });
    const answer = await ask();
    expect(answer).toMatchObject({ finish, submission: null, answerText: '' });
    expect(answer.unusable).toMatch(why);
    expect(answer.costUsd).toBeGreaterThan(0);
  });

  test.each(['developer', 'vertex'] as const)(
    'what Google says of the end of an answer is told (%s)',
    async (kind) => {
      restore();
      restore = useEnvironment(server.env(kind));
      server.push({ kind: 'empty', finish: 'RECITATION', message: 'too near to "Elements", book IX' });
      expect((await ask()).unusable).toBe(
        'the model stopped with RECITATION: too near to "Elements", book IX',
      );
    },
  );

  test('structured: JSON is asked for by schema and read, another key in the store, and a cut one is no proof', async () => {
    const prover = proverOf({ answer: 'structured' });
    server.push({
      kind: 'text',
      text: JSON.stringify({
        plan: 'It commutes.',
        code: 'theorem add_swap (a b : Nat) : a + b = b + a := by\n  omega',
      }),
    });
    expect(await ask(prover)).toMatchObject({
      submission: { form: 'proof', text: 'by\n  omega' },
      unusable: null,
    });
    expect(server.requests[0]!.body).toMatchObject({
      generationConfig: {
        responseMimeType: 'application/json',
        responseJsonSchema: { required: ['plan', 'code'] },
      },
    });
    expect(server.requests[0]!.user).toContain('one JSON object');
    server.push({ kind: 'text', finish: 'MAX_TOKENS', text: '{"plan": "It commutes.", "code": "by ome' });
    expect(await ask(prover)).toMatchObject({ submission: null, unusable: expect.stringContaining('cut') });
    expect(prover.prompt(requestOf()).params).not.toEqual(proverOf().prompt(requestOf()).params);
    expect(JSON.stringify(proverOf().prompt(requestOf()))).not.toContain('JSON object');
  });

  test('a body that drips is ended by the time-out, and the server sees the socket close', async () => {
    server.push({ kind: 'drip', body: ' '.repeat(10_000), everyMs: 20 });
    const fault = await faultOf(ask(proverOf({ timeoutMs: 400 })));
    expect(fault).toMatchObject({ code: 'MODEL_TIMEOUT', retryable: true });
    await server.aborted(1);
  });

  test('a blocked prompt is a value that names the reason', async () => {
    server.push({ kind: 'blocked', reason: 'PROHIBITED_CONTENT', message: 'not this' });
    expect(await ask()).toMatchObject({
      submission: null,
      unusable: 'the prompt was blocked: PROHIBITED_CONTENT (not this)',
      finish: 'BLOCKED_PROHIBITED_CONTENT',
    });
  });

  test('of a cut answer only a closed block is read', async () => {
    server.push({
      kind: 'text',
      finish: 'MAX_TOKENS',
      text: 'Plan.\n```lean4\nby\n  induction a with\n  | zer',
    });
    expect(await ask()).toMatchObject({
      submission: null,
      unusable: expect.stringMatching(/MAX_TOKENS.*cut/),
    });
    server.push({ kind: 'text', finish: 'MAX_TOKENS', text: '```lean4\nby omega\n```\nIn other wo' });
    expect(await ask()).toMatchObject({ submission: { form: 'proof', text: 'by omega' }, unusable: null });
  });

  test('text of a refused answer is not taken for a proof', async () => {
    server.push({ kind: 'text', finish: 'SAFETY', text: '```lean4\nby omega\n```' });
    expect(await ask()).toMatchObject({ submission: null, unusable: 'the model stopped with SAFETY' });
  });

  test('the version that answered decides the price, and an unknown one has none', async () => {
    server.push({ kind: 'text', text: 'by omega', modelVersion: 'gemini-3.5-flash-lite' });
    const routed = await ask(proverOf({ model: 'gemini-2.5-flash' }));
    expect(routed.modelVersion).toBe('gemini-3.5-flash-lite');
    expect(routed.costUsd).toBeCloseTo((400 * 0.3 + 150 * 2.5) / 1e6, 12);
    server.push({ kind: 'text', text: 'by omega', modelVersion: 'gemini-9-ultra' });
    expect((await ask()).costUsd).toBeNull();
  });

  test('a cancelled request rejects with the reason of the caller and reaches the server within a second', async () => {
    server.push({ kind: 'hang' });
    const prover = proverOf();
    const controller = new AbortController();
    const work = faultOf(prover.ask(prover.prompt(requestOf()), requestOf(), { signal: controller.signal }));
    await server.arrived(1);
    const reason = new Error('the sibling has won');
    const at = Date.now();
    controller.abort(reason);
    expect(await work).toBe(reason);
    const seen = await server.aborted(1);
    expect(seen.abortedAt! - at).toBeLessThan(1_000);
  });

  test('a request that was cancelled before it began is never sent', async () => {
    const prover = proverOf();
    const reason = new Error('too late');
    const work = prover.ask(prover.prompt(requestOf()), requestOf(), { signal: AbortSignal.abort(reason) });
    expect(await faultOf(work)).toBe(reason);
    expect(server.requests).toHaveLength(0);
  });

  test('nothing is asked of a model by making provers, prompts, bounds, diagnoses or local candidates', async () => {
    const provers = createProvers({
      provers: { use: ['local'], profiles: { local: { kind: 'local' }, gemini: geminiProfile() } },
      prices: [],
    });
    const gemini = provers.get('gemini')!;
    gemini.upperBoundUsd(gemini.prompt(requestOf()));
    await gemini.diagnose();
    localProver.candidates(theoremOf());
    expect(server.requests).toHaveLength(0);
  });
});
