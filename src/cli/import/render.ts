import type { LeanIdentity } from '../../../lean/service.ts';
import type { Duplicate } from '../../suite/import/ids.ts';
import { type Counts, countsOf, type Imported, type Outcome } from '../../suite/import/import.ts';
import type { Place } from '../../suite/import/item.ts';
import { MAPPED_NOTE } from '../../suite/notes.ts';
import { count, plural } from '../../words/units.ts';
import type { ExitCode } from '../exit.ts';
import type { Paint } from '../render/paint.ts';
import type { Outputs } from './output.ts';

/** Faults and doubles that are listed one by one on a screen; all of them are in the files. */
const MOST = 20;

const placeText = ({ file, line }: Place): string => `${file}:${line}`;

/** The record of one outcome in `--json`. */
export const outcomeRecord = (outcome: Outcome): object => {
  const { status, id, place } = outcome;
  const { file, line } = place;
  const common = { status, id, file, line };
  if (status === 'bad') return { ...common, reason: outcome.reason };
  if (status === 'rejected') return { ...common, code: outcome.code, reason: outcome.reason };
  const { changes = [] } = outcome.theorem;
  return { ...common, changes, ...(status === 'unchecked' ? { missing: outcome.missing } : {}) };
};

export const duplicateRecord = ({ what, id, place, of }: Duplicate): object => ({
  what,
  id,
  ...place,
  of: { id: of.id, ...of.place },
});

export const doneRecord = (
  imported: Imported,
  outputs: Outputs | null,
  lean: LeanIdentity,
  mapCore: boolean,
  exitCode: ExitCode,
): object => ({
  ...countsOf(imported.outcomes),
  duplicates: imported.duplicates.length,
  otherSplits: Object.fromEntries(imported.otherSplits),
  limited: imported.cut,
  output: outputs?.suite ?? null,
  rejectedOutput: outputs?.rejected ?? null,
  mapped: mapCore ? 'core' : null,
  lean: lean.version,
  backend: lean.backend,
  exitCode,
});

/** The end of an import for people. */
export function summaryLines(
  imported: Imported,
  outputs: Outputs | null,
  lean: LeanIdentity,
  mapCore: boolean,
  paint: Paint,
): string[] {
  const counts = countsOf(imported.outcomes);
  return [
    ...faultLines(imported.outcomes, outputs, paint),
    ...duplicateLines(imported.duplicates),
    countsLine(counts, lean, paint),
    ...fileLines(counts, outputs),
    ...leftLines(imported),
    ...uncheckedLines(imported.outcomes, lean),
    ...(mapCore && counts.imported + counts.unchecked > 0 ? [paint('yellow', MAPPED_NOTE)] : []),
  ];
}

function faultLines(outcomes: readonly Outcome[], outputs: Outputs | null, paint: Paint): string[] {
  const faults = outcomes.flatMap((o) => (o.status === 'rejected' || o.status === 'bad' ? [o] : []));
  const lines = faults.slice(0, MOST).map((o) => {
    const name = o.id === null ? '' : ` ${paint('bold', o.id)}`;
    return `${paint(o.status === 'bad' ? 'magenta' : 'red', o.status)}${name} ${paint('dim', placeText(o.place))}  ${o.reason}`;
  });
  const more = faults.length - lines.length;
  const where = outputs === null ? '' : `, all in ${outputs.rejected}`;
  return more > 0 ? [...lines, `… and ${count(more)} more${where}`] : lines;
}

function duplicateLines(duplicates: readonly Duplicate[]): string[] {
  const lines = duplicates.slice(0, MOST).map(({ what, id, place, of }) => {
    const said = what === 'id' ? 'has the id of' : 'states the same as';
    return `duplicate: ${id} (${placeText(place)}) ${said} ${of.id} (${placeText(of.place)}); both are kept`;
  });
  const more = duplicates.length - lines.length;
  return more > 0 ? [...lines, `… and ${plural(more, 'more duplicate')}`] : lines;
}

const countsLine = (counts: Counts, lean: LeanIdentity, paint: Paint): string =>
  `${paint('bold', `${count(counts.in)} read`)}: ${paint('green', `${count(counts.imported)} imported`)}, ` +
  `${count(counts.rejected)} rejected, ${count(counts.unchecked)} unchecked, ${count(counts.bad)} bad` +
  ` · Lean ${lean.version} (${lean.backend})`;

function fileLines(counts: Counts, outputs: Outputs | null): string[] {
  if (outputs === null) return [];
  const kept = counts.imported + counts.unchecked;
  const lost = counts.rejected + counts.bad;
  return [
    kept > 0
      ? `${outputs.suite}: ${plural(kept, 'theorem')}; run it with proofloop bench ${outputs.suite}`
      : `no suite was written: nothing of it can be used`,
    ...(lost > 0 ? [`${outputs.rejected}: ${count(lost)} with their reasons`] : []),
  ];
}

function leftLines({ otherSplits, cut }: Imported): string[] {
  const splits = [...otherSplits].map(
    ([split, n]) => `${count(n)} of ${split === '' ? 'no split' : `\`${split}\``}`,
  );
  return [
    ...(splits.length > 0 ? [`not chosen by --split: ${splits.join(', ')}`] : []),
    ...(cut ? ['--limit was reached; what follows was not read'] : []),
  ];
}

function uncheckedLines(outcomes: readonly Outcome[], lean: LeanIdentity): string[] {
  const unchecked = outcomes.flatMap((o) => (o.status === 'unchecked' ? [o] : []));
  if (unchecked.length === 0) return [];
  const modules = [...new Set(unchecked.flatMap((o) => o.missing))].slice(0, 5).join(', ');
  return [
    `unchecked: nobody has elaborated ${plural(unchecked.length, 'statement')}, since Lean ${lean.version} (${lean.backend}) lacks ${modules}. ` +
      'With a Lean that has it: --lean-profile or --lean-command; --map-core states in core Lean what can be stated there.',
  ];
}
