import type { Guard, Theorem, TheoremSource } from '../../src/model/index.ts';
import { mainCalls } from '../calls.ts';

/** Theorems of a page; small enough that a page in a history weighs little. */
const PAGE = 25;

type Page = { readonly start: number; readonly end: number; readonly theorems: Promise<readonly Theorem[]> };

/** The theorems of a run in order, paged from the store when they are too many for the input. */
export class Theorems {
  readonly count: number;
  readonly #source: TheoremSource;
  readonly #guard: Guard;
  #page: Page | null = null;

  constructor(source: TheoremSource, guard: Guard) {
    this.#source = source;
    this.#guard = guard;
    this.count = source.kind === 'inline' ? source.theorems.length : source.count;
  }

  /** `alone`: those beside it are not wanted next, so no page is loaded for them. */
  async at(index: number, { alone = false } = {}): Promise<Theorem> {
    const theorem =
      this.#source.kind === 'inline'
        ? this.#source.theorems[index]
        : await this.#stored(index, alone ? 1 : PAGE);
    if (theorem === undefined) throw new Error(`the run has ${this.count} theorems and none at ${index}`);
    return theorem;
  }

  async #stored(index: number, size: number): Promise<Theorem | undefined> {
    const known = this.#page;
    if (known !== null && index >= known.start && index < known.end)
      return (await known.theorems)[index - known.start];
    const end = Math.min(index + size, this.count);
    const theorems = mainCalls.loadTheorems.executeWithOptions(
      { summary: size === 1 ? `theorem ${end}` : `theorems ${index + 1} to ${end} of ${this.count}` },
      [{ source: this.#source, guard: this.#guard, offset: index, limit: size }],
    );
    if (size > 1) this.#page = { start: index, end, theorems };
    return (await theorems)[0];
  }
}
