import { z } from 'zod';
import type { Position } from '../../../src/model/index.ts';

/** A `Nat` of Lean's; a number beyond 2^53 is no id of anything, but it is a number. */
const natural = z.number().refine((n) => Number.isInteger(n) && n >= 0, 'expected a natural number');

const INFO_TREES = ['full', 'tactics', 'original', 'substantive'] as const;
export type InfoTreeMode = (typeof INFO_TREES)[number];

/** Limits of one request, an extension: `timeoutMs` is wall clock, `heartbeats` are thousands, as `maxHeartbeats`. */
export const limitsSchema = z.object({
  timeoutMs: z
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1)
    .nullish(),
  heartbeats: z.number().int().nonnegative().max(1_000_000).nullish(),
});
export type ReplLimits = z.infer<typeof limitsSchema>;

const options = {
  env: natural.nullish(),
  allTactics: z.boolean().nullish(),
  rootGoals: z.boolean().nullish(),
  /** What is no mode is ignored, as the original does. */
  infotree: z.string().nullish(),
};

/** A command of leanprover-community/repl; other fields are ignored, as the original does. `header` is an extension. */
export const commandSchema = z.object({ cmd: z.string(), ...options, header: z.string().nullish() });
export const fileSchema = z.object({ path: z.string(), ...options, header: z.string().nullish() });
export const tacticSchema = z.object({ tactic: z.string(), proofState: natural });
export const pickleEnvSchema = z.object({ pickleTo: z.string(), env: natural });
export const unpickleEnvSchema = z.object({ unpickleEnvFrom: z.string() });
export const pickleProofStateSchema = z.object({ pickleTo: z.string(), proofState: natural });
export const unpickleProofStateSchema = z.object({
  unpickleProofStateFrom: z.string(),
  env: natural.nullish(),
});

/** What an instance runs; ids are those of the instance. */
export type InstanceRequest =
  | {
      readonly kind: 'command';
      readonly cmd: string;
      readonly env: number | null;
      /** Imports to begin with instead of those of `cmd`; null: those of `cmd`. */
      readonly header: string | null;
      readonly allTactics: boolean;
      readonly rootGoals: boolean;
      readonly infotree: InfoTreeMode | null;
      readonly heartbeats: number | null;
    }
  | {
      readonly kind: 'tactic';
      readonly tactic: string;
      readonly proofState: number;
      readonly heartbeats: number | null;
    }
  /** A second id for a proof state, answered like a tactic that does nothing. `messages`: those so far, too. */
  | { readonly kind: 'copy'; readonly proofState: number; readonly messages: boolean };

/** A command with nothing asked beside. */
export const plainCommand = (cmd: string, env: number | null = null): InstanceRequest => ({
  kind: 'command',
  cmd,
  env,
  header: null,
  allTactics: false,
  rootGoals: false,
  infotree: null,
  heartbeats: null,
});

export const infoTreeMode = (text: string | null | undefined): InfoTreeMode | null =>
  INFO_TREES.find((mode) => mode === text) ?? null;

export type ReplMessage = {
  readonly severity: 'info' | 'warning' | 'error';
  readonly pos: Position;
  readonly endPos: Position | null;
  readonly data: string;
};
/** Positions are left out in tactic mode. */
export type ReplSorry = {
  readonly proofState: number;
  readonly pos?: Position;
  readonly endPos?: Position;
  readonly goal: string;
};
export type ReplTactic = {
  readonly proofState: number;
  readonly pos: Position;
  readonly endPos: Position;
  readonly goals: string;
  readonly tactic: string;
  readonly usedConstants: readonly string[];
};
export type InfoTreeJson =
  | { readonly goalState: string }
  | { readonly node: unknown; readonly kind: string; readonly children: readonly InfoTreeJson[] };

/** Lists are left out when empty. */
export type CommandAnswer = {
  readonly env: number;
  readonly messages?: readonly ReplMessage[];
  readonly sorries?: readonly ReplSorry[];
  readonly tactics?: readonly ReplTactic[];
  readonly infotree?: readonly InfoTreeJson[];
};
export type TacticAnswer = {
  readonly proofState: number;
  readonly proofStatus: string;
  readonly goals: readonly string[];
  readonly messages?: readonly ReplMessage[];
  readonly sorries?: readonly ReplSorry[];
  readonly traces?: readonly string[];
};
export type ErrorAnswer = { readonly message: string };
export type ReplAnswer = CommandAnswer | TacticAnswer | ErrorAnswer;

/** Nothing was recorded by the request. */
export const isErrorAnswer = (answer: ReplAnswer): answer is ErrorAnswer => 'message' in answer;
