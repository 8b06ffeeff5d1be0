import type { Allowance, Budget, RunLimits } from '../../src/model/index.ts';
import { type Amount, type Caps, NOTHING } from '../budget/account.ts';
import { addCost } from '../theorem/ledger.ts';

/**
 * What a run has of one thing (US dollars, tokens): what is spent, and what theorems in flight may still spend. A
 * theorem starts with an allowance that is set aside for it, so that all together never exceed the limit.
 */
export class RunMoney {
  spent: number | null;
  /** What a usual request may take at most; a smaller share would buy nothing. null = not known. */
  need: number | null;
  readonly #setAside: Map<string, number>;

  constructor(
    spent: number | null,
    setAside: Readonly<Record<string, number>> = {},
    need: number | null = null,
  ) {
    this.spent = spent;
    this.need = need;
    this.#setAside = new Map(Object.entries(setAside));
  }

  /** By theorem. */
  get setAsides(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#setAside);
  }

  /** What is set aside for a theorem; null = nothing was limited. */
  heldBy(id: string): number | null {
    return this.#setAside.get(id) ?? null;
  }

  /** What is neither spent nor set aside, null = no limit. A spending that is unknown leaves nothing. */
  free(limit: number | null): number | null {
    if (limit === null) return null;
    if (this.spent === null) return 0;
    let free = limit - this.spent;
    for (const allowance of this.#setAside.values()) free -= allowance;
    return Math.max(0, free);
  }

  /** It is worth waiting until others have ended: they may leave enough for one more usual request, and now it is not free. */
  isAwaited(limit: number | null): boolean {
    const free = this.free(limit);
    if (limit === null || free === null || this.need === null || this.spent === null) return false;
    return free < this.need && limit - this.spent >= this.need;
  }

  /**
   * Sets aside what the theorem `id` may spend: its own budget, but no more than a share of what is free among the `lanes`
   * that have none yet, or among as many of them as that buys a request each (`need`). null = no limit.
   */
  setAside(
    id: string,
    budget: number | null,
    limit: number | null,
    { lanes, need = this.need }: { readonly lanes: number; readonly need?: number | null },
  ): number | null {
    const free = this.free(limit);
    if (free === null) return budget;
    const share = this.#share(free, Math.max(1, lanes - this.#setAside.size), need);
    const allowance = budget === null ? share : Math.min(budget, share);
    this.#setAside.set(id, allowance);
    return allowance;
  }

  #share(free: number, lanes: number, need: number | null): number {
    if (need === null || need === 0) return free / lanes;
    const buyers = Math.min(lanes, Math.floor(free / need));
    // Too little for one request stays free, so that it is enough sooner; who is alone may try.
    if (buyers === 0) return this.#setAside.size === 0 ? free : 0;
    return free / buyers;
  }

  /**
   * Shares the limit anew among theorems in flight, after it was changed: what is free goes to them in even parts; where
   * less is left than they hold, each may use the same part of what it holds. null = no limit.
   */
  reallot(ids: readonly string[], limit: number | null): ReadonlyMap<string, number | null> {
    const free = this.free(limit);
    if (limit === null || free === null) return new Map(ids.map((id) => [id, null]));
    for (const id of ids) this.#setAside.set(id, (this.#setAside.get(id) ?? 0) + free / ids.length);
    const held = [...this.#setAside.values()].reduce((sum, allowance) => sum + allowance, 0);
    const room = this.spent === null ? 0 : Math.max(0, limit - this.spent);
    const part = held > room ? room / held : 1;
    return new Map(ids.map((id) => [id, (this.#setAside.get(id) ?? 0) * part]));
  }

  /** The theorem has ended: what it did not spend is free again. null = its cost is unknown. */
  settle(id: string, cost: number | null): void {
    this.#setAside.delete(id);
    this.spent = addCost(this.spent, cost);
  }
}

/** What was spent, and what theorems at work may still spend, by their ids. */
export type FundsCarried = {
  readonly spent: Amount;
  readonly money: Readonly<Record<string, number>>;
  readonly tokens: Readonly<Record<string, number>>;
  /** Of a usual request. Absent: not known. */
  readonly need?: Caps;
};

/** Money and tokens of a run. */
export class RunFunds {
  readonly money: RunMoney;
  readonly tokens: RunMoney;

  constructor({ spent, money, tokens, need }: FundsCarried = { spent: NOTHING, money: {}, tokens: {} }) {
    this.money = new RunMoney(spent.usd, money, need?.usd);
    this.tokens = new RunMoney(spent.tokens, tokens, need?.tokens);
  }

  carry(): FundsCarried {
    const need = { usd: this.money.need, tokens: this.tokens.need };
    return { spent: this.spent, money: this.money.setAsides, tokens: this.tokens.setAsides, need };
  }

  /** One more theorem could pay no request now, but may when others have ended. */
  isAwaited({ costUsd, tokens = null }: RunLimits): boolean {
    return this.money.isAwaited(costUsd) || this.tokens.isAwaited(tokens);
  }

  /** What is neither spent nor set aside; null = no limit. */
  free({ costUsd, tokens = null }: RunLimits): Caps {
    return { usd: this.money.free(costUsd), tokens: this.tokens.free(tokens) };
  }

  /** A request was refused that may have taken this much; the first such says what is usual where nobody knows. */
  lacked({ usd, tokens }: Caps): void {
    this.money.need ??= usd;
    this.tokens.need ??= tokens;
  }

  /** Something is left that is neither spent nor set aside. */
  isLeft({ costUsd, tokens = null }: RunLimits): boolean {
    return this.money.free(costUsd) !== 0 && this.tokens.free(tokens) !== 0;
  }

  heldBy(id: string): Allowance {
    return { costUsd: this.money.heldBy(id), tokens: this.tokens.heldBy(id) };
  }

  get spent(): Amount {
    return { usd: this.money.spent, tokens: this.tokens.spent ?? 0 };
  }

  /** What the theorem may use of the run's; null = the run has no such limit. `lacks`: what it could not buy before. */
  setAside(id: string, budget: Budget, limits: RunLimits, lanes: number, lacks?: Caps): Allowance {
    const { costUsd, tokens = null } = limits;
    const money = { lanes, need: lacks?.usd ?? this.money.need };
    const usd = this.money.setAside(id, budget.costUsd, costUsd, money);
    const most = this.tokens.setAside(id, budget.tokens, tokens, {
      lanes,
      need: lacks?.tokens ?? this.tokens.need,
    });
    return { costUsd: costUsd === null ? null : usd, tokens: tokens === null ? null : whole(most) };
  }

  reallot(ids: readonly string[], { costUsd, tokens = null }: RunLimits): ReadonlyMap<string, Allowance> {
    const money = this.money.reallot(ids, costUsd);
    const most = this.tokens.reallot(ids, tokens);
    return new Map(
      ids.map((id) => [id, { costUsd: money.get(id) ?? null, tokens: whole(most.get(id) ?? null) }]),
    );
  }

  settle(id: string, bought: Amount): void {
    this.money.settle(id, bought.usd);
    this.tokens.settle(id, bought.tokens);
  }
}

const whole = (n: number | null): number | null => (n === null ? null : Math.floor(n));
