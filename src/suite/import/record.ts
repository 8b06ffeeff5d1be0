import type { Theorem } from '../../model/index.ts';
import { readTheorem } from '../parse.ts';
import type { Checked } from './check.ts';
import type { Draft } from './item.ts';

export type RecordOptions = {
  /** Say so for all records, whatever the source says. */
  readonly source?: string | undefined;
  readonly licence?: string | undefined;
  readonly mapCore: boolean;
};

/** The record of a theorem in a suite; a field that nobody has told is left out. A fault: no suite could hold it. */
export function recordOf(
  id: string,
  draft: Draft,
  checked: Checked,
  options: RecordOptions,
): { readonly theorem: Theorem } | { readonly fault: string } {
  const { informal, difficulty, category, split, toolchain } = draft.facts;
  const { header, context, statement, changes } = checked;
  const mapped = options.mapCore ? 'core' : draft.mapped;
  return readTheorem({
    id,
    name: draft.name,
    source: options.source ?? draft.facts.source,
    split,
    header,
    context,
    statement,
    informal,
    difficulty,
    category,
    toolchain,
    licence: options.licence ?? draft.facts.licence,
    unchecked: checked.status === 'unchecked' ? true : undefined,
    mapped,
    changes: changes.length > 0 ? changes : undefined,
  });
}

/** The fields of a record in the order in which the form is documented. */
export function inOrder(theorem: Theorem): object {
  const { id, name, source, split, header, context, statement, informal, difficulty, category } = theorem;
  const { toolchain, licence, unchecked, mapped, changes } = theorem;
  return {
    ...{ id, name, source, split, header, context, statement, informal, difficulty, category },
    ...{ toolchain, licence, unchecked, mapped, changes },
  };
}

/** A line of a suite file. */
export const suiteLine = (theorem: Theorem): string => `${JSON.stringify(inOrder(theorem))}\n`;
