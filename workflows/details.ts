import type { RunState } from './run/state.ts';
import { resultSummary, verdictLine } from './summaries.ts';
import { cut } from './text.ts';
import type { TheoremState } from './theorem/state.ts';

const FENCE = '```';

/** Markdown for the workflow's page in the Temporal UI. */
export const theoremDetails = (state: TheoremState): string => {
  const { theorem } = state.input;
  const lean = (text: string) => `${FENCE}lean\n${cut(text.trim(), 6_000)}\n${FENCE}`;
  const { result, lastVerdict } = state;
  return [
    `**${theorem.name}**`,
    lean(theorem.statement),
    result === null ? '' : `**${resultSummary(result)}**`,
    result?.submission ? lean(result.submission.text) : '',
    result === null || result.submission || lastVerdict === null ? '' : `Last: ${verdictLine(lastVerdict)}`,
    ...(result?.notes ?? []).map((note) => `- ${note}`),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

export const runDetails = (state: RunState): string => {
  const { basis, plan, limits, status } = state;
  const limit = limits.costUsd === null ? 'no cost limit' : `at most $${limits.costUsd}`;
  return [
    `**${basis.label}**: ${basis.total} theorems, ${limits.lanes} at a time, ${limit}`,
    `provers: ${plan.provers.join(', ')}; rounds ${plan.budget.rounds}, samples ${plan.budget.samples}`,
    `state: ${status}`,
  ].join('\n\n');
};
