import { execa } from 'execa';

export type RunOptions = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Each line that the program writes. */
  readonly onLine?: ((line: string) => void) | undefined;
};

export type RunResult = { readonly ok: boolean; readonly output: string };

/** Runs a program to its end; one that is not there is a result like any failure. Rejects with the signal's reason. */
export async function run(argv: readonly string[], options: RunOptions): Promise<RunResult> {
  const [file = '', ...args] = argv;
  const child = execa(file, args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  });
  if (options.onLine !== undefined) void forward(child.iterable({ from: 'all' }), options.onLine);
  const result = await child;
  options.signal?.throwIfAborted();
  const output = result.all ?? '';
  return result.failed ? { ok: false, output: output || (result.shortMessage ?? '') } : { ok: true, output };
}

async function forward(lines: AsyncIterable<unknown>, onLine: (line: string) => void): Promise<void> {
  try {
    for await (const line of lines) onLine(String(line));
  } catch {
    // The result of the run tells of a failure.
  }
}
