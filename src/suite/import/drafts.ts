import { type Cut, type CutText, cutText } from './cuts.ts';
import { bad, drafted, type Facts, type Item, type Place } from './item.ts';

/** What a reader knows of a Lean text besides the text. */
export type Reading = {
  /** Of a theorem whose keyword is on this line of the text. */
  readonly place: (line: number) => Place;
  /** Id of the theorem if it is the only one; several get their own names behind it. */
  readonly id: string;
  /** Ids are the theorems' own names, as in a file of many. */
  readonly ownIds?: boolean;
  readonly facts: Facts;
  readonly changes?: readonly string[];
  readonly autoImplicit?: boolean;
  /** What stands before this offset is context, theorems included. Default 0. */
  readonly from?: number;
  /** Of several proved theorems only the one of this name is meant, or the last. Absent: all of them. */
  readonly meant?: string;
};

/**
 * The theorems of a text that are to be proved: those without a whole proof; where there is none, the proved ones, whose
 * proofs are cut. Empty where the text holds no theorem.
 */
export function draftsOf(raw: string, reading: Reading): Item[] {
  const cut = cutText(raw);
  const { from = 0 } = reading;
  const own = cut.cuts.filter((c) => c.start >= from);
  const open = own.filter((c) => c.proof !== 'whole');
  return draftsOfCuts(cut, open.length > 0 ? open : meantOf(own, reading.meant), reading);
}

function meantOf(proved: readonly Cut[], meant: string | undefined): readonly Cut[] {
  if (meant === undefined) return proved;
  const named = proved.filter((c) => c.name === meant || c.name.endsWith(`.${meant}`));
  return (named.length > 0 ? named : proved).slice(-1);
}

/** Drafts of the chosen theorems. An unproved one is no part of another's context: records stand for themselves. */
export function draftsOfCuts(cut: CutText, chosen: readonly Cut[], reading: Reading): Item[] {
  const { place, facts, changes = [], autoImplicit } = reading;
  const unproved = cut.cuts.filter((c) => c.proof !== 'whole' && chosen.includes(c));
  return chosen.map((c): Item => {
    const id = reading.ownIds ? c.name : idOf(reading.id, c.name, chosen.length);
    if (c.inMutual) return bad(place(c.line), id, `theorem \`${c.name}\` stands in a \`mutual\` block`);
    const before = unproved.filter((other) => other.start < c.start);
    const openContext = cut.text.slice(cut.header.length, c.start);
    const { informal = c.doc ?? undefined } = facts;
    return drafted({
      place: place(c.line),
      id,
      name: c.name,
      header: withLineEnd(cut.header),
      context: withLineEnd(without(cut, c, before)),
      ...(before.length === 0 ? {} : { openContext: withLineEnd(openContext) }),
      statement: c.statement,
      facts: { ...facts, ...(informal === undefined || informal === '' ? {} : { informal }) },
      changes: [...changes, ...proofChange(c)],
      ...(autoImplicit === undefined ? {} : { autoImplicit }),
    });
  });
}

const idOf = (id: string, name: string, of: number): string =>
  of === 1 || id === name ? id : id === '' ? name : `${id}.${name}`;

function proofChange({ proof }: Cut): string[] {
  if (proof === 'whole') return ['its proof was cut'];
  return proof === 'partial' ? ['its proof, which has a `sorry` in it, was cut'] : [];
}

/** What stands between header and theorem, without the commands of others. */
function without({ text, header }: CutText, { start }: Cut, others: readonly Cut[]): string {
  let at = header.length;
  let kept = '';
  for (const other of others) {
    kept += text.slice(at, other.start);
    at = other.end;
  }
  return kept + text.slice(at, start);
}

/** A part ends with a line end, or is empty; a part of white space alone says nothing. */
const withLineEnd = (text: string): string => {
  if (text.trim() === '') return '';
  return text.endsWith('\n') ? text : `${text}\n`;
};
