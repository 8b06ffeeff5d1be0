import { readTheorem } from '../parse.ts';
import { draftsOf } from './drafts.ts';
import {
  difficultyOf,
  ID_FIELDS,
  INFORMAL_FIELDS,
  type Row,
  textOf,
  withoutMarks,
  wordsOf,
} from './facts.ts';
import type { RowForm } from './formats.ts';
import { bad, drafted, type Facts, type Item, type Place } from './item.ts';
import { wholeText } from './whole-text.ts';

/** Fields that hold the Lean text of a record, the likeliest first. */
const LEAN_FIELDS = [
  'formal_statement',
  'lean4_code',
  'lean_code',
  'lean4_statement',
  'formal_theorem',
  'code',
] as const;

type Form = {
  readonly name: RowForm;
  /** Told by the fields that it has. */
  readonly fits: (row: Row) => boolean;
  readonly read: (row: Row, place: Place) => Item[];
};

const isText = (value: unknown): boolean => typeof value === 'string';

const FORMS: readonly Form[] = [
  {
    name: 'proofloop',
    fits: (row) => isText(row.statement) && !LEAN_FIELDS.some((field) => isText(row[field])),
    read: readOwn,
  },
  {
    name: 'minicodeprops',
    fits: (row) => isText(row.prop_defn),
    read: (row, place) =>
      readLean(row, place, {
        fields: ['prop_defn'],
        header: textOf(row, 'deps') ?? '',
        // Its project leaves Lean's own default as it is.
        autoImplicit: true,
      }),
  },
  {
    name: 'proofnet',
    fits: (row) => isText(row.formal_statement) && 'informal_stmt' in row,
    read: (row, place) => readLean(row, place, { fields: ['formal_statement'] }),
  },
  {
    name: 'prover',
    fits: (row) => LEAN_FIELDS.some((field) => isText(row[field])),
    read: (row, place) => readLean(row, place, { fields: LEAN_FIELDS }),
  },
];

/** The theorems of one record; a record that holds none is bad. */
export function readRow(value: unknown, place: Place, form: RowForm | 'auto'): Item[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
    return [bad(place, null, `a record is a JSON object, and this is ${what}`)];
  }
  const row = value as Row;
  const chosen = FORMS.find((f) => (form === 'auto' ? f.fits(row) : f.name === form));
  if (chosen === undefined) {
    const has = Object.keys(row).slice(0, 12).join(', ');
    const known = ['statement', 'prop_defn', ...LEAN_FIELDS].join(', ');
    return [bad(place, idOf(row), `no field with a Lean statement (${known}); it has ${has || 'none'}`)];
  }
  return chosen.read(row, place);
}

function readOwn(row: Row, place: Place): Item[] {
  const read = readTheorem(row);
  if ('fault' in read) return [bad(place, idOf(row), read.fault)];
  const { id, name, header, context, statement, changes = [], mapped, ownContext, ...rest } = read.theorem;
  if (ownContext !== undefined) return [bad(place, id, '`ownContext` belongs to files, not to suites')];
  const { informal, difficulty, category, source, split, toolchain, licence } = rest;
  const facts = { informal, difficulty, category, source, split, toolchain, licence };
  return [
    drafted({
      ...{ place, id, name, header, context, statement, facts, changes },
      own: true,
      ...(mapped === undefined ? {} : { mapped }),
    }),
  ];
}

type LeanRow = {
  readonly fields: readonly string[];
  readonly header?: string;
  readonly autoImplicit?: boolean;
};

function readLean(row: Row, place: Place, how: LeanRow): Item[] {
  const id = idOf(row);
  const field = how.fields.find((f) => isText(row[f]) && String(row[f]).trim() !== '');
  if (field === undefined) {
    const [first] = how.fields as [string];
    return [bad(place, id, `\`${first}\` is missing or no text${first in row ? ' to read' : ''}`)];
  }
  const header = how.header ?? (isText(row.header) ? String(row.header) : '');
  const whole = wholeText(header, String(row[field]));
  const items = draftsOf(whole.text, {
    place: () => place,
    id: id ?? '',
    facts: factsOf(row),
    changes: whole.changes,
    from: whole.from,
    meant: textOf(row, 'name', 'theorem_name', 'full_name') ?? id ?? '',
    ...(how.autoImplicit === undefined ? {} : { autoImplicit: how.autoImplicit }),
  });
  if (items.length > 0) return items.map((item) => named(item, place));
  return [bad(place, id, `\`${field}\` states no \`theorem\` or \`lemma\`: ${quoted(String(row[field]))}`)];
}

/** A record without an id of its own has the name of its theorem. */
const named = (item: Item, place: Place): Item =>
  item.kind === 'draft' && item.draft.id === ''
    ? { ...item, draft: { ...item.draft, id: item.draft.name, place } }
    : item;

const idOf = (row: Row): string | null => textOf(row, ...ID_FIELDS) ?? null;

const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** What a record says of its theorem, under the names that the field's sets have for it. */
export function factsOf(row: Row): Facts {
  const informal = textOf(row, ...INFORMAL_FIELDS);
  return {
    informal: informal === undefined ? undefined : withoutMarks(informal),
    difficulty: difficultyOf(row.difficulty ?? row.score ?? row.level),
    category: wordsOf(row, 'category', 'domain', 'subject', 'topic', 'tags'),
    split: textOf(row, 'split'),
    source: textOf(row, 'source', 'data_source'),
    toolchain: textOf(row, 'toolchain', 'lean_version', 'lean_toolchain'),
    licence: textOf(row, 'licence', 'license'),
  };
}
