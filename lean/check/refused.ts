import type { DISHONEST_WHY, Position } from '../../src/model/index.ts';

type Why = (typeof DISHONEST_WHY)[number];

/**
 * The checker refuses the submission. It is the only error class that becomes a verdict: whatever else is thrown
 * in a check (a trap, a C++ exception, a RangeError) means that the instance is dead and says nothing of the proof.
 */
export class Refused extends Error {
  readonly why: Why;
  /** Where in the whole text, if it can be told. */
  readonly pos: Position | null;

  constructor(why: Why, detail: string, pos: Position | null = null) {
    super(detail);
    this.name = 'Refused';
    this.why = why;
    this.pos = pos;
  }
}

/** A deterministic limit of the kernel's was reached while it checked a constant once more. */
export class KernelLimit extends Error {
  constructor(limit: string) {
    super(limit);
    this.name = 'KernelLimit';
  }
}

/** The cancel token was set: no verdict. The instance is fit for the next request. */
export class Stopped extends Error {
  constructor() {
    super('the check was stopped');
    this.name = 'Stopped';
  }
}
