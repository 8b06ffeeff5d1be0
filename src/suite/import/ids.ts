import { parseHeader } from '../../lean-text/imports.ts';
import { tokenize } from '../../lean-text/lexer.ts';
import type { Draft, Place } from './item.ts';

/** Two theorems of one suite that share an id, or that state the same. */
export type Duplicate = {
  readonly what: 'id' | 'statement';
  /** Of the later one, in the suite. */
  readonly id: string;
  readonly place: Place;
  /** The earlier one. */
  readonly of: { readonly id: string; readonly place: Place };
};

/** Gives each theorem an id of its own and finds doubles; both are kept, and told. */
export class Ids {
  readonly #taken = new Map<string, Place>();
  readonly #read = new Map<string, { id: string; place: Place }>();
  readonly #stated = new Map<string, { id: string; place: Place }>();
  readonly duplicates: Duplicate[] = [];

  assign(draft: Draft): string {
    const { place } = draft;
    const base = plainId(draft.id);
    let id = base;
    for (let n = 2; this.#taken.has(id); n += 1) id = `${base}+${n}`;
    this.#taken.set(id, place);
    this.#tell('id', this.#read, base, { id, place });
    this.#tell('statement', this.#stated, statementKey(draft), { id, place });
    return id;
  }

  #tell(
    what: Duplicate['what'],
    seen: Map<string, { id: string; place: Place }>,
    key: string,
    now: { id: string; place: Place },
  ): void {
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, now);
    else this.duplicates.push({ what, ...now, of: earlier });
  }
}

/** In the letters that an id may have (`theoremSchema`); a path keeps its last part's sense, with `-` for what is not allowed. */
function plainId(id: string): string {
  const letters = id.normalize('NFC').replaceAll(/[^\p{L}\p{N}_.'«»+-]+/gu, '-');
  const trimmed = letters.replaceAll(/^-+|-+$/g, '');
  return [...trimmed].slice(0, 180).join('').slice(0, 190) || 'theorem';
}

/** Equal for theorems that say the same under whatever name, comments and white space aside. */
function statementKey({ header, context, statement, name }: Draft): string {
  const words = (text: string): string[] =>
    tokenize(text).flatMap((t) =>
      t.kind === 'comment' || t.kind === 'doc' || t.text === name ? [] : [t.text],
    );
  return JSON.stringify([parseHeader(header).key, words(context), words(statement)]);
}
