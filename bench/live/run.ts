import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type Cell, cellOf } from './cell.ts';

const BIN = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin', 'proofloop.js');

/** One run by the program as users have it; neither proofs nor answers are taken from the store. */
export const runCell = async (
  asked: Pick<Cell, 'prover' | 'prompt' | 'suite'>,
  maxCostUsd: number,
  more: readonly string[],
): Promise<Cell> => {
  const args = [
    'bench',
    asked.suite,
    '--provers',
    asked.prover,
    '--prompt',
    asked.prompt,
    '--no-cache',
    '--json',
  ];
  const { stdout, exitCode } = await execa(
    process.execPath,
    [BIN, ...args, '--max-cost', String(maxCostUsd), ...more],
    { reject: false, stdin: 'ignore', stderr: 'inherit' },
  );
  // 2: ran, but not all solved.
  if (exitCode !== 0 && exitCode !== 2) throw new Error(`${args.join(' ')} ended with exit code ${exitCode}`);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return cellOf(
    asked,
    lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  );
};
