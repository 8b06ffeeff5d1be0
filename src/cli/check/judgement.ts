import type { Diagnostic, Position, Verdict } from '../../model/index.ts';
import { verdictLine } from '../../words/verdict.ts';
import { EXIT, type ExitCode } from '../exit.ts';

/** `error`: nothing was judged (no such module, a challenge that is none, Lean ended, no answer in time). */
export const JUDGEMENTS = ['accepted', 'refused', 'error'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

const OF_STATUS = {
  accepted: 'accepted',
  conditional: 'refused',
  rejected: 'refused',
  incomplete: 'refused',
  dishonest: 'refused',
  exhausted: 'refused',
  timeout: 'error',
  crashed: 'error',
  badHeader: 'error',
  badChallenge: 'error',
} as const satisfies Record<Verdict['status'], Judgement>;

export const judgementOf = (verdict: Verdict): Judgement => OF_STATUS[verdict.status];

/** A stable code: the status of the verdict, or for `dishonest` what was tried (`statement`, `axiom`, `refused-token`, …). */
export const reasonOf = (verdict: Verdict): string =>
  verdict.status === 'dishonest' ? verdict.why.replace(' ', '-') : verdict.status;

/** What one line can say of it beside the reason: the first error where there is one. */
export const detailOf = (verdict: Verdict): string => {
  if (verdict.status === 'dishonest') return verdict.detail;
  return firstError(verdict)?.text.trim().split('\n')[0] ?? verdictLine(verdict);
};

const firstError = (verdict: Verdict): Diagnostic | undefined =>
  'diagnostics' in verdict ? verdict.diagnostics.find((d) => d.severity === 'error') : undefined;

/** Where the first error is, or null where nothing tells. */
export const errorPlace = (verdict: Verdict): Position | null => firstError(verdict)?.pos ?? null;

/** 1 if anything could not be judged, else 2 if anything is refused. */
export const exitFor = (verdicts: readonly Verdict[]): ExitCode => {
  const all = verdicts.map(judgementOf);
  if (all.includes('error')) return EXIT.fault;
  return all.every((one) => one === 'accepted') ? EXIT.ok : EXIT.unsolved;
};
