import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeanProfile } from '../../src/config/config.ts';
import { isProofloopError, ProofloopError } from '../../src/model/index.ts';
import { InstanceDied, type LeanBackend, type LeanInstance } from '../backend.ts';
import { pathWithElan } from '../project/elan-path.ts';
import type { LeanIdentity } from '../service.ts';
import { CommandInstance } from './instance.ts';
import type { ReplCommand } from './process.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ReplSession, WallClockOver } from './session.ts';
import { type LeanVersion, leanVersion } from './version.ts';

export type CommandProfile = Extract<LeanProfile, { kind: 'command' }>;

/** `lake` may look at every package of the project before the repl answers. */
const START_MS = 120_000;

const READ_ONLY_FIX =
  'The sandbox shows the project read-only: build it first, or name the built program (`lake env PATH/repl`).';

/** Lean behind any command that speaks the protocol of leanprover-community/repl. */
export function createCommandBackend(profile: CommandProfile, name = 'command'): LeanBackend {
  return new CommandBackend(profile, name);
}

class CommandBackend implements LeanBackend {
  readonly #profile: CommandProfile;
  readonly #name: string;
  readonly #command: ReplCommand;
  #sandbox: Promise<Sandbox> | null = null;
  #version: LeanVersion | null = null;
  /** Started to ask for the version; the next `start` takes it. */
  #parked: LeanInstance | null = null;
  readonly #sessions = new Set<ReplSession>();
  #closed = false;

  constructor(profile: CommandProfile, name: string) {
    this.#profile = profile;
    this.#name = name;
    this.#command = commandOf(profile);
  }

  async identity(): Promise<LeanIdentity> {
    if (this.#version === null) this.#parked = await this.start();
    const version = this.#version as LeanVersion | null;
    const { level } = await this.#openSandbox();
    return {
      backend: this.#name,
      version: version?.version ?? 'unknown',
      buildHash: await buildHash(this.#profile, version),
      sandbox: level,
    };
  }

  async start(): Promise<LeanInstance> {
    const parked = this.#parked;
    this.#parked = null;
    if (parked?.alive === true) return parked;
    const sandbox = await this.#openSandbox();
    if (this.#closed) throw new ProofloopError('LEAN_START_FAILED', 'the Lean backend was closed');
    const session = new ReplSession(sandbox.wrap(this.#command));
    for (const old of this.#sessions) if (!old.alive) this.#sessions.delete(old);
    this.#sessions.add(session);
    try {
      this.#version = await leanVersion(session, { deadline: performance.now() + START_MS });
    } catch (error) {
      await session.stop();
      throw this.#startFault(error);
    }
    return new CommandInstance(session, this.#profile.cwd, this.#version.version);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#sessions].map((session) => session.stop()));
  }

  #openSandbox(): Promise<Sandbox> {
    this.#sandbox ??= openSandbox(this.#command, this.#profile.allowUnsandboxed).catch((error: unknown) => {
      this.#sandbox = null;
      throw error;
    });
    return this.#sandbox;
  }

  #startFault(error: unknown): unknown {
    if (isProofloopError(error)) return error;
    const shown = `${JSON.stringify(this.#profile.command)} in ${this.#profile.cwd}`;
    if (error instanceof WallClockOver) {
      return new ProofloopError('LEAN_START_FAILED', `${shown} gave no answer within ${START_MS} ms`);
    }
    if (!(error instanceof InstanceDied)) return error;
    const readOnly = /read-only file system/iu.test(error.fault);
    return new ProofloopError('LEAN_START_FAILED', `${shown}: ${error.fault}`, {
      cause: error,
      ...(readOnly ? { fix: READ_ONLY_FIX } : {}),
    });
  }
}

/** Nothing of our own environment but PATH and HOME: no key reaches a process that runs untrusted proofs. */
function commandOf(profile: CommandProfile): ReplCommand {
  const [file, ...args] = profile.command;
  if (file === undefined)
    throw new ProofloopError('CONFIG_INVALID', 'the command of the Lean profile is empty');
  const home = process.env.HOME;
  const env = { PATH: pathWithElan(process.env), ...(home === undefined ? {} : { HOME: home }) };
  return { file, args, cwd: profile.cwd, env: { ...env, ...profile.env } };
}

/** What decides a verdict, as far as it can be told from outside: the command, Lean's answer, the locked packages. */
async function buildHash(profile: CommandProfile, version: LeanVersion | null): Promise<string> {
  const files = await Promise.all(
    ['lean-toolchain', 'lake-manifest.json'].map((name) =>
      readFile(join(profile.cwd, name), 'utf8').catch(() => null),
    ),
  );
  const parts = [profile.command, profile.env, version?.text ?? null, ...files];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
