import { z } from 'zod';
import type { Diagnostic } from '../../src/model/index.ts';

const positionSchema = z.object({ line: z.number().int(), column: z.number().int() });

const messageSchema = z.object({
  severity: z.enum(['trace', 'info', 'information', 'warning', 'error']),
  pos: positionSchema,
  endPos: positionSchema.nullish(),
  data: z.string(),
});

const sorrySchema = z.object({ pos: positionSchema.nullish(), goal: z.string() });

const commandAnswerSchema = z.union([
  z.object({
    env: z.number().int().nonnegative(),
    messages: z.array(messageSchema).default([]),
    sorries: z.array(sorrySchema).default([]),
  }),
  z.object({ message: z.string(), env: z.undefined().optional() }),
]);

/** `cmd` of leanprover-community/repl; without `env` it starts from what the text imports. */
export type CommandRequest = { readonly cmd: string; readonly env?: number };

export type ReplSorry = {
  readonly pos: { readonly line: number; readonly column: number } | null;
  readonly goal: string;
};

/** Positions are relative to the `cmd` text. */
export type CommandAnswer =
  | {
      readonly kind: 'done';
      readonly env: number;
      readonly messages: readonly Diagnostic[];
      readonly sorries: readonly ReplSorry[];
    }
  | { readonly kind: 'fault'; readonly text: string };

const SEVERITY = {
  trace: 'info',
  info: 'info',
  information: 'info',
  warning: 'warning',
  error: 'error',
} as const;

/** The answer to a `cmd`, or null if it is none. */
export function readCommandAnswer(value: unknown): CommandAnswer | null {
  const parsed = commandAnswerSchema.safeParse(value);
  if (!parsed.success) return null;
  const answer = parsed.data;
  if ('message' in answer) return { kind: 'fault', text: answer.message };
  return {
    kind: 'done',
    env: answer.env,
    messages: answer.messages.map((message) => ({
      severity: SEVERITY[message.severity],
      pos: message.pos,
      endPos: message.endPos ?? null,
      text: message.data,
    })),
    sorries: answer.sorries.map((sorry) => ({ pos: sorry.pos ?? null, goal: sorry.goal })),
  };
}

export const errorsOf = (messages: readonly Diagnostic[]): readonly Diagnostic[] =>
  messages.filter((message) => message.severity === 'error');
