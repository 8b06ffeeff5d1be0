import { openTheorem, repairOf } from './parts.ts';
import type { Template } from './template.ts';

const FENCE = '```';

/**
 * DeepSeek-Prover-V1.5 in its completion form: an instruction, then an OPEN code block that ends in `:= by`. The model
 * writes the tactics; its answer ends at the next fence, where the server is told to stop as well.
 */
export const deepseekProverV15: Template = {
  version: 1,
  form: 'completion',
  stop: [FENCE],
  render: (request) => ({
    system: '',
    user: `Complete this Lean 4 code.${repairOf(request)}\n\n${FENCE}lean4\n${openTheorem(request.theorem)}\n`,
  }),
  read: ({ text, whole }, { theorem }) => {
    const end = text.indexOf(FENCE);
    const body = end < 0 ? text : text.slice(0, end);
    const code = `${theorem.statement.trimEnd()} := by\n${indented(body)}`;
    return end >= 0 || whole
      ? { text: `${FENCE}lean4\n${code.trimEnd()}\n${FENCE}`, whole: true }
      : { text: `${FENCE}lean4\n${code}`, whole: false };
  },
};

/** A first line without indentation (its spaces were in the prompt) gets that of the lines behind it, at least two. */
const indented = (body: string): string => {
  const lines = body.replace(/^\n+/, '').split('\n');
  const [first = '', ...rest] = lines;
  if (/^\s/.test(first)) return lines.join('\n');
  const next = rest.find((line) => line.trim() !== '');
  const indent = /^ */.exec(next ?? '')![0];
  // All lines at the margin: the whole block is moved, else the first line alone.
  return indent === ''
    ? lines.map((line) => (line === '' ? line : `  ${line}`)).join('\n')
    : [`${indent}${first}`, ...rest].join('\n');
};
