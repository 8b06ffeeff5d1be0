import { z } from 'zod';
import { command, dollars, duration, path, variable, wholeNumber } from '../../config/values.ts';
import type { ProverBudget } from '../../model/index.ts';
import { OWN_BUDGET, ownBudget } from '../own-budget.ts';

export type CommandProfile = {
  readonly kind: 'command';
  /** Program and arguments; no shell. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** In the program's environment, beside PATH, HOME and LANG. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of variables of the worker's environment that the program gets too. */
  readonly passEnv: readonly string[];
  readonly timeoutMs: number;
  /** Bytes of standard output; what writes more is ended. */
  readonly maxOutputBytes: number;
  /** US dollars that one call costs at most; 0: the program is the user's own and proofloop pays for nothing. */
  readonly costPerCall: number;
  readonly budget?: ProverBudget;
};

export const commandTable = (base: string) =>
  z
    .strictObject({
      kind: z.literal('command'),
      command: command(base),
      cwd: path(base).default(base),
      env: z.record(variable, z.string()).default({}),
      pass_env: z.array(variable).default([]),
      timeout: duration('').default(300_000),
      max_output_bytes: wholeNumber(1)('').default(1_048_576),
      cost_per_call: dollars('').default(0),
      ...OWN_BUDGET,
    })
    .transform(
      (p): CommandProfile => ({
        kind: 'command',
        command: p.command,
        cwd: p.cwd,
        env: p.env,
        passEnv: p.pass_env,
        timeoutMs: p.timeout,
        maxOutputBytes: p.max_output_bytes,
        costPerCall: p.cost_per_call,
        ...ownBudget(p),
      }),
    );
