import type { LeanIdentity } from '../../../lean/service.ts';
import { type Accepted, CHECKER_VERSION } from '../../model/index.ts';
import { plural } from '../../words/units.ts';
import { assuranceLine } from '../../words/verdict.ts';
import type { ExitCode } from '../exit.ts';
import { renderDiagnostics } from '../render/diagnostics.ts';
import { nearNameLines } from '../render/near-names.ts';
import type { Paint } from '../render/paint.ts';
import { indent } from '../render/width.ts';
import type { CheckedTarget } from './files.ts';
import { detailOf, judgementOf, reasonOf } from './judgement.ts';

const COLOUR = { accepted: 'green', refused: 'red', error: 'magenta' } as const;

/** The record of one target in `--json`. */
export const targetRecord = ({ name, verdict, place }: CheckedTarget): object => ({
  name,
  verdict: judgementOf(verdict),
  reason: reasonOf(verdict),
  detail: detailOf(verdict),
  file: place?.file ?? null,
  line: place?.line ?? null,
  column: place?.column ?? null,
  axioms: verdict.status === 'accepted' ? verdict.axioms : null,
  assurance: verdict.status === 'accepted' ? verdict.assurance : null,
  diagnostics: 'diagnostics' in verdict ? verdict.diagnostics : [],
  goals:
    verdict.status === 'incomplete'
      ? verdict.goals
      : verdict.status === 'rejected'
        ? (verdict.openGoals ?? []).map(({ goal }) => goal)
        : [],
  unknown: verdict.status === 'rejected' ? (verdict.unknown ?? []) : [],
  ms: Math.round(verdict.ms),
});

export const doneRecord = (
  targets: readonly CheckedTarget[],
  lean: LeanIdentity,
  exitCode: ExitCode,
): object => {
  const count = (what: string) => targets.filter((t) => judgementOf(t.verdict) === what).length;
  return {
    targets: targets.length,
    accepted: count('accepted'),
    refused: count('refused'),
    errors: count('error'),
    checker: CHECKER_VERSION,
    lean: lean.version,
    backend: lean.backend,
    sandbox: lean.sandbox,
    exitCode,
  };
};

/** A target for people; `sources` are the texts that places refer to, by file name. */
export const targetLines = (
  { name, verdict, place }: CheckedTarget,
  sources: Readonly<Record<string, string>>,
  paint: Paint,
): string[] => {
  const judgement = judgementOf(verdict);
  const where = place === null ? '' : ` ${paint('dim', `${place.file}:${place.line}:${place.column}`)}`;
  const reason = judgement === 'accepted' ? '' : ` ${reasonOf(verdict)}:`;
  const lines = [
    `${paint([COLOUR[judgement], 'bold'], judgement)} ${paint('bold', name)}${where}`,
    ` ${reason} ${judgement === 'accepted' ? `axioms: ${axioms(verdict as Accepted)}` : detailOf(verdict)}`,
  ];
  if (verdict.status === 'badHeader') {
    if (verdict.near.length > 0) lines.push(`  near names: ${verdict.near.join(', ')}`);
    lines.push(indent(verdict.hint, '  '));
  }
  if (judgement === 'accepted' || !('diagnostics' in verdict)) return lines;
  const errors = verdict.diagnostics.filter((d) => d.severity === 'error');
  const source = place === null ? null : (sources[place.file] ?? null);
  for (const told of renderDiagnostics(errors, source, paint)) lines.push(indent(told, '  '));
  for (const line of nearNameLines(verdict, paint)) lines.push(indent(line, '  '));
  if (verdict.status === 'incomplete') lines.push(...verdict.goals.map((goal) => indent(goal, '  ')));
  return lines;
};

const axioms = ({ axioms: all }: Accepted): string => (all.length === 0 ? 'none' : all.join(', '));

/** The lines under the targets: counts, who judged, and what an acceptance rests on. */
export const summaryLines = (
  targets: readonly CheckedTarget[],
  lean: LeanIdentity,
  paint: Paint,
): string[] => {
  const accepted = targets.flatMap(({ verdict }) => (verdict.status === 'accepted' ? [verdict] : []));
  const [first] = accepted;
  const all = accepted.length === targets.length;
  return [
    '',
    `${paint([all ? 'green' : 'red', 'bold'], `${accepted.length} of ${plural(targets.length, 'target')} accepted`)} · ` +
      `checker ${CHECKER_VERSION} · Lean ${lean.version} (${lean.backend}) · sandbox: ${lean.sandbox}`,
    ...(first === undefined
      ? []
      : [`checked: ${assuranceLine(first)}`, ...first.assurance.notes.map((note) => paint('dim', note))]),
  ];
};
