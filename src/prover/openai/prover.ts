import type { OpenAI } from 'openai';
import type { Price } from '../../config/config.ts';
import { Deadline } from '../http/deadline.ts';
import { costOf, isFree, priceAt } from '../prices.ts';
import type { GenerateRequest, ModelProver, PromptSpec, RawAnswer } from '../prover.ts';
import { rawAnswer } from '../raw-answer.ts';
import { redact, secretsOf } from '../redact.ts';
import { upperBound } from '../upper-bound.ts';
import { createClient } from './client.ts';
import { diagnose } from './diagnose.ts';
import { OPENAI, placeOf } from './place.ts';
import type { OpenAiProfile } from './profile.ts';
import { TEMPLATES } from './templates/index.ts';
import type { Template } from './templates/template.ts';
import { type Answered, translateAnswer } from './translate-answer.ts';
import { translateError } from './translate-error.ts';

export type OpenAiOptions = {
  readonly name: string;
  readonly profile: OpenAiProfile & { readonly model: string };
  readonly prices: readonly Price[];
  /** Milliseconds since the epoch; decides which dated price holds. */
  readonly now?: () => number;
};

/** What a chat template puts around the turns, as tokens. */
const FRAME_TOKENS = 256;

/** Any endpoint that speaks OpenAI's API, by the official package. One HTTP request an `ask`, never a retry. */
export class OpenAiProver implements ModelProver {
  readonly name: string;
  readonly model: string;
  readonly timeoutMs: number;
  readonly upperBoundUsd: ModelProver['upperBoundUsd'];
  readonly upperBoundTokens: ModelProver['upperBoundTokens'];
  readonly #profile: OpenAiProfile;
  readonly #template: Template;
  readonly #prices: readonly Price[];
  readonly #now: () => number;

  constructor({ name, profile, prices, now = Date.now }: OpenAiOptions) {
    const { model, timeoutMs, maxOutputTokens } = profile;
    this.name = name;
    this.model = model;
    this.timeoutMs = timeoutMs;
    this.#profile = profile;
    this.#template = TEMPLATES[profile.template];
    this.#prices = prices;
    this.#now = now;
    const bound = upperBound({ frameTokens: FRAME_TOKENS, maxOutputTokens, timeoutMs, prices, now });
    this.upperBoundUsd = bound.upperBoundUsd;
    this.upperBoundTokens = bound.upperBoundTokens;
  }

  prompt(request: GenerateRequest): PromptSpec {
    const { system, user, variant } = this.#template.render(request);
    const { template, maxOutputTokens, temperature, topP, reasoningEffort, body } = this.#profile;
    const { baseUrl } = placeOf(this.#profile, process.env);
    const params = {
      template: `${template}/${this.#template.version}`,
      // The same name at another address may be another model.
      endpoint: baseUrl === OPENAI ? 'openai' : redact(baseUrl),
      round: request.round,
      sample: request.sample,
      maxOutputTokens,
      temperature,
      topP,
      reasoningEffort,
      body,
    };
    return { model: this.model, system, user, params, ...(variant !== undefined && { variant }) };
  }

  async ask(
    prompt: PromptSpec,
    request: GenerateRequest,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<RawAnswer> {
    signal.throwIfAborted();
    const started = performance.now();
    const deadline = new Deadline(signal, this.timeoutMs);
    const place = placeOf(this.#profile, process.env);
    try {
      const client = await createClient(place, this.timeoutMs);
      const response = await deadline.race(this.#send(client, prompt, deadline.signal));
      const answered = translateAnswer(response, redact(place.baseUrl));
      return this.#answer(answered, request, performance.now() - started);
    } catch (error) {
      signal.throwIfAborted();
      throw translateError(error, {
        place,
        model: prompt.model,
        timeoutMs: this.timeoutMs,
        timedOut: deadline.timedOut,
        secrets: secretsOf(process.env, [place.keyVariable]),
        now: this.#now(),
      });
    } finally {
      deadline.end();
    }
  }

  diagnose(): ReturnType<ModelProver['diagnose']> {
    return diagnose(placeOf(this.#profile, process.env), this.model);
  }

  #send(client: OpenAI, prompt: PromptSpec, signal: AbortSignal): Promise<unknown> {
    const { maxOutputTokens, limitField, temperature, topP, reasoningEffort, body } = this.#profile;
    const { form, stop } = this.#template;
    // OpenAI's newer models refuse the old name, most other servers do not know the new one.
    const limit =
      form === 'completion' ||
      (limitField ?? (client.baseURL === OPENAI ? '' : 'max_tokens')) === 'max_tokens'
        ? 'max_tokens'
        : 'max_completion_tokens';
    const common = {
      ...body,
      model: prompt.model,
      [limit]: maxOutputTokens,
      ...(temperature === null ? {} : { temperature }),
      ...(topP === null ? {} : { top_p: topP }),
      ...(reasoningEffort === null ? {} : { reasoning_effort: reasoningEffort }),
      ...(stop.length === 0 ? {} : { stop: [...stop] }),
    };
    if (form === 'completion')
      return client.completions.create({ ...common, prompt: prompt.user } as never, { signal });
    const system = prompt.system === '' ? [] : [{ role: 'system', content: prompt.system }];
    const messages = [...system, { role: 'user', content: prompt.user }];
    return client.chat.completions.create({ ...common, messages } as never, { signal });
  }

  #answer(answered: Answered, request: GenerateRequest, ms: number): RawAnswer {
    const { text, finish, cut, unusable, tokens, modelVersion } = answered;
    return rawAnswer(this.model, request, {
      ...{ text, finish, tokens, modelVersion, unusable, ms },
      written: this.#template.read({ text, whole: !cut }, request),
      readable: unusable === null || cut,
      costUsd: this.#cost(answered),
    });
  }

  /** By the price of the model that answered if it has one, else of the one that was asked: servers name theirs freely. */
  #cost({ tokens, modelVersion }: Answered): number | null {
    const at = (model: string) => priceAt(model, this.#now(), this.#prices);
    const price = (modelVersion === null ? null : at(modelVersion)) ?? at(this.model);
    if (price === null) return null;
    // What costs nothing costs nothing, also where the server does not count.
    if (isFree(price)) return 0;
    return tokens === null ? null : costOf(price, tokens);
  }
}
