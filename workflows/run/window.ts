import type { Caps } from '../budget/account.ts';
import type { Hungry, Room, Taken, Turn, TurnEnd, Why, WindowCarried } from './turn.ts';

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

  /** Limits were raised: what ended at one of them comes again. Returns how many do that are unsolved, and solved, so far. */
  raise(opens: (why: Why) => boolean): { readonly unsolved: number; readonly solved: number } {
    const opened = { unsolved: 0, solved: 0 };
    for (const [why, indices] of this.#limited) {
      if (!opens(why)) continue;
      this.#limited.delete(why);
      this.#revisit.push(...indices.map((index) => this.#nextTurn(index)));
      opened[why === 'proof/theorem' ? 'solved' : 'unsolved'] += indices.length;
    }
    if (opens('cost/run') || opens('tokens/run')) {
      this.#revisit.push(...this.#hungry.map(turnOf));
      opened.unsolved += this.#hungry.length;
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
