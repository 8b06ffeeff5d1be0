import type { Scope } from '../../src/model/index.ts';

/** What a request takes or may take: US dollars (null = the price is unknown) and tokens. */
export type Amount = { readonly usd: number | null; readonly tokens: number };
/** Limits; null = none. */
export type Caps = { readonly usd: number | null; readonly tokens: number | null };

export type Refusal = {
  readonly refused: 'cost' | 'tokens';
  readonly scope: Scope;
  /** Something is still reserved there, so room may come. */
  readonly mayCome: boolean;
  /** A money limit and no price: no room will ever do. */
  readonly unpriced: boolean;
};

/** Sums of US dollars are floating-point numbers; this is far below any price. */
const EPSILON = 1e-12;

export const NOTHING: Amount = { usd: 0, tokens: 0 };

const plus = (a: Amount, b: Amount): Amount => ({
  usd: a.usd === null || b.usd === null ? null : a.usd + b.usd,
  tokens: a.tokens + b.tokens,
});

/**
 * Money and tokens under a limit. Nothing is sent before its upper bound is reserved here and in all accounts above,
 * so that spent and reserved together never exceed a limit, whatever becomes of the requests.
 */
export class Account {
  readonly scope: Scope;
  readonly #caps: () => Caps;
  readonly #above: Account | null;
  readonly #held = new Map<number, Amount>();
  #spent: Amount;
  #next = 0;

  /** `caps` is read at each reservation, because limits change while a theorem is at work. */
  constructor(scope: Scope, caps: () => Caps, above: Account | null = null, spent: Amount = NOTHING) {
    this.scope = scope;
    this.#caps = caps;
    this.#above = above;
    this.#spent = spent;
  }

  /** Spent, estimates included. */
  get spent(): Amount {
    return this.#spent;
  }

  get reserved(): Amount {
    return [...this.#held.values()].reduce(plus, NOTHING);
  }

  /** What may still be reserved, here and above; null = no limit. An unknown sum leaves nothing of the money. */
  get left(): Caps {
    const caps = this.#caps();
    const above = this.#above?.left ?? { usd: null, tokens: null };
    const taken = plus(this.#spent, this.reserved);
    const usd = caps.usd === null ? null : taken.usd === null ? 0 : Math.max(0, caps.usd - taken.usd);
    const tokens = caps.tokens === null ? null : Math.max(0, caps.tokens - taken.tokens);
    return { usd: lesser(usd, above.usd), tokens: lesser(tokens, above.tokens) };
  }

  /** Sets `amount` aside, or says which limit has no room for it. */
  reserve(amount: Amount): Reservation | Refusal {
    const refusal = this.#refusal(amount) ?? this.#above?.refusalOf(amount) ?? null;
    return refusal ?? new Reservation(this.#hold(amount), amount);
  }

  /** What was spent before in the same run, here and above but for the run, which has counted it. */
  book(amount: Amount): void {
    for (const holding of this.#hold(NOTHING)) holding.end(holding.scope === 'run' ? NOTHING : amount);
  }

  refusalOf(amount: Amount): Refusal | null {
    return this.#refusal(amount) ?? this.#above?.refusalOf(amount) ?? null;
  }

  #refusal(amount: Amount): Refusal | null {
    const caps = this.#caps();
    const after = plus(plus(this.#spent, this.reserved), amount);
    const { scope } = this;
    const mayCome = this.#held.size > 0;
    if (caps.usd !== null && amount.usd === null)
      return { refused: 'cost', scope, mayCome: false, unpriced: true };
    // A request that costs nothing passes even where a limit was lowered below what is spent.
    if (caps.usd !== null && amount.usd !== 0 && (after.usd === null || after.usd > caps.usd + EPSILON))
      return { refused: 'cost', scope, mayCome: mayCome && this.#spent.usd !== null, unpriced: false };
    if (caps.tokens !== null && amount.tokens > 0 && after.tokens > caps.tokens)
      return { refused: 'tokens', scope, mayCome, unpriced: false };
    return null;
  }

  #hold(amount: Amount): Holding[] {
    const id = this.#next++;
    this.#held.set(id, amount);
    const own: Holding = {
      scope: this.scope,
      end: (spent) => {
        this.#held.delete(id);
        this.#spent = plus(this.#spent, spent);
      },
      correct: (by) => {
        this.#spent = plus(this.#spent, by);
      },
    };
    return [own, ...(this.#above?.holdingsOf(amount) ?? [])];
  }

  holdingsOf(amount: Amount): Holding[] {
    return this.#hold(amount);
  }
}

type Holding = {
  readonly scope: Scope;
  /** The reservation ends and `spent` is booked. */
  readonly end: (spent: Amount) => void;
  /** Books a difference later. */
  readonly correct: (by: Amount) => void;
};

/** An amount set aside in an account and all above it. Ends once: settled, released or kept. */
export class Reservation {
  readonly amount: Amount;
  readonly #holdings: readonly Holding[];
  #open = true;

  constructor(holdings: readonly Holding[], amount: Amount) {
    this.#holdings = holdings;
    this.amount = amount;
  }

  /** The answer has come: this is what it took, and what of it was bought now, which is all that a run counts. */
  settle(actual: Amount, bought: Amount = actual): void {
    this.#end(actual, bought);
  }

  /** Nothing can have been billed. */
  release(): void {
    this.#end(NOTHING);
  }

  /** Nobody knows whether it was billed: the whole amount counts, as an estimate that a later answer may correct. */
  keep(): Kept {
    this.#end(this.amount);
    const { amount } = this;
    return {
      amount,
      undo: () => {
        const { usd, tokens } = amount;
        // An unknown price has made the sum unknown; that stays.
        for (const holding of this.#holdings)
          holding.correct({ usd: usd === null ? null : -usd, tokens: -tokens });
      },
    };
  }

  #end(spent: Amount, bought: Amount = spent): void {
    if (!this.#open) return;
    this.#open = false;
    for (const holding of this.#holdings) holding.end(holding.scope === 'run' ? bought : spent);
  }
}

/** An estimate; `undo` takes it back because the answer has been found after all. Call it once. */
export type Kept = { readonly amount: Amount; readonly undo: () => void };

export const isRefusal = (r: Reservation | Refusal): r is Refusal => 'refused' in r;

/** The smaller of two limits; null = none. */
export const lesser = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);
