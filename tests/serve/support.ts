import { dirname } from 'node:path';
import { type Home, makeHome, startCli, untilOutput } from '../support/cli.ts';
import { LEAN_CACHE } from '../support/lean-cache.ts';

export type Json = Record<string, unknown>;
export type Result = {
  readonly id: string;
  readonly time: number;
  readonly error?: string;
  readonly response?: { messages?: Message[]; sorries?: Json[]; infotree?: Json[]; env: number };
  readonly diagnostics?: Json;
};
export type Message = {
  severity: string;
  pos: { line: number; column: number };
  endPos: unknown;
  data: string;
};

export type Serving = {
  readonly url: string;
  readonly child: ReturnType<typeof startCli>;
  /** The start line's record. */
  readonly told: Json;
  check(codes: readonly string[], more?: Json, init?: RequestInit): Promise<Result[]>;
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>;
  /** Resolves with what the process left when it has ended. */
  ended(): Promise<{ exitCode: number | undefined; stderr: string; stdout: string }>;
  /** SIGTERM, then `ended`. */
  end(): ReturnType<Serving['ended']>;
};

/** `proofloop serve` as a process of its own on a free port, with the tests' prepared Lean. */
export async function serve(
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Serving> {
  const home: Home = await makeHome({ PROOFLOOP_DIRS_CACHE: dirname(LEAN_CACHE), ...env });
  const child = startCli(home, ['serve', '--port', '0', '--json', ...args]);
  const [, line = ''] = await untilOutput(child, 'stdout', /^(\{.*\})\n/);
  const told = JSON.parse(line) as Json;
  const url = String(told.url);
  const post = (path: string, body: unknown, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    });
  const ended = async () => {
    const { exitCode, stderr, stdout } = await child;
    await home.remove();
    return { exitCode, stderr, stdout };
  };
  return {
    url,
    child,
    told,
    post,
    check: async (codes, more = {}, init = {}) => {
      const snippets = codes.map((code, i) => ({ id: String(i), code }));
      const answer = await post('/api/check', { snippets, ...more }, init);
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
      return ((await answer.json()) as { results: Result[] }).results;
    },
    ended,
    end: () => {
      process.kill(child.pid!, 'SIGTERM'); // execa's own `kill` ends it for good after 5 s.
      return ended();
    },
  };
}

export const severities = (result: Result | undefined): string[] =>
  (result?.response?.messages ?? []).map(({ severity }) => severity);
export const errors = (result: Result | undefined): string[] =>
  (result?.response?.messages ?? []).filter((m) => m.severity === 'error').map((m) => m.data);

export const RIGHT = 'theorem t (a b : Nat) : a + b = b + a := by omega';
/** Done in a few milliseconds, on a busy machine too. */
export const QUICK = 'theorem t : 1 + 1 = 2 := rfl';
export const WRONG = 'theorem t : 2 + 2 = 5 := trivial';
/** Bignum work, which no soft stop ends. */
export const ENDLESS = 'theorem t : 5^999999 % 7 = 6 := by omega';
/** A loop that a soft stop ends. */
export const LOOP = `set_option maxRecDepth 100000000
set_option maxHeartbeats 0
theorem t (f : Nat → Nat) (h : ∀ x, f x = f (x+1)) : f 0 = 7 := by simp (config := {maxSteps := 1000000000}) [h]`;
