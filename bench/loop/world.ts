import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type Behaviour, type Counts, simulatedModel } from './model.ts';

const BIN = join(fileURLToPath(new URL('../..', import.meta.url)), 'bin', 'proofloop.js');

/** What one way of running took, as the model and the run count it. */
export type Side = Counts & {
  readonly what: string;
  readonly solved: number;
  readonly theorems: number;
  /** Checks that Lean was spared, because the same proof had been refused. */
  readonly duplicates: number;
};

type Result = { readonly outcome: string; readonly ledger: { readonly duplicates?: number } };

/** Folders of their own, a simulated model, and the program as users have it. */
export const inWorld = async <T>(
  behaviour: Behaviour,
  count: number,
  body: (world: {
    /** Runs `bench` once for each list of flags, all at the same time; counts what they took together. */
    run(what: string, ...flags: (readonly string[])[]): Promise<Side>;
  }) => Promise<T>,
): Promise<T> => {
  const dir = await mkdtemp(join(tmpdir(), 'proofloop-bench-loop-'));
  const model = await simulatedModel(behaviour);
  const env = {
    XDG_DATA_HOME: join(dir, 'data'),
    XDG_STATE_HOME: join(dir, 'state'),
    XDG_CONFIG_HOME: join(dir, 'config'),
    NO_COLOR: '1',
    GEMINI_API_KEY: 'simulated',
    GOOGLE_GEMINI_BASE_URL: model.url,
  };
  const suite = join(dir, 'simulated.jsonl');
  const theorems = Array.from({ length: count }, (_, i) => ({
    ...{ id: `t${i}`, name: `t${i}`, difficulty: 'easy' },
    statement: `theorem t${i} (a b : Nat) (h : a + ${i} < b) : a + ${i + 1} ≤ b`,
  }));
  await writeFile(suite, `${theorems.map((t) => JSON.stringify(t)).join('\n')}\n`);
  // A server that they all join, so that runs at the same time share the store.
  const up = execa(process.execPath, [BIN, 'up'], { cwd: dir, env, reject: false, stdin: 'ignore' });
  try {
    await new Promise<void>((resolve, reject) => {
      up.stderr.on('data', (chunk) => /Ready\./.test(String(chunk)) && resolve());
      void up.then(() => reject(new Error('`proofloop up` ended')));
    });
    return await body({
      run: async (what, ...flags) => {
        const all = await Promise.all(
          flags.map((more) =>
            execa(
              process.execPath,
              [
                ...[BIN, 'bench', suite, '--provers', 'gemini', '--no-refute', '--max-cost', 'none'],
                ...['--json', ...more],
              ],
              { cwd: dir, env, reject: false, stdin: 'ignore' },
            ),
          ),
        );
        const results = all.flatMap(({ stdout, stderr, exitCode }) => {
          if (exitCode !== 0 && exitCode !== 2) throw new Error(`${what}: exit code ${exitCode}: ${stderr}`);
          return stdout
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line) as Result & { readonly type: string })
            .filter(({ type }) => type === 'theorem');
        });
        return {
          what,
          ...model.take(),
          solved: results.filter((r) => r.outcome === 'solved').length,
          theorems: results.length,
          duplicates: results.reduce((sum, r) => sum + (r.ledger.duplicates ?? 0), 0),
        };
      },
    });
  } finally {
    up.kill('SIGINT');
    await up;
    model.close();
    await rm(dir, { recursive: true, force: true });
  }
};
