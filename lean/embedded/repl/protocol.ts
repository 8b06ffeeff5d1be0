import { z } from 'zod';
import type { Position } from '../../../src/model/index.ts';

/** A command of leanprover-community/repl; other fields are ignored, as the original does. */
export const replCommandSchema = z.object({
  cmd: z.string(),
  env: z.number().int().optional(),
  allTactics: z.boolean().nullish(),
  rootGoals: z.boolean().nullish(),
  infotree: z.string().nullish(),
});
export type ReplCommand = z.infer<typeof replCommandSchema>;

export type ReplMessage = {
  readonly severity: 'info' | 'warning' | 'error';
  readonly pos: Position;
  readonly endPos: Position | null;
  readonly data: string;
};
export type ReplSorry = {
  readonly proofState: number;
  readonly pos: Position;
  readonly endPos: Position;
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

/** Lists are left out when empty. */
export type ReplAnswer =
  | {
      readonly env: number;
      readonly messages?: readonly ReplMessage[];
      readonly sorries?: readonly ReplSorry[];
      readonly tactics?: readonly ReplTactic[];
    }
  | { readonly message: string };
