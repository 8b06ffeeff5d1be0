import type { Prompt } from './build.ts';

/** Tokens of a prompt, and who counted them. */
export type TokenCount = {
  readonly tokens: number;
  /** Bytes of UTF-8: no tokenizer that we know makes more than one token of a byte. */
  readonly atMost: number;
  readonly tokenizer: string;
  /** The model's own tokenizer; else the count is an estimate for it. */
  readonly own: boolean;
  readonly note: string;
};

/** OpenAI's models since gpt-4o, and gpt-oss, share this vocabulary (github.com/openai/tiktoken, model.py). */
const O200K = /^(openai\/)?(gpt-4o|gpt-4\.1|gpt-4\.5|gpt-5|gpt-oss|o1|o3|o4|chatgpt-4o)/;

const TOKENIZER = 'o200k_base (npm gpt-tokenizer)';

/** Marks such as `<|endoftext|>` are text here: who writes them into a theorem shall not end the prompt. */
const AS_TEXT = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };

/** Counts offline, without the few tokens that a provider puts round the two parts. */
export async function countTokens(
  { system, user }: Pick<Prompt, 'system' | 'user'>,
  model: string,
): Promise<TokenCount> {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base');
  const own = O200K.test(model);
  return {
    tokens: count(system, AS_TEXT) + count(user, AS_TEXT),
    atMost: Buffer.byteLength(system) + Buffer.byteLength(user),
    tokenizer: TOKENIZER,
    own,
    note: own
      ? `the tokenizer of ${model}`
      : `an estimate for ${model}, whose own tokenizer is not at hand offline; at most one token a byte`,
  };
}
