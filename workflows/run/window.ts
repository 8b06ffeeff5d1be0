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
type Hungry = Turn & { readonly lacks?: Caps | undefined; readonly bare?: boolean };

/** The limit for want of which a theorem is unsolved, and whose it is. */
export type Why = `${Extract<StoppedBy, 'rounds' | 'samples' | 'tokens' | 'cost' | 'time'>}/${Scope}`;

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
  /** A theorem that begins can pay a request, or has something to do without one. */
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

/** Theorems of these starved: others held what they lacked. */
const isHunger = (why: Why): boolean => why === 'cost/run' || why === 'tokens/run';

/**
 * Which theorem has its turn when, and which are at work: the decisions of a run without its deeds, so that any order of
 * reports, failures and restarts can be played. The backlog is what was never begun, in order; then what a raised limit
 * opens anew; then what starved: beside others where what it lacks is free, in the end one at a time with all that is
 * left. Each turn ends once, whoever says so first.
 */
export class Window {
  readonly #count: number;
  #next: number;
  readonly #flying = new Map<number, Turn>();
  #revisit: Turn[];
  #hungry: Hungry[];
  readonly #beside: Set<number>;
  readonly #limited = new Map<Why, number[]>();
  readonly #again: Map<number, number>;
  /** What starved and has all that is left now. */
  #feeding: number | null;
  /** What is left is not enough for one request, so nothing more that starved comes again. */
  #fed: boolean;

  constructor(count: number, before: Partial<WindowCarried> = {}) {
    this.#count = count;
    this.#next = before.next ?? 0;
    for (const turn of before.flying ?? []) this.#flying.set(turn.index, turn);
    this.#revisit = [...(before.revisit ?? [])];
    this.#hungry = [...(before.hungry ?? [])];
    this.#beside = new Set(before.beside);
    for (const [why, indices] of Object.entries(before.limited ?? {}))
      this.#limited.set(why as Why, [...indices]);
    this.#again = new Map(before.again ?? []);
    this.#feeding = before.feeding ?? null;
    this.#fed = before.fed ?? false;
  }

  get flying(): readonly Turn[] {
    return [...this.#flying.values()];
  }

  /** Turns that wait: of what was never begun, and of what comes again. */
  get waiting(): number {
    return this.#count - this.#next + this.#revisit.length + (this.#fed ? 0 : this.#hungry.length);
  }

  /** Nothing is at work, and nothing waits that could be. */
  isOver({ funded }: Pick<Room, 'funded'>): boolean {
    const feeds = this.#hungry.length > 0 && !this.#fed && funded;
    return this.#flying.size === 0 && this.#next === this.#count && this.#revisit.length === 0 && !feeds;
  }

  /** Whether `take` would give a turn. */
  has(room: Room): boolean {
    return this.#choose(room) !== null;
  }

  /** Begins the next turn, if there is room for one. */
  take(room: Room): Taken | null {
    const chosen = this.#choose(room);
    if (chosen === null) return null;
    const { from, turn } = chosen;
    if (from === 'fresh') this.#next += 1;
    else if (from === 'revisit') this.#revisit.shift();
    else this.#hungry = this.#hungry.filter(({ index }) => index !== turn.index);
    if (from === 'alone') this.#feeding = turn.index;
    if (from === 'beside') this.#beside.add(turn.index);
    this.#flying.set(turn.index, turn);
    const { lacks } = chosen;
    return {
      ...{ turn, starved: from === 'alone' || from === 'beside', alone: from === 'alone' },
      ...(lacks !== undefined && { lacks }),
    };
  }

  /** A turn has ended. False: it is not at work (any more), so this was told before or is of another turn. */
  end({ index, again }: Turn, end: TurnEnd): boolean {
    const flying = this.#flying.get(index);
    if (flying === undefined || flying.again !== again) return false;
    this.#flying.delete(index);
    if (again > 0) this.#again.set(index, again);
    const fed = this.#feeding === index;
    if (fed) this.#feeding = null;
    const beside = this.#beside.delete(index);
    if (end.kind === 'closed') return true;
    if (end.raised === true) this.#revisit.push(this.#nextTurn(index));
    else if (isHunger(end.why) && !fed)
      this.#hungry.push({
        ...this.#nextTurn(index),
        ...(end.lacks !== undefined && { lacks: end.lacks }),
        ...(beside && !end.paid && { bare: true }),
      });
    else this.#note(end.why, index);
    // It had all that was left, and that did not do for a single request.
    if (isHunger(end.why) && fed && !end.paid) this.#fed = true;
    return true;
  }

  /** Limits were raised: what ended at one of them comes again. Returns how many do. */
  raise(opens: (why: Why) => boolean): number {
    let opened = 0;
    for (const [why, indices] of this.#limited) {
      if (!opens(why)) continue;
      this.#limited.delete(why);
      this.#revisit.push(...indices.map((index) => this.#nextTurn(index)));
      opened += indices.length;
    }
    if (opens('cost/run') || opens('tokens/run')) {
      this.#revisit.push(...this.#hungry.map(turnOf));
      opened += this.#hungry.length;
      this.#hungry = [];
      this.#fed = false;
    }
    return opened;
  }

  carry(): WindowCarried {
    return {
      next: this.#next,
      flying: this.flying,
      revisit: this.#revisit,
      hungry: this.#hungry,
      beside: [...this.#beside],
      limited: Object.fromEntries(this.#limited),
      again: [...this.#again],
      feeding: this.#feeding,
      fed: this.#fed,
    };
  }

  #nextTurn(index: number): Turn {
    return { index, again: (this.#again.get(index) ?? 0) + 1 };
  }

  #note(why: Why, index: number): void {
    const indices = this.#limited.get(why);
    if (indices === undefined) this.#limited.set(why, [index]);
    else indices.push(index);
  }

  #choose({ lanes, paused, funded, free, begins }: Room): Chosen | null {
    if (paused || this.#flying.size >= lanes) return null;
    const waits = !begins && this.#flying.size > 0;
    const fresh = { index: this.#next, again: 0 };
    if (this.#next < this.#count) return waits ? null : { from: 'fresh', turn: fresh };
    const [revisit] = this.#revisit;
    if (revisit !== undefined) return waits ? null : { from: 'revisit', turn: revisit };
    if (this.#fed || this.#feeding !== null || !funded) return null;
    const beside = this.#hungry.find(({ bare, lacks }) => bare !== true && isIn(free, lacks));
    if (beside !== undefined) return { from: 'beside', turn: turnOf(beside), lacks: beside.lacks };
    const [hungry] = this.#hungry;
    return hungry === undefined || this.#flying.size > 0 ? null : { from: 'alone', turn: turnOf(hungry) };
  }
}

type Chosen = {
  readonly from: 'fresh' | 'revisit' | 'beside' | 'alone';
  readonly turn: Turn;
  readonly lacks?: Caps | undefined;
};

const turnOf = ({ index, again }: Turn): Turn => ({ index, again });

/** What was lacked is free; not where nobody knows what it was. */
const isIn = (free: Caps, lacks: Caps | undefined): boolean =>
  lacks !== undefined && covers(free.usd, lacks.usd) && covers(free.tokens, lacks.tokens);

const covers = (free: number | null, lack: number | null): boolean =>
  free === null || lack === null || free >= lack;
