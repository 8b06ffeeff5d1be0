import { z } from 'zod';
import type { Tokens } from '../../model/index.ts';
import { ModelFault } from '../fault.ts';
import { isPage, pageText } from '../http/page.ts';
import { withoutThinking } from './reasoning.ts';

const count = z.number().nonnegative().nullish();
const text = z.string().nullish();
/** What is read of a chat completion or a completion; servers differ in everything else. */
const responseSchema = z.object({
  model: text,
  choices: z.array(
    z.object({
      finish_reason: text,
      /** Of /completions. */
      text,
      /** Of /chat/completions; `reasoning_content` (vLLM, DeepSeek) and `reasoning` (vLLM, Ollama) are thoughts. */
      message: z.object({ content: text, refusal: text, reasoning_content: text, reasoning: text }).nullish(),
    }),
  ),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish(),
      completion_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
    })
    .nullish(),
});
/** Gateways report a fault of the server behind them so. */
const errorSchema = z.object({ error: z.object({ message: z.string() }) });
type Usage = z.infer<typeof responseSchema>['usage'];

/** The parts of an answer that the server decides; `unusable` says why there is no whole text. */
export type Answered = {
  /** Without thoughts. */
  readonly text: string;
  readonly finish: string;
  /** The answer was cut at the output limit. */
  readonly cut: boolean;
  readonly unusable: string | null;
  readonly tokens: Tokens | null;
  readonly modelVersion: string | null;
};

function whyUnusable(finish: string, answer: string, thought: boolean): string | null {
  const empty = answer.trim() === '';
  switch (finish) {
    case 'stop':
    case 'unknown':
      return !empty
        ? null
        : thought
          ? 'the model thought, but answered with no text'
          : 'the model answered with no text';
    case 'length':
      return empty && thought
        ? 'length: the output limit was spent on thinking and nothing was written; raise max_output_tokens'
        : 'length: the answer is cut at the output limit';
    case 'content_filter':
      return 'the answer was withheld by a content filter (content_filter)';
    default:
      return `the model stopped with ${finish}`;
  }
}

const tokensOf = (usage: Usage): Tokens | null => {
  if (usage === null || usage === undefined) return null;
  const all = usage.completion_tokens ?? 0;
  const thoughts = Math.min(all, usage.completion_tokens_details?.reasoning_tokens ?? 0);
  const input = usage.prompt_tokens ?? 0;
  return {
    input,
    cachedInput: Math.min(input, usage.prompt_tokens_details?.cached_tokens ?? 0),
    output: all - thoughts,
    thoughts,
  };
};

const bad = (what: string) => new ModelFault('MODEL_BAD_ANSWER', what, { retryable: true });

/** Reads what the SDK returned. Another shape is a fault, since it says nothing of the theorem. */
export function translateAnswer(response: unknown, where: string): Answered {
  // The SDK hands a body that is not called JSON on as text.
  if (typeof response === 'string')
    throw bad(
      `${where} answered with ${isPage(response) ? 'a page' : 'a text'} instead of JSON: ${pageText(response).slice(0, 200)}`,
    );
  const failed = errorSchema.safeParse(response);
  if (failed.success)
    throw bad(`${where} answered with an error under HTTP 200: ${failed.data.error.message}`);
  const parsed = responseSchema.safeParse(response);
  if (!parsed.success)
    throw bad(`The answer of ${where} has an unknown form: ${z.prettifyError(parsed.error)}`);
  const { choices, usage, model } = parsed.data;
  const [choice] = choices;
  if (choice === undefined) throw bad(`${where} answered with no choice.`);
  const { message } = choice;
  const raw = message?.content ?? choice.text ?? '';
  const answer = withoutThinking(raw);
  const thought = answer !== raw.trim() || Boolean(message?.reasoning_content ?? message?.reasoning);
  const finish = choice.finish_reason ?? 'unknown';
  const refusal = message?.refusal;
  return {
    text: answer,
    finish,
    cut: finish === 'length',
    unusable: refusal ? `the model refused: ${refusal}` : whyUnusable(finish, answer, thought),
    tokens: tokensOf(usage),
    modelVersion: model ?? null,
  };
}
