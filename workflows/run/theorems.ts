import type { Guard, Theorem, TheoremSource } from '../../src/model/index.ts';
import { mainCalls } from '../calls.ts';

/** Theorems of a page; small enough that a page in a history weighs little. */
const PAGE = 25;

/** The theorems of a run in order, paged from the store when they are too many for the input. */
export class Theorems {
  readonly count: number;
  readonly #source: TheoremSource;
  readonly #guard: Guard;
  #next: number;
  #page: readonly Theorem[] = [];
  #pageStart = 0;

  constructor(source: TheoremSource, guard: Guard, offset: number) {
    this.#source = source;
    this.#guard = guard;
    this.#next = offset;
    this.count = source.kind === 'inline' ? source.theorems.length : source.count;
  }

  /** How many have been given out. */
  get offset(): number {
    return this.#next;
  }

  get left(): boolean {
    return this.#next < this.count;
  }

  async next(): Promise<Theorem | undefined> {
    const index = this.#next;
    if (index >= this.count) return undefined;
    this.#next += 1;
    if (this.#source.kind === 'inline') return this.#source.theorems[index];
    if (index < this.#pageStart || index >= this.#pageStart + this.#page.length) {
      this.#page = await mainCalls.loadTheorems.executeWithOptions(
        { summary: `theorems ${index + 1} to ${Math.min(index + PAGE, this.count)} of ${this.count}` },
        [{ source: this.#source, guard: this.#guard, offset: index, limit: PAGE }],
      );
      this.#pageStart = index;
    }
    return this.#page[index - this.#pageStart];
  }
}
