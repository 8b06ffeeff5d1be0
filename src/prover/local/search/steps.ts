/** One tactic to try on a goal. */
export type Step = {
  /** What kind of step it is, e.g. `grind` or `induction`: statistics are kept by it. */
  readonly name: string;
  readonly tactic: string;
  /** What it costs and how seldom it helps, in units of a quick tactic; the search takes the least sum first. */
  readonly cost: number;
  /** Limit, in thousands. */
  readonly heartbeats: number;
  /** Goals that it leaves count as failure. */
  readonly closes?: boolean;
  /** Says names of hypotheses, so hidden ones get names first. */
  readonly named?: boolean;
  /** Closes the goal by a proof that it says (`exact?`); that proof is the step then. */
  readonly suggests?: boolean;
};

/** A step that changes the goal and says names. */
export const move = (name: string, cost: number, tactic: string, heartbeats = 1_000): Step => ({
  name,
  tactic,
  cost,
  heartbeats,
  named: true,
});

/** A step that closes the goal or fails, and says names. */
export const closing = (name: string, cost: number, tactic: string, heartbeats = 3_000): Step => ({
  ...move(name, cost, tactic, heartbeats),
  closes: true,
});
