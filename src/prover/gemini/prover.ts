import type { GenerateContentConfig, GoogleGenAI, ThinkingLevel } from '@google/genai';
import type { GeminiProfile, Price } from '../../config/config.ts';
import type { BatchJobs } from '../batch.ts';
import { Deadline } from '../http/deadline.ts';
import { BATCH_PRICE_FACTOR, costOf, priceOfAnswer } from '../prices.ts';
import { buildPrompt } from '../prompts/build.ts';
import type { GenerateRequest, ModelProver, PromptSpec, RawAnswer } from '../prover.ts';
import { rawAnswer } from '../raw-answer.ts';
import { secretsOf } from '../redact.ts';
import { upperBound } from '../upper-bound.ts';
import { type Access, accessOf } from './access.ts';
import { geminiBatch } from './batch/jobs.ts';
import { createClient } from './client.ts';
import { diagnose } from './diagnose.ts';
import { STRUCTURED_CONFIG, STRUCTURED_NOTE } from './structured.ts';
import { translateAnswer } from './translate-answer.ts';
import { translateError } from './translate-error.ts';

export type GeminiOptions = {
  readonly name: string;
  readonly profile: GeminiProfile;
  readonly prices: readonly Price[];
  /** Milliseconds since the epoch; decides which dated price holds. */
  readonly now?: () => number;
};

/** Roles, turns and the like. */
const FRAME_TOKENS = 64;

type Client = { readonly ai: GoogleGenAI; readonly access: Access };

/** Gemini by @google/genai: the Developer API or Vertex AI. One HTTP request an `ask`, never a retry. */
export class GeminiProver implements ModelProver {
  readonly name: string;
  readonly model: string;
  readonly timeoutMs: number;
  readonly upperBoundUsd: ModelProver['upperBoundUsd'];
  readonly upperBoundTokens: ModelProver['upperBoundTokens'];
  readonly #profile: GeminiProfile;
  readonly #prices: readonly Price[];
  readonly #now: () => number;
  /** Of the Developer API only: Vertex AI takes its batches from a bucket. */
  readonly batch?: BatchJobs;
  #client: Promise<Client> | null = null;

  constructor({ name, profile, prices, now = Date.now }: GeminiOptions) {
    const { model, timeoutMs, maxOutputTokens } = profile;
    this.name = name;
    this.model = model;
    this.timeoutMs = timeoutMs;
    this.#profile = profile;
    this.#prices = prices;
    this.#now = now;
    const bound = upperBound({ frameTokens: FRAME_TOKENS, maxOutputTokens, timeoutMs, prices, now });
    this.upperBoundUsd = bound.upperBoundUsd;
    this.upperBoundTokens = bound.upperBoundTokens;
    if (!accessOf(profile, process.env).vertex) this.batch = this.#batch();
  }

  prompt(request: GenerateRequest): PromptSpec {
    const { system, user: asked, variant } = buildPrompt(request);
    const structured = this.#profile.answer === 'structured';
    const user = structured ? `${asked}\n\n${STRUCTURED_NOTE}` : asked;
    const params = {
      ...(structured && { answer: 'structured/1' }),
      prompt: variant,
      round: request.round,
      sample: request.sample,
      maxOutputTokens: this.#profile.maxOutputTokens,
      thinking: this.#profile.thinking,
    };
    return { model: this.model, system, user, params, variant };
  }

  async ask(
    prompt: PromptSpec,
    request: GenerateRequest,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<RawAnswer> {
    signal.throwIfAborted();
    const started = performance.now();
    const deadline = new Deadline(signal, this.timeoutMs);
    let access = accessOf(this.#profile, process.env);
    try {
      // The look-up of credentials takes no signal, so it is left behind when the caller gives up.
      const client = await deadline.race(this.#connect());
      access = client.access;
      const response = await deadline.race(this.#send(client.ai, prompt, deadline.signal));
      return this.#answer(translateAnswer(response), request, performance.now() - started);
    } catch (error) {
      signal.throwIfAborted();
      throw translateError(error, {
        access,
        model: prompt.model,
        timeoutMs: this.timeoutMs,
        timedOut: deadline.timedOut,
        secrets: secretsOf(process.env, [this.#profile.apiKeyEnv]),
      });
    } finally {
      deadline.end();
    }
  }

  diagnose(): ReturnType<ModelProver['diagnose']> {
    return diagnose(this.#profile, process.env);
  }

  #batch(): BatchJobs {
    return geminiBatch({
      model: this.model,
      timeoutMs: this.timeoutMs,
      connect: async () => (await this.#connect()).ai,
      config: (prompt) => this.#config(prompt),
      answer: ({ request }, response) => {
        const answer = this.#answer(translateAnswer(response), request, 0);
        const { costUsd } = answer;
        return { ...answer, costUsd: costUsd === null ? null : costUsd * BATCH_PRICE_FACTOR };
      },
      fault: (error) =>
        translateError(error, {
          access: accessOf(this.#profile, process.env),
          model: this.model,
          timeoutMs: this.timeoutMs,
          timedOut: false,
          secrets: secretsOf(process.env, [this.#profile.apiKeyEnv]),
        }),
    });
  }

  #config({ system }: PromptSpec): GenerateContentConfig {
    const { maxOutputTokens, thinking } = this.#profile;
    return {
      systemInstruction: system,
      maxOutputTokens,
      ...(this.#profile.answer === 'structured' ? STRUCTURED_CONFIG : {}),
      ...(thinking === null ? {} : { thinkingConfig: { thinkingLevel: thinking as ThinkingLevel } }),
    };
  }

  #connect(): Promise<Client> {
    // A failed construction is forgotten: the user may mend the environment of a long-lived worker's files.
    this.#client ??= createClient(this.#profile, process.env).catch((error: unknown) => {
      this.#client = null;
      throw error;
    });
    return this.#client;
  }

  #send(ai: GoogleGenAI, prompt: PromptSpec, abortSignal: AbortSignal): Promise<unknown> {
    return ai.models.generateContent({
      model: prompt.model,
      contents: [{ role: 'user', parts: [{ text: prompt.user }] }],
      config: {
        ...this.#config(prompt),
        // `retryOptions` stays unset: the workflow tries again.
        httpOptions: { timeout: this.timeoutMs },
        abortSignal,
      },
    });
  }

  #answer(answered: ReturnType<typeof translateAnswer>, request: GenerateRequest, ms: number): RawAnswer {
    const { text, finish, tokens, modelVersion, unusable } = answered;
    const price = priceOfAnswer(this.model, modelVersion, this.#now(), this.#prices);
    return rawAnswer(this.model, request, {
      ...{ text, finish, tokens, modelVersion, unusable, ms },
      written: { text, whole: unusable === null },
      readable: unusable === null || finish === 'MAX_TOKENS',
      costUsd: price === null || tokens === null ? null : costOf(price, tokens),
    });
  }
}
