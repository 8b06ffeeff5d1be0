import type { Scope, StoppedBy } from '../../src/model/index.ts';
import type { Caps } from '../budget/account.ts';

/** One theorem's turn at work: its index in the order of the run, and how often it was at work before. */
export type Turn = { readonly index: number; readonly again: number };

/** A turn that was given out. */
export type Taken = {
  readonly turn: Turn;
  /** It starved before, and was counted as unsolved so far. */
  readonly starved: boolean;
  /** It has all that is left. */
  readonly alone: boolean;
  /** What it could not buy before. Absent: nothing, or nobody knows. */
  readonly lacks?: Caps | undefined;
};

/** What starved. `bare`: side by side with others it could not buy a single request, so it comes again alone. */
export type Hungry = Turn & { readonly lacks?: Caps | undefined; readonly bare?: boolean };

/** The limit for want of which a theorem went no further, and whose it is; `proof/theorem`: it has its proof. */
export type Why =
  | `${Extract<StoppedBy, 'rounds' | 'samples' | 'tokens' | 'cost' | 'time'>}/${Scope}`
  | 'proof/theorem';

/**
 * How a turn ended: for good, or at a limit that may be raised. `paid`: it bought something in this turn. `raised`: the limit
 * was raised, and the news came too late for it. `lacks`: what it could not buy of the run's.
 */
export type TurnEnd =
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'limited';
      readonly why: Why;
      readonly paid: boolean;
      readonly raised?: boolean;
      readonly lacks?: Caps | undefined;
    };

/** What decides how many may be at work. */
export type Room = {
  readonly lanes: number;
  readonly paused: boolean;
  /** Something is left of the run's money and tokens. */
  readonly funded: boolean;
  /** What that is; null = no limit. */
  readonly free: Caps;
  /** A theorem that begins can pay a request, or has something to do without one, or none will ever be paid. */
  readonly begins: boolean;
};

/** What goes on into the next execution: plain data, small also for 10,000 theorems. */
export type WindowCarried = {
  readonly next: number;
  readonly flying: readonly Turn[];
  readonly revisit: readonly Turn[];
  readonly hungry: readonly Hungry[];
  /** What starved and is at work again beside others. Absent: nothing. */
  readonly beside?: readonly number[];
  readonly limited: Readonly<Record<string, readonly number[]>>;
  /** How often a theorem was at work, where it was more than once. */
  readonly again: readonly (readonly [index: number, again: number])[];
  readonly feeding: number | null;
  readonly fed: boolean;
};
