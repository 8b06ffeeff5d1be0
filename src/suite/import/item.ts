import type { Difficulty } from '../../model/index.ts';

/** Where something was read. */
export type Place = {
  /** As the user named the source, and the path below it. */
  readonly file: string;
  /** 1-based; of a JSON array, where lines say nothing, the number of its element. */
  readonly line: number;
};

/** What a source says of a theorem besides its text. */
export type Facts = {
  readonly informal?: string | undefined;
  readonly difficulty?: Difficulty | undefined;
  readonly category?: string | undefined;
  readonly split?: string | undefined;
  readonly source?: string | undefined;
  readonly toolchain?: string | undefined;
  readonly licence?: string | undefined;
};

/** A theorem as it was read, before any Lean has seen it. */
export type Draft = {
  readonly place: Place;
  /** As the source has it; letters that an id may not have and doubles are seen to later. */
  readonly id: string;
  readonly name: string;
  readonly header: string;
  readonly context: string;
  /** The context with the unproved theorems before this one, where they were left out of `context`. */
  readonly openContext?: string | undefined;
  readonly statement: string;
  readonly facts: Facts;
  /** Its author's Lean binds names that are not declared (`autoImplicit`), as Lean does where nobody says otherwise. */
  readonly autoImplicit?: boolean | undefined;
  readonly changes: readonly string[];
  /** It stood in a suite of ours. */
  readonly own?: true;
  readonly mapped?: 'core' | undefined;
};

/** What could not be read as a theorem. */
export type Bad = { readonly place: Place; readonly id: string | null; readonly reason: string };

/** Each is accounted for in the end, exactly once. */
export type Item =
  | ({ readonly kind: 'draft' } & { readonly draft: Draft })
  | ({ readonly kind: 'bad' } & Bad)
  /** Nothing to count: a file that holds no theorem, a link that is read at its own place. */
  | { readonly kind: 'note'; readonly place: Place; readonly text: string };

export const bad = (place: Place, id: string | null, reason: string): Item => ({
  kind: 'bad',
  place,
  id,
  reason,
});
export const drafted = (draft: Draft): Item => ({ kind: 'draft', draft });
export const note = (place: Place, text: string): Item => ({ kind: 'note', place, text });
