import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { execa } from 'execa';
import { ProofloopError } from '../../src/model/index.ts';
import { elanHome } from '../project/elan-path.ts';
import type { ReplCommand } from './process.ts';

export type Sandbox = {
  /** For people, e.g. `bubblewrap: no network, read-only files`. */
  readonly level: string;
  wrap(command: ReplCommand): ReplCommand;
};

const NONE: Sandbox = { level: 'none', wrap: (command) => command };

/** Everything read-only, no network, other processes unseen, home folders and sockets hidden. */
const BASE = [
  ['--unshare-net', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--die-with-parent'],
  ['--ro-bind', '/', '/'],
  ['--dev', '/dev'],
  ['--proc', '/proc'],
].flat();

/**
 * bubblewrap where it works. Elsewhere ProofloopError LEAN_UNSANDBOXED, unless the profile allows to go without.
 */
export async function openSandbox(
  command: ReplCommand,
  allowUnsandboxed: boolean,
  path = process.env.PATH,
): Promise<Sandbox> {
  const works = await bubblewrapWorks(path);
  if (works.ok) return bubblewrap(await overlayWorks(path, command.cwd));
  if (allowUnsandboxed) return NONE;
  throw new ProofloopError(
    'LEAN_UNSANDBOXED',
    `${JSON.stringify([command.file, ...command.args].join(' '))} would run untrusted proofs without a sandbox: ${works.why}`,
  );
}

function bubblewrap(overlay: boolean): Sandbox {
  const writes = overlay ? 'writes to .lake are thrown away' : 'read-only project';
  return {
    level: `bubblewrap: no network, read-only files, ${writes}`,
    wrap: (command) => ({
      ...command,
      file: 'bwrap',
      args: [...BASE, ...hidden(), ...shown(command, overlay), '--', command.file, ...command.args],
    }),
  };
}

const hidden = (): string[] =>
  ['/tmp', '/run', '/home', '/root', homedir()].flatMap((dir) =>
    real(dir) === null ? [] : ['--tmpfs', dir],
  );

/** What the command needs from folders that are hidden: the project, files that it names, PATH, toolchains. */
function shown(command: ReplCommand, overlay: boolean): string[] {
  const path = (command.env.PATH ?? '').split(delimiter);
  const named = [command.file, ...command.args];
  const wanted = [...path, ...named, elanHome(command.env)].filter(isAbsolute);
  const binds = [...new Set([...wanted, ...wanted.map(real), command.cwd])].flatMap((dir) =>
    dir === null || dir === '/' ? [] : ['--ro-bind-try', dir, dir],
  );
  const lake = join(command.cwd, '.lake');
  const layer = overlay ? ['--overlay-src', lake, '--tmp-overlay', lake] : [];
  return [...binds, ...layer, '--chdir', command.cwd];
}

function real(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

async function bubblewrapWorks(path: string | undefined): Promise<{ ok: true } | { ok: false; why: string }> {
  const tried = await runBubblewrap(path, BASE);
  if (tried.exitCode === 0) return { ok: true };
  const missing = tried.code === 'ENOENT';
  return { ok: false, why: missing ? 'bwrap is not there' : `bwrap does not work here (${tried.stderr})` };
}

/** Lets `lake` write its notes without a trace of them outside; bubblewrap has it since 0.11. */
async function overlayWorks(path: string | undefined, cwd: string): Promise<boolean> {
  const lake = join(cwd, '.lake');
  if (real(lake) === null) return false;
  return (await runBubblewrap(path, [...BASE, '--overlay-src', lake, '--tmp-overlay', lake])).exitCode === 0;
}

const runBubblewrap = (path: string | undefined, args: readonly string[]) =>
  execa('bwrap', [...args, '--', 'true'], {
    reject: false,
    extendEnv: false,
    env: { PATH: path ?? '' },
    timeout: 10_000,
  });
