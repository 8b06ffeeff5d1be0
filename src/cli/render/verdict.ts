import type { Verdict } from '../../model/index.ts';
import { duration } from '../../words/units.ts';
import { verdictLine } from '../../words/verdict.ts';
import { renderDiagnostics } from './diagnostics.ts';
import { nearNameLines } from './near-names.ts';
import type { Paint } from './paint.ts';
import { indent } from './width.ts';

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
