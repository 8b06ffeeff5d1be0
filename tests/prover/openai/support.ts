import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Price } from '../../../src/config/config.ts';
import { DEFAULT_OPENAI, type OpenAiProfile } from '../../../src/prover/openai/profile.ts';
import { OpenAiProver } from '../../../src/prover/openai/prover.ts';
import type { GenerateRequest } from '../../../src/prover/prover.ts';
import { type OpenAiServer, startOpenAiServer } from '../../support/openai-server.ts';
import { requestOf, useEnvironment } from '../support.ts';

export const KEY = 'sk-scripted-0123456789abcdef';

/** A server of the test file's own; the environment holds `env` and no credentials beside. */
export const openAiWorld = (env: Readonly<Record<string, string>> = {}) => {
  const world = { server: undefined as unknown as OpenAiServer };
  let restore: () => void;
  beforeAll(async () => {
    world.server = await startOpenAiServer();
  });
  afterAll(() => world.server.close());
  beforeEach(() => {
    world.server.reset();
    restore = useEnvironment({ OPENAI_API_KEY: KEY, ...env });
  });
  afterEach(() => restore());

  const prover = (part: Partial<OpenAiProfile> = {}, prices: readonly Price[] = []) =>
    new OpenAiProver({
      name: 'openai',
      profile: {
        ...DEFAULT_OPENAI,
        model: 'prover',
        baseUrl: world.server.url,
        timeoutMs: 10_000,
        ...part,
      } as never,
      prices,
    });
  const ask = (
    p: OpenAiProver = prover(),
    request: GenerateRequest = requestOf(),
    signal = new AbortController().signal,
  ) => p.ask(p.prompt(request), request, { signal });
  return { world, prover, ask };
};

export const price = (input: number, output: number): Price => ({
  model: 'prover',
  input,
  cachedInput: input / 10,
  output,
  from: '2026-01-01',
  to: null,
});
