import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, type ResultPromise } from 'execa';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BIN = join(ROOT, 'bin', 'proofloop.js');

export type Home = {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
};

/** Folders of its own for data, state and configuration; downloads and the prepared Lean are shared with the user's cache. */
export async function makeHome(extra: Record<string, string> = {}): Promise<Home> {
  const dir = await mkdtemp(join(tmpdir(), 'proofloop-test-'));
  const env = {
    XDG_DATA_HOME: join(dir, 'data'),
    XDG_STATE_HOME: join(dir, 'state'),
    XDG_CONFIG_HOME: join(dir, 'config'),
    NO_COLOR: '1',
    ...extra,
  };
  return { dir, env, remove: () => rm(dir, { recursive: true, force: true }) };
}

export type CliProcess = ResultPromise<{
  reject: false;
  cwd: string;
  env: Record<string, string>;
  detached: boolean;
}>;

/** Starts `proofloop ARGS` as a user would. `reject: false`: the exit code is part of what a test looks at. */
export function startCli(
  home: Home,
  args: readonly string[],
  options: {
    input?: string;
    cwd?: string;
    env?: Record<string, string>;
    /** A command that the command is given to, such as `ip netns exec NAME`. */
    through?: readonly string[];
  } = {},
) {
  const [program = process.execPath, ...rest] = [...(options.through ?? []), process.execPath, BIN, ...args];
  return execa(program, rest, {
    cwd: options.cwd ?? home.dir,
    env: { ...home.env, ...options.env },
    reject: false,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
  });
}

/** The JSON lines that a `--json` command wrote. Throws when a line is not JSON, since nothing else may be on stdout. */
export const jsonLines = (stdout: string): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Resolves once `text` matches in what the process has written to `stream` so far; rejects when it ends before. */
export async function untilOutput(
  child: ReturnType<typeof startCli>,
  stream: 'stdout' | 'stderr',
  pattern: RegExp,
): Promise<RegExpMatchArray> {
  let seen = '';
  return await new Promise((resolve, reject) => {
    const look = (chunk: unknown): void => {
      seen += String(chunk);
      const match = seen.match(pattern);
      if (match !== null) resolve(match);
    };
    child[stream]?.on('data', look);
    void child.then((r) =>
      reject(new Error(`ended with ${r.exitCode} before ${pattern}: ${r.stdout}\n${r.stderr}`)),
    );
  });
}

/** A command's exit code; what it printed stands in the failure, since another run may not fail again. */
export const expectExit = (
  result: { readonly exitCode?: number | undefined; readonly stdout?: unknown; readonly stderr?: unknown },
  code: number,
): void => {
  if (result.exitCode === code) return;
  throw new Error(`exit code ${result.exitCode} in place of ${code}\n${result.stdout}\n${result.stderr}`);
};
