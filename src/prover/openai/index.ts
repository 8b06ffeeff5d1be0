import { proverKind } from '../kind.ts';
import { DEFAULT_OPENAI, type OpenAiProfile, openaiTable } from './profile.ts';
import { OpenAiProver } from './prover.ts';

/** Names of models as servers have them: `deepseek-ai/DeepSeek-Prover-V2-7B`, `llama3:8b`. */
const MODEL = /^[\p{L}\p{N}][\p{L}\p{N}._:/+-]*$/u;

export const openai = proverKind<OpenAiProfile>({
  kind: 'openai',
  table: () => openaiTable,
  ready: {},
  bare: DEFAULT_OPENAI,
  guarded: ['base_url', 'api_key_env'],
  with: (profile, model) => ({ ...profile, model }),
  make: (name, profile, { prices }) => {
    const { model } = profile;
    return model !== null && MODEL.test(model)
      ? new OpenAiProver({ name, profile: { ...profile, model }, prices })
      : undefined;
  },
});
