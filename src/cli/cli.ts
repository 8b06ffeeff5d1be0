import type { Command } from 'commander';
import type { ExitCode } from './exit.ts';
import type { Io } from './io.ts';

/** What every command file gets: the world, and how to hand its exit code back. */
export type Cli = {
  readonly io: Io;
  /** Makes a commander action out of a function that answers the exit code. */
  action<A extends unknown[]>(run: (...args: A) => Promise<ExitCode>): (...args: A) => Promise<void>;
};

/** Adds one command to the program. */
export type AddCommand = (program: Command, cli: Cli) => void;

/** The section that every `--help` ends with. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ proofloop ${line}`).join('\n')}`;
