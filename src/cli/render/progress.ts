import {
  isFromStore,
  type RunProgress,
  type TheoremProgress,
  type TheoremResult,
} from '../../model/index.ts';
import { dollars, duration } from '../../words/units.ts';
import { whyNot } from '../../words/why-not.ts';
import { OUTCOME_STYLE } from './outcome.ts';
import type { Paint } from './paint.ts';
import { cut, padEnd } from './width.ts';

const MARK = { solved: '✓', unsolved: '✗', conditional: '~', refuted: '!', error: '!' } as const;

const PHASE: Record<TheoremProgress['phase'], string> = {
  queued: 'waits for its turn',
  cache: 'looks for a stored proof',
  local: 'local prover in Lean',
  refute: 'looks for a counterexample',
  sketch: 'proves in steps',
  model: 'asks the model',
  lean: 'Lean checks',
  done: 'done',
};

const phaseText = (t: TheoremProgress): string => {
  if (t.paused) return 'paused';
  const round = t.round > 0 ? `round ${t.round}, ` : '';
  const tried = t.attempts > 0 ? `, ${t.attempts} tried` : '';
  return `${round}${PHASE[t.phase]}${tried}`;
};

/** While a run goes on, what found no money of the run may find some yet. */
const whySoFar = (r: TheoremResult): string => {
  const { outcome, stoppedBy: by, stoppedScope } = r;
  if (outcome !== 'unsolved' || stoppedScope !== 'run' || (by !== 'cost' && by !== 'tokens'))
    return whyNot(r);
  return `no ${by === 'cost' ? 'money' : 'tokens'} of the run free for a request`;
};

/** `✓ id  solved  local  1.2 s`: the line that stays when a theorem is through. */
export const resultLine = (r: TheoremResult, paint: Paint): string => {
  const style = OUTCOME_STYLE[r.outcome];
  const facts = [
    r.outcome === 'solved' ? (isFromStore(r) ? 'from the store' : r.prover) : cut(whySoFar(r), 60),
    r.attempts > 0 ? `${r.attempts} tried` : null,
    duration(r.ledger.totalMs),
    (r.ledger.costUsd ?? 0) > 0 ? dollars(r.ledger.costUsd) : null,
  ].filter((fact) => fact !== null && fact !== '');
  return `${paint(style, MARK[r.outcome])} ${r.theoremId}  ${paint(style, r.outcome)}  ${paint('dim', facts.join(', '))}`;
};

/** `12 of 20: 11 solved, 1 unsolved; 4 in work; $0.12; 34.1 s`. */
export const countsLine = (p: RunProgress, elapsedMs: number): string => {
  const told = Object.entries(p.outcomes).flatMap(([o, n]) => (n > 0 ? [`${n} ${o}`] : []));
  const through = Object.values(p.outcomes).reduce((sum, n) => sum + n, 0);
  const done = `${through} of ${p.total}${told.length > 0 ? `: ${told.join(', ')}` : ''}`;
  const state = p.state === 'running' ? `${p.running.length} in work` : p.state;
  const spent = (p.spentUsd ?? 0) > 0 ? [dollars(p.spentUsd)] : [];
  return [done, state, ...spent, duration(elapsedMs)].join('; ');
};

/** Theorems in work that have a line of their own. */
const MOST_LINES = 12;

/** The part of the screen that is drawn anew: a line a theorem in work, then the counts. */
export const liveLines = (
  p: RunProgress,
  elapsedMs: number,
  tick: number,
  width: number,
  paint: Paint,
): string[] => {
  const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
  const spin = paint('cyan', frames[tick % frames.length]!);
  const shown = p.running.slice(0, MOST_LINES);
  const more = p.running.length - shown.length;
  const names = Math.min(40, Math.max(0, ...shown.map((t) => t.theoremId.length)));
  return [
    ...shown.map((t) => `${spin} ${cut(`${padEnd(t.theoremId, names)}  ${phaseText(t)}`, width - 3)}`),
    ...(more > 0 ? [paint('dim', cut(`  and ${more} more`, width - 1))] : []),
    paint('dim', cut(countsLine(p, elapsedMs), width - 1)),
  ];
};

/** The same for a log: one line that says where the run stands. */
export const plainLine = (p: RunProgress, elapsedMs: number): string => {
  const inWork = p.running.slice(0, 3).map((t) => `${t.theoremId} (${phaseText(t)})`);
  const more = p.running.length > 3 ? ` and ${p.running.length - 3} more` : '';
  return `… ${countsLine(p, elapsedMs)}${inWork.length > 0 ? `; now ${inWork.join(', ')}${more}` : ''}`;
};
