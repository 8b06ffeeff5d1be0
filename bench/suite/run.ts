import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type TheoremResult, theoremResultSchema } from '../../src/model/index.ts';

const BIN = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin', 'proofloop.js');

export type BenchRun = {
  readonly results: readonly TheoremResult[];
  /** Milliseconds from the start of the run to its end. */
  readonly runMs: number;
  /** Milliseconds from the start of the command to its end: with Temporal server, worker and Lean. */
  readonly processMs: number;
};

/** `proofloop bench` by the program as users have it, with a store and a server of its own in `home`. */
export const benchOnce = async (home: string, file: string, lanes: number): Promise<BenchRun> => {
  const began = performance.now();
  const { stdout, exitCode } = await execa(
    process.execPath,
    [BIN, 'bench', file, '--provers', 'local', '-j', `${lanes}`, '--slots', `${lanes}`, '--fresh', '--json'],
    {
      reject: false,
      stdin: 'ignore',
      stderr: 'ignore',
      env: {
        XDG_DATA_HOME: join(home, 'data'),
        XDG_STATE_HOME: join(home, 'state'),
        XDG_CONFIG_HOME: join(home, 'config'),
      },
    },
  );
  const processMs = performance.now() - began;
  // 2: ran, but not all solved.
  if (exitCode !== 0 && exitCode !== 2) throw new Error(`bench ${file} ended with exit code ${exitCode}`);
  const lines = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const results = lines.filter((l) => l.type === 'theorem').map((l) => theoremResultSchema.parse(l));
  const runMs = Math.max(...results.map((r) => r.endedAt)) - Math.min(...results.map((r) => r.startedAt));
  return { results, runMs, processMs };
};
