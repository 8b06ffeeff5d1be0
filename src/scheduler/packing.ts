/** What a theorem is expected to bring and to take. */
export type Item = {
  readonly id: string;
  /** Expected solved: the chance of a proof. */
  readonly value: number;
  readonly ms: number;
  readonly usd: number;
};

/** Infinity = no such limit. */
export type Limits = { readonly lanes: number; readonly ms: number; readonly usd: number };

/** Sums of times and costs that are added up in another order differ by crumbs. */
export const CRUMB = 1e-9;

/** Items in lanes of equal length, and what they cost together. */
export class Packing {
  readonly #limits: Limits;
  readonly #loads: number[];
  #usd = 0;
  value = 0;
  readonly lanes = new Map<Item, number>();

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#loads = Array.from({ length: limits.lanes }, () => 0);
  }

  get left(): { readonly ms: number; readonly usd: number } {
    const { lanes, ms, usd } = this.#limits;
    return { ms: this.#loads.reduce((left, load) => left - load, lanes * ms), usd: usd - this.#usd };
  }

  /** Lanes with room for the item, the fullest first; of lanes with the same load one. */
  open({ ms, usd }: Item): readonly number[] {
    if (this.#usd + usd > this.#limits.usd + CRUMB) return [];
    const seen = new Set<number>();
    return [...this.#loads.keys()]
      .filter((lane) => {
        const load = this.#loads[lane]!;
        if (load + ms > this.#limits.ms + CRUMB || seen.has(load)) return false;
        seen.add(load);
        return true;
      })
      .sort((a, b) => this.#loads[b]! - this.#loads[a]!);
  }

  /** Puts the item into a lane; the answer takes it out again, to exactly what was before. */
  put(item: Item, lane: number): () => void {
    const before = { load: this.#loads[lane]!, usd: this.#usd, value: this.value };
    this.#loads[lane]! += item.ms;
    this.#usd += item.usd;
    this.value += item.value;
    this.lanes.set(item, lane);
    return () => {
      this.#loads[lane] = before.load;
      this.#usd = before.usd;
      this.value = before.value;
      this.lanes.delete(item);
    };
  }

  /** Puts in what fits, one after the other. */
  fill(items: readonly Item[]): this {
    for (const item of items) {
      const [lane] = this.lanes.has(item) ? [] : this.open(item);
      if (lane !== undefined) this.put(item, lane);
    }
    return this;
  }

  copy(): Packing {
    const copy = new Packing(this.#limits);
    for (const [item, lane] of this.lanes) copy.put(item, lane);
    return copy;
  }
}
