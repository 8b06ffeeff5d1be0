import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { openStore } from '../../src/store/index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'bin', 'proofloop.js');

export type World = {
  /** The program as users have it, in folders of its own; standard output. */
  run(...args: readonly string[]): Promise<string>;
  /** The runs that the store has, oldest first. */
  runs(): Promise<readonly object[]>;
};

const runsOf = async (file: string): Promise<readonly object[]> => {
  const store = await openStore(file);
  try {
    return (await store.listRuns(1000)).toReversed().map(({ label, state, results, startedAt, limits }) => ({
      ...{ label, state, lanes: limits.lanes, started: new Date(startedAt).toISOString() },
      results: results.length,
      solved: results.filter((r) => r.outcome === 'solved').length,
    }));
  } finally {
    await store.close();
  }
};

/** A store of its own, which is removed in the end unless the folder was given. */
export const inWorld = async <T>(
  folder: string | undefined,
  body: (world: World) => Promise<T>,
): Promise<T> => {
  const dir = folder ?? (await mkdtemp(join(tmpdir(), 'proofloop-bench-predictor-')));
  const env = {
    XDG_DATA_HOME: join(dir, 'data'),
    XDG_STATE_HOME: join(dir, 'state'),
    XDG_CONFIG_HOME: join(dir, 'config'),
    NO_COLOR: '1',
  };
  try {
    return await body({
      runs: () => runsOf(join(env.XDG_DATA_HOME, 'proofloop', 'store.db')),
      run: async (...args) => {
        const ended = await execa(process.execPath, [BIN, ...args], { cwd: ROOT, env, reject: false });
        // 2: not every theorem was solved.
        if (ended.exitCode !== 0 && ended.exitCode !== 2)
          throw new Error(`proofloop ${args.join(' ')} ended with ${ended.exitCode}: ${ended.stderr}`);
        return ended.stdout;
      },
    });
  } finally {
    if (folder === undefined) await rm(dir, { recursive: true, force: true });
  }
};
