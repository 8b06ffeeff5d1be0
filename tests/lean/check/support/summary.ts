import type { Verdict } from '../../../../src/model/index.ts';

/** A verdict in the words of the case files. */
export const summary = (verdict: Verdict): string => {
  if (verdict.status === 'dishonest') return `dishonest: ${verdict.why}`;
  if (verdict.status === 'conditional') return `conditional: ${verdict.on.join(' ')}`;
  return verdict.status;
};
