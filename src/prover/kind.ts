import type { z } from 'zod';
import type { Price } from '../config/config.ts';
import type { ModelProver } from './prover.ts';

/** What a prover is made with, beside its own profile. */
export type MakeContext = {
  readonly prices: readonly Price[];
  /** Another prover of the same configuration; undefined if there is none. */
  readonly find: (name: string) => ModelProver | undefined;
};

/**
 * A kind of prover: the form of its profile and how a prover is made of one. A new kind is a folder that
 * exports one of these, and its line in src/prover/index.ts.
 */
export type ProverKind<P extends { readonly kind: string }> = {
  readonly kind: P['kind'];
  /** The form of a table `[provers.NAME]` with this kind; `base` is the folder of its file. */
  readonly table: (base: string) => z.ZodType<P>;
  /** Profiles that are there without a table. */
  readonly ready: Readonly<Record<string, P>>;
  /** The profile behind `KIND:REST` where no table has the kind's name. */
  readonly bare?: P;
  /**
   * Keys of the table that send a key somewhere or run a program. A project's own file, which may have come with a
   * cloned repository, sets them only when the user trusts it.
   */
  readonly guarded: readonly string[];
  /** Its answers come from the store only. */
  readonly storedOnly?: true;
  /** The profile for `PROFILE:REST`, usually with REST for its model; null if REST cannot be one. */
  readonly with: (profile: P, rest: string) => P | null;
  /** Null: it asks no model and is run by Lean itself. Undefined: the profile is not complete without a REST. */
  readonly make: ((name: string, profile: P, context: MakeContext) => ModelProver | undefined) | null;
};

/** Holds an object to the type of its kind, and infers the profile. */
export const proverKind = <P extends { readonly kind: string }>(kind: ProverKind<P>): ProverKind<P> => kind;
