import type { Prediction, RunEvent, RunRecord, Theorem, TheoremResult } from '../../model/index.ts';
import type { Samples } from '../statistics/pass-at-k.ts';
import type { Calls } from '../statistics/refine-at-k.ts';
import type { Utilisation } from '../utilisation.ts';

/** What the attempts at a theorem say, without their texts: those of a large run do not fit into memory. */
export type Attempted = {
  readonly calls: Calls;
  /** By prover. */
  readonly samples: ReadonlyMap<string, Samples>;
  readonly models: readonly string[];
  readonly prompts: readonly string[];
};

export type Entry = {
  readonly result: TheoremResult;
  readonly attempted: Attempted;
  /** Null: what the run was started on is not in the store any more. */
  readonly theorem: Theorem | null;
};

/** All that a report is made of. */
export type RunData = {
  readonly run: RunRecord;
  /** In the order of the run. */
  readonly entries: readonly Entry[];
  readonly predictions: ReadonlyMap<string, Prediction>;
  readonly events: readonly RunEvent[];
  /** Of the Lean slots, as the workers sampled it; null = nobody did. */
  readonly utilisation: Utilisation | null;
};
