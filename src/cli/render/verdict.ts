import type { Verdict } from '../../model/index.ts';
import { renderDiagnostics } from './diagnostics.ts';
import { nearNameLines } from './near-names.ts';
import type { Paint } from './paint.ts';
import { duration } from './units.ts';
import { indent } from './width.ts';

/** A verdict in one line, without its diagnostics. */
export const verdictLine = (v: Verdict): string => {
  switch (v.status) {
    case 'accepted':
      return `accepted; axioms: ${v.axioms.length === 0 ? 'none' : v.axioms.join(', ')}`;
    case 'conditional':
      return `conditional on ${v.on.join(', ')}`;
    case 'rejected':
      return 'rejected';
    case 'incomplete':
      return v.goals.length === 0 ? 'incomplete' : `incomplete: ${v.goals.length} open`;
    case 'dishonest':
      return `refused (${v.why}): ${v.detail}`;
    case 'exhausted':
      return 'a deterministic limit of Lean was reached';
    case 'timeout':
      return `no answer within ${duration(v.limitMs)}`;
    case 'crashed':
      return `ended Lean twice: ${v.detail}`;
    case 'badHeader':
      return `no such module: ${v.missing.join(', ')}`;
    case 'badChallenge':
      return 'the context or the statement itself does not elaborate';
  }
};

/** The whole verdict: the line, then what Lean said with the source under it. `source` = the full Lean text. */
export const renderVerdict = (v: Verdict, source: string | null, paint: Paint): string[] => {
  const colour = v.status === 'accepted' ? 'green' : v.status === 'conditional' ? 'yellow' : 'red';
  const lines = [`${paint(colour, verdictLine(v))} (${duration(v.ms)})`];
  if (v.status === 'badHeader') {
    if (v.near.length > 0) lines.push(`near names: ${v.near.join(', ')}`);
    lines.push(v.hint);
  }
  if (v.status === 'incomplete') lines.push(...v.goals.map((goal) => indent(goal, '  ')));
  if ('diagnostics' in v) {
    // An accepted proof's linter warnings say nothing about why it was accepted.
    const told = v.status === 'accepted' ? [] : v.diagnostics;
    lines.push(...renderDiagnostics(told, source, paint));
  }
  lines.push(...nearNameLines(v, paint));
  if (v.status === 'accepted') lines.push(...v.assurance.notes.map((note) => paint('dim', note)));
  return lines;
};
