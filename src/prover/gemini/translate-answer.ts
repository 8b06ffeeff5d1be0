import { z } from 'zod';
import type { Tokens } from '../../model/index.ts';
import { ModelFault } from '../fault.ts';

const count = z.number().nonnegative().optional();
/** What is read of a GenerateContentResponse; everything else in it is of no concern. */
const responseSchema = z.object({
  candidates: z
    .array(
      z.object({
        content: z
          .object({
            parts: z
              .array(z.object({ text: z.string().optional(), thought: z.boolean().optional() }))
              .optional(),
            /** Put there by our own `fetch` (fetch.ts). */
            finishMessage: z.string().optional(),
          })
          .optional(),
        finishReason: z.string().optional(),
        finishMessage: z.string().optional(),
      }),
    )
    .optional(),
  promptFeedback: z
    .object({ blockReason: z.string().optional(), blockReasonMessage: z.string().optional() })
    .optional(),
  usageMetadata: z
    .object({
      promptTokenCount: count,
      cachedContentTokenCount: count,
      candidatesTokenCount: count,
      thoughtsTokenCount: count,
      toolUsePromptTokenCount: count,
    })
    .optional(),
  modelVersion: z.string().optional(),
});

/** The parts of an answer that the provider decides; `unusable` says why there is no whole text. */
export type Answered = {
  readonly text: string;
  readonly finish: string;
  readonly unusable: string | null;
  readonly tokens: Tokens | null;
  readonly modelVersion: string | null;
};

/** Why an answer that ended so is not read, or null if it is; STOP is the only end that is whole. */
function whyUnusable(finish: string, text: string, detail: string): string | null {
  const more = detail === '' ? '' : `: ${detail}`;
  const empty = text.trim() === '';
  switch (finish) {
    case 'STOP':
    case 'FINISH_REASON_UNSPECIFIED':
      return empty ? `the model answered with no text${more}` : null;
    case 'MAX_TOKENS':
      return empty
        ? 'MAX_TOKENS: the output limit was spent on thinking and nothing was written; raise maxOutputTokens or lower the thinking level'
        : 'MAX_TOKENS: the answer is cut at the output limit';
    default:
      return `the model stopped with ${finish}${more}`;
  }
}

/** Reads the SDK's response. A response of another shape is a fault, since it says nothing of the theorem. */
export function translateAnswer(response: unknown): Answered {
  const parsed = responseSchema.safeParse(response);
  if (!parsed.success) {
    throw new ModelFault(
      'MODEL_BAD_ANSWER',
      `Gemini's answer has an unknown form: ${z.prettifyError(parsed.error)}`,
      { retryable: true },
    );
  }
  const { candidates, promptFeedback, usageMetadata: usage, modelVersion } = parsed.data;
  const tokens: Tokens | null =
    usage === undefined
      ? null
      : {
          input: (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0),
          cachedInput: usage.cachedContentTokenCount ?? 0,
          output: usage.candidatesTokenCount ?? 0,
          thoughts: usage.thoughtsTokenCount ?? 0,
        };
  const shared = { tokens, modelVersion: modelVersion ?? null };
  const first = candidates?.[0];
  if (first === undefined) {
    const reason = promptFeedback?.blockReason;
    if (reason === undefined) {
      throw new ModelFault('MODEL_BAD_ANSWER', 'Gemini answered with neither a candidate nor a reason.', {
        retryable: true,
      });
    }
    const detail = promptFeedback?.blockReasonMessage;
    const unusable = `the prompt was blocked: ${reason}${detail === undefined ? '' : ` (${detail})`}`;
    return { ...shared, text: '', finish: `BLOCKED_${reason}`, unusable };
  }
  const text = (first.content?.parts ?? [])
    .filter((part) => part.thought !== true)
    .map((part) => part.text ?? '')
    .join('');
  const finish = first.finishReason ?? 'FINISH_REASON_UNSPECIFIED';
  const detail = first.finishMessage ?? first.content?.finishMessage ?? '';
  return { ...shared, text, finish, unusable: whyUnusable(finish, text, detail) };
}
