import { access } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from '@jest/globals';
import { execa } from 'execa';
import type { LeanBackend, LeanInstance } from '../../../lean/backend.ts';
import { type CommandProfile, createCommandBackend } from '../../../lean/repl/backend.ts';
import type { LeanJob } from '../../../lean/service.ts';
import type { Submission } from '../../../src/model/index.ts';

export const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));
const PATH = process.env.PATH ?? '';

/** The fault fixture; see fixtures/repl.ts for what a text can ask of it. */
export const fixtureProfile = (over: Partial<CommandProfile> = {}): CommandProfile => ({
  kind: 'command',
  command: [process.execPath, `${FIXTURES}/repl.ts`],
  cwd: FIXTURES,
  env: { PATH },
  allowUnsandboxed: true,
  ...over,
});

/** Without bubblewrap on our own PATH: processes start faster and may leave marks in the file system. */
export function withoutBubblewrap(): void {
  beforeAll(() => {
    process.env.PATH = '/nowhere';
  });
  afterAll(() => {
    process.env.PATH = PATH;
  });
}

export const fixtureBackend = (over: Partial<CommandProfile> = {}) =>
  createCommandBackend(fixtureProfile(over));

export const proof = (text: string): Submission => ({ form: 'proof', text });

export const jobOf = (over: Partial<LeanJob['challenge']> = {}, wallMs = 20_000): LeanJob => ({
  challenge: { name: 't', header: 'import Lean\n', context: '', statement: 'theorem t : 1 = 1', ...over },
  options: { wallMs, heartbeats: 200_000 },
});

/** Resolves when `holds` does; a test that waits in vain ends by its own limit. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await setImmediate();
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Processes of a group that still run; one that has ended and that nobody has waited for yet does not count. */
export async function runningInGroup(pgid: number): Promise<string[]> {
  const { stdout } = await execa('ps', ['-A', '-o', 'pgid=,stat=,args='], { env: { PATH } });
  return stdout.split('\n').filter((line) => {
    const [group, state = ''] = line.trim().split(/\s+/u);
    return Number(group) === pgid && !state.startsWith('Z');
  });
}

/** The instance with some of its methods replaced. */
export const delegate = (instance: LeanInstance, over: Partial<LeanInstance>): LeanInstance =>
  new Proxy(instance, {
    get(target, key) {
      const value: unknown = Reflect.get(key in over ? over : target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

export type Watched = LeanBackend & {
  /** The most instances that lived at once. */
  readonly most: () => number;
  /** What must never happen: requests at the same time in one instance, or to one that has ended. */
  readonly violations: string[];
  /** `submissions` of the instance at each check, by the text submitted. */
  readonly before: Map<string, number>;
};

/** Looks on while a pool uses a backend. */
export function watched(backend: LeanBackend): Watched {
  const living = new Set<LeanInstance>();
  let most = 0;
  const violations: string[] = [];
  const before = new Map<string, number>();
  const wrap = (instance: LeanInstance): LeanInstance => {
    let working = false;
    let ended = false;
    const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
      if (working) violations.push('two requests at once');
      if (ended) violations.push('a request after a failure that ended the instance');
      working = true;
      try {
        return await work();
      } catch (error) {
        ended = !instance.alive;
        throw error;
      } finally {
        working = false;
      }
    };
    const proxy = delegate(instance, {
      check: (request, signal) => {
        before.set(request.submission.text, instance.submissions);
        return guarded(() => instance.check(request, signal));
      },
      elaborate: (text, options, signal) => guarded(() => instance.elaborate(text, options, signal)),
      warm: (header) => guarded(() => instance.warm(header)),
      stop: async () => {
        await instance.stop();
        living.delete(proxy);
      },
    });
    return proxy;
  };
  return {
    identity: () => backend.identity(),
    start: async () => {
      const instance = wrap(await backend.start());
      for (const old of living) if (!old.alive) living.delete(old);
      living.add(instance);
      most = Math.max(most, living.size);
      return instance;
    },
    close: () => backend.close(),
    most: () => most,
    violations,
    before,
  };
}
