import type { LeanService } from '../../../lean/service.ts';

/** What a fault is played on. */
export type World = {
  readonly lean: LeanService;
  /** Cache folder of `lean`, where it is the machine that fails. */
  readonly cache: string;
};

/** What became of a request: the status of its verdict, the code of its fault, or `cancelled`. */
export type Outcome = string;

export type Happened = {
  readonly outcomes: readonly Outcome[];
  /** Milliseconds that the requests took beyond their wall clock or after their cancellation. */
  readonly overMs?: number;
  /** Milliseconds to the answer of a request that was sent at the moment of the fault; else one is sent after the outcomes. */
  readonly nextMs?: number;
  /** What went wrong that no outcome tells, e.g. an answer that belongs to another request. */
  readonly wrong?: readonly string[];
};

/** One fault: what is done to the pool, and what has to come of it. */
export type Fault = {
  readonly group: 'kill' | 'loop' | 'limit' | 'text' | 'repl' | 'machine' | 'schedule';
  readonly name: string;
  /** Outcomes that are right, each request must have one of them. */
  readonly right: readonly Outcome[];
  /** The instance at work has to live on, with its environments. */
  readonly stays?: boolean;
  /** The pool begins with the fault: nothing runs yet. */
  readonly cold?: boolean;
  readonly provoke: (world: World) => Promise<Happened>;
};
