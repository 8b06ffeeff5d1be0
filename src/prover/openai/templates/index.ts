import { chat } from './chat.ts';
import { deepseekProverV15 } from './deepseek-prover-v1.5.ts';
import { deepseekProverV2 } from './deepseek-prover-v2.ts';
import { goedelProverV2 } from './goedel-prover-v2.ts';
import { kiminaProver } from './kimina-prover.ts';
import type { TemplateName } from './names.ts';
import type { Template } from './template.ts';

export const TEMPLATES: Readonly<Record<TemplateName, Template>> = {
  chat,
  'deepseek-prover-v1.5': deepseekProverV15,
  'deepseek-prover-v2': deepseekProverV2,
  'goedel-prover-v2': goedelProverV2,
  'kimina-prover': kiminaProver,
};
