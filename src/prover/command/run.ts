import { execa } from 'execa';
import { endWithUs, killGroup } from '../../../lean/repl/group.ts';
import type { CommandProfile } from './profile.ts';

export type Ended = {
  readonly stdout: string;
  /** Its beginning. */
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Standard output passed its limit, and the program was ended for it. */
  readonly tooMuch: boolean;
  /** ENOENT and its like: it never ran. */
  readonly notStarted: string | null;
};

const STDERR_BYTES = 64 * 1024;
const INHERITED = ['PATH', 'HOME', 'LANG', 'TMPDIR'] as const;

const environment = ({ env, passEnv }: CommandProfile, own: NodeJS.ProcessEnv): Record<string, string> => {
  const passed = [...INHERITED, ...passEnv].flatMap((name) => {
    const value = own[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(passed), ...env };
};

/**
 * Runs the program of a profile with `input` on its standard input, until it ends or `signal` aborts. It leads a process
 * group of its own, and the whole group is ended then, also when the program itself has ended before its children.
 */
export async function runProgram(
  profile: CommandProfile,
  input: string,
  signal: AbortSignal,
): Promise<Ended> {
  const [program = '', ...args] = profile.command;
  const child = execa(program, args, {
    cwd: profile.cwd,
    env: environment(profile, process.env),
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    stripFinalNewline: false,
    stdin: 'pipe',
    maxBuffer: { stdout: profile.maxOutputBytes, stderr: STDERR_BYTES },
    // Talk of the program beyond its limit is dropped, and no reason to end it.
    buffer: { stdout: true, stderr: false },
  });
  let head = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    if (head.length < STDERR_BYTES) head += chunk.toString('utf8');
  });
  const { pid } = child;
  const end = (): void => {
    if (pid !== undefined) killGroup(pid);
  };
  if (pid !== undefined) endWithUs(pid);
  signal.addEventListener('abort', end, { once: true });
  // A program that does not read its input ends the pipe; that is its own affair.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  try {
    const result = await child;
    const failure = result as { code?: string; isMaxBuffer?: boolean; isForcefullyTerminated?: boolean };
    return {
      stdout: String(result.stdout ?? ''),
      stderr: head,
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      tooMuch: failure.isMaxBuffer === true,
      notStarted: pid === undefined ? (failure.code ?? 'unknown') : null,
    };
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
