import pLimit from 'p-limit';
import type { LeanService } from '../../../lean/service.ts';
import { leanText } from '../../lean-text/assemble.ts';
import { parseHeader } from '../../lean-text/imports.ts';
import type { Theorem } from '../../model/index.ts';
import { type Checked, type CheckOptions, checkDraft } from './check.ts';
import { type Duplicate, Ids } from './ids.ts';
import type { Draft, Item, Place } from './item.ts';
import { type RecordOptions, recordOf } from './record.ts';

/** What became of one thing that was read. */
export type Outcome = { readonly place: Place; readonly id: string | null } & (
  | { readonly status: 'imported'; readonly theorem: Theorem }
  | { readonly status: 'unchecked'; readonly theorem: Theorem; readonly missing: readonly string[] }
  | {
      readonly status: 'rejected';
      readonly code: string;
      readonly reason: string;
      /** As it would stand in the suite, to be mended by hand. */
      readonly theorem: Theorem | null;
    }
  | { readonly status: 'bad'; readonly reason: string }
);
export type ImportStatus = Outcome['status'];

export type Imported = {
  /** In the order of the sources. */
  readonly outcomes: readonly Outcome[];
  readonly duplicates: readonly Duplicate[];
  /** Read and left alone, since they belong to another split; how many of each (`''`: they name none). */
  readonly otherSplits: ReadonlyMap<string, number>;
  /** There was more when the limit was reached. */
  readonly cut: boolean;
};

export type ImportOptions = CheckOptions &
  RecordOptions & {
    readonly splits: readonly string[] | null;
    readonly limit: number | null;
    /** Lean text that stands before theorems whose source has no header. */
    readonly header: string | null;
    /** Statements that are given to Lean at once. */
    readonly jobs: number;
    readonly onNote?: (place: Place, text: string) => void;
    /** Called as each is done, in no particular order. */
    readonly onOutcome?: (outcome: Outcome) => void;
  };

/** Accounts for every item: imported, unchecked, rejected or bad. Rejects with faults of the Lean engine and of sources. */
export async function importItems(
  items: AsyncIterable<Item>,
  lean: Pick<LeanService, 'screen'>,
  options: ImportOptions,
): Promise<Imported> {
  const slots = pLimit(options.jobs);
  const stop = new AbortController();
  const ids = new Ids();
  const otherSplits = new Map<string, number>();
  const outcomes: Promise<Outcome>[] = [];
  const push = (outcome: Promise<Outcome>) => {
    const told = outcome.then((done) => {
      options.onOutcome?.(done);
      return done;
    });
    told.catch((error) => stop.abort(error));
    outcomes.push(told);
  };
  let cut = false;
  for await (const item of items) {
    stop.signal.throwIfAborted();
    if (item.kind === 'note') {
      options.onNote?.(item.place, item.text);
      continue;
    }
    if (item.kind === 'draft' && isOther(item.draft, options.splits)) {
      const split = item.draft.facts.split ?? '';
      otherSplits.set(split, (otherSplits.get(split) ?? 0) + 1);
      continue;
    }
    if (options.limit !== null && outcomes.length >= options.limit) {
      cut = true;
      break;
    }
    if (item.kind === 'bad') {
      const { place, id, reason } = item;
      push(Promise.resolve({ status: 'bad', place, id, reason }));
      continue;
    }
    const draft = withHeader(item.draft, options.header);
    const id = ids.assign(draft);
    push(
      slots(async () => {
        stop.signal.throwIfAborted();
        return outcomeOf(id, draft, await checkDraft(lean, draft, options, { signal: stop.signal }), options);
      }),
    );
  }
  return { outcomes: await Promise.all(outcomes), duplicates: ids.duplicates, otherSplits, cut };
}

const isOther = ({ facts }: Draft, splits: readonly string[] | null): boolean =>
  splits !== null && !splits.includes(facts.split ?? '');

function withHeader(draft: Draft, raw: string | null): Draft {
  if (raw === null || draft.own || draft.header !== '') return draft;
  const text = leanText(raw);
  const { end } = parseHeader(text);
  const context = text.slice(end).trim() === '' ? '' : `${text.slice(end).trimEnd()}\n\n`;
  return {
    ...draft,
    header: text.slice(0, end),
    context: context + draft.context,
    ...(draft.openContext === undefined ? {} : { openContext: context + draft.openContext }),
  };
}

function outcomeOf(id: string, draft: Draft, checked: Checked, options: RecordOptions): Outcome {
  const { place } = draft;
  const record = recordOf(id, draft, checked, options);
  if (checked.status === 'rejected') {
    const { code, reason } = checked;
    const theorem = 'theorem' in record ? record.theorem : null;
    return { status: 'rejected', place, id, code, reason, theorem };
  }
  if ('fault' in record) return { status: 'bad', place, id, reason: record.fault };
  const { theorem } = record;
  if (checked.status === 'imported') return { status: 'imported', place, id, theorem };
  return { status: 'unchecked', place, id, theorem, missing: checked.missing };
}

export type Counts = Readonly<Record<ImportStatus | 'in', number>>;

/** `in` is the sum of the others: nothing that was read is lost. */
export function countsOf(outcomes: readonly Outcome[]): Counts {
  const of = (status: ImportStatus) => outcomes.filter((o) => o.status === status).length;
  return {
    in: outcomes.length,
    imported: of('imported'),
    rejected: of('rejected'),
    unchecked: of('unchecked'),
    bad: of('bad'),
  };
}
