import type { Challenge } from '../../../src/model/index.ts';

/** What a search asks of the instance that holds its proof states. States are numbered from 0 (the theorem itself). */
export type ProofRequest =
  /** Elaborates the statement; the states of an earlier search are released. */
  | { readonly kind: 'open'; readonly challenge: Challenge; readonly heartbeats: number }
  /** Runs a tactic on a state of one goal. `heartbeats`: its limit, in thousands. */
  | { readonly kind: 'run'; readonly state: number; readonly tactic: string; readonly heartbeats: number }
  /** Releases all states. */
  | { readonly kind: 'close' };

/** A goal by itself: the state to run tactics on, and what Lean prints (`case`, hypotheses, `⊢ target`). */
export type ProofGoal = { readonly state: number; readonly text: string };

export type ProofAnswer =
  /** The goals that are left, each independent of the others as far as its text says. `used`: heartbeats, in thousands. */
  | {
      readonly status: 'goals';
      readonly goals: readonly ProofGoal[];
      readonly used: number;
      /** What the tactic said without failing, e.g. `Try this: …`. */
      readonly said: readonly string[];
    }
  | { readonly status: 'failed'; readonly error: string; readonly used: number };
