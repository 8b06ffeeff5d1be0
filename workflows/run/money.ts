import { addCost } from '../theorem/ledger.ts';

/**
 * Money of a run in US dollars: what is spent, and what theorems in flight may still spend. A theorem starts with
 * an allowance that is set aside for it, so that all together never exceed the limit, whatever they cost.
 */
export class RunMoney {
  spent: number | null;
  readonly #setAside = new Map<string, number>();

  constructor(spent: number | null) {
    this.spent = spent;
  }

  /** What is neither spent nor set aside, null = no limit. A spending that is unknown leaves nothing. */
  free(limit: number | null): number | null {
    if (limit === null) return null;
    if (this.spent === null) return 0;
    let free = limit - this.spent;
    for (const allowance of this.#setAside.values()) free -= allowance;
    return Math.max(0, free);
  }

  /**
   * Sets aside what the theorem `id` may spend: its own budget, but no more than an even share of what is
   * free among the `lanes` that have none yet. null = no limit.
   */
  setAside(id: string, budget: number | null, limit: number | null, lanes: number): number | null {
    const free = this.free(limit);
    if (free === null) return budget;
    const share = free / Math.max(1, lanes - this.#setAside.size);
    const allowance = budget === null ? share : Math.min(budget, share);
    this.#setAside.set(id, allowance);
    return allowance;
  }

  /** The theorem has ended: what it did not spend is free again. null = its cost is unknown. */
  settle(id: string, cost: number | null): void {
    this.#setAside.delete(id);
    this.spent = addCost(this.spent, cost);
  }
}
