import { buildPrompt } from '../../prompts/build.ts';
import type { Template } from './template.ts';

/** Any instruction-tuned model: proofloop's own prompt. */
export const chat: Template = {
  version: 1,
  form: 'chat',
  stop: [],
  render: (request) => buildPrompt(request),
  read: (written) => written,
};
