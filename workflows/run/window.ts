import type { Scope, StoppedBy } from '../../src/model/index.ts';

/** One theorem's turn at work: its index in the order of the run, and how often it was at work before. */
export type Turn = { readonly index: number; readonly again: number };

/** The limit for want of which a theorem is unsolved, and whose it is. */
export type Why = `${Extract<StoppedBy, 'rounds' | 'samples' | 'tokens' | 'cost' | 'time'>}/${Scope}`;

/**
 * How a turn ended: for good, or at a limit that may be raised. `paid`: it bought something in this turn. `raised`: the limit
 * was raised, and the news came too late for it.
 */
export type TurnEnd =
  | { readonly kind: 'closed' }
  | { readonly kind: 'limited'; readonly why: Why; readonly paid: boolean; readonly raised?: boolean };

/** What decides how many may be at work. */
export type Room = {
  readonly lanes: number;
  readonly paused: boolean;
  /** Something is left of the run's money and tokens. */
  readonly funded: boolean;
};

/** What goes on into the next execution: plain data, small also for 10,000 theorems. */
export type WindowCarried = {
  readonly next: number;
  readonly flying: readonly Turn[];
  readonly revisit: readonly Turn[];
  readonly hungry: readonly Turn[];
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
 * opens anew; then, one at a time with all that is left, what starved. Each turn ends once, whoever says so first.
 */
export class Window {
  readonly #count: number;
  #next: number;
  readonly #flying = new Map<number, Turn>();
  #revisit: Turn[];
  #hungry: Turn[];
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

  /** It starved before, and has all that is left. */
  feeds({ index }: Turn): boolean {
    return this.#feeding === index;
  }

  /** Whether `take` would give a turn. */
  has(room: Room): boolean {
    return this.#choose(room) !== null;
  }

  /** Begins the next turn, if there is room for one. */
  take(room: Room): Turn | null {
    const chosen = this.#choose(room);
    if (chosen === null) return null;
    if (chosen.from === 'fresh') this.#next += 1;
    else if (chosen.from === 'revisit') this.#revisit.shift();
    else {
      this.#hungry.shift();
      this.#feeding = chosen.turn.index;
    }
    this.#flying.set(chosen.turn.index, chosen.turn);
    return chosen.turn;
  }

  /** A turn has ended. False: it is not at work (any more), so this was told before or is of another turn. */
  end({ index, again }: Turn, end: TurnEnd): boolean {
    const flying = this.#flying.get(index);
    if (flying === undefined || flying.again !== again) return false;
    this.#flying.delete(index);
    if (again > 0) this.#again.set(index, again);
    const fed = this.#feeding === index;
    if (fed) this.#feeding = null;
    if (end.kind === 'closed') return true;
    if (end.raised === true) this.#revisit.push(this.#nextTurn(index));
    else if (isHunger(end.why) && !fed) this.#hungry.push(this.#nextTurn(index));
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
      this.#revisit.push(...this.#hungry);
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

  #choose({ lanes, paused, funded }: Room): Chosen | null {
    if (paused || this.#flying.size >= lanes) return null;
    if (this.#next < this.#count) return { from: 'fresh', turn: { index: this.#next, again: 0 } };
    const [revisit] = this.#revisit;
    if (revisit !== undefined) return { from: 'revisit', turn: revisit };
    const [hungry] = this.#hungry;
    if (hungry === undefined || this.#fed || this.#flying.size > 0 || !funded) return null;
    return { from: 'hungry', turn: hungry };
  }
}

type Chosen = { readonly from: 'fresh' | 'revisit' | 'hungry'; readonly turn: Turn };
