import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { rootFor, SHUT_IN, SYSTEM } from './namespaces.ts';

/** How far the host is shut in, beside wasm itself; `level` is for people. */
export type Sandbox = {
  readonly level: string;
  /** The command that runs `args` with this process's Node. */
  command(args: readonly string[], readable: readonly string[]): readonly [string, ...string[]];
};

const PROBE_MS = 5_000;

/** Node's own: nothing is writable, no subprocess, no addons. It does not cover the network in Node 24. */
export const permissionFlags = (readable: readonly string[]): string[] => [
  '--permission',
  '--allow-worker',
  ...readable.flatMap((path) => [`--allow-fs-read=${path}`]),
];

const PLAIN: Sandbox = {
  level: 'permission model',
  command: (args) => [process.execPath, ...args],
};

/** A file system that holds only the system's libraries, Node, and what is named; no network. */
const bubblewrap = (bwrap: string): Sandbox => ({
  level: 'permission model + bubblewrap (no network, only its own files)',
  command: (args, readable) => {
    const node = realpathSync(process.execPath);
    return [
      bwrap,
      ...['--die-with-parent', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--dev', '/dev'],
      ...SYSTEM.flatMap((path) => ['--ro-bind-try', path, path]),
      ...[node, ...readable].flatMap((path) => ['--ro-bind-try', path, path]),
      ...['--chdir', '/', '--', node, ...args],
    ];
  },
});

const real = (path: string): string => (existsSync(path) ? realpathSync(path) : path);

/** The same by means of util-linux alone. Needs no rights where users may make namespaces. */
const ownFiles = (unshare: string): Sandbox => ({
  level: 'permission model + namespaces (no network, only its own files)',
  command: (args, readable) => {
    const node = realpathSync(process.execPath);
    const shown = [...new Set([...SYSTEM, '/dev/null', node, ...readable.map(real), ...readable])];
    const root = rootFor(shown);
    const script = ['/bin/sh', '-c', SHUT_IN, 'sandbox', root, String(shown.length), ...shown];
    return [unshare, '--map-root-user', '--net', '--mount', '--', ...script, node, ...args];
  },
});

const networkNamespace = (unshare: string): Sandbox => ({
  level: 'permission model + network namespace',
  command: (args) => [unshare, '--map-root-user', '--net', '--', process.execPath, ...args],
});

let found: Promise<Sandbox> | null = null;

/** The strongest that works on this machine, found by trying each once in this process. */
export function findSandbox(): Promise<Sandbox> {
  found ??= strongest();
  return found;
}

export const permissionOnly: Sandbox = PLAIN;

async function strongest(): Promise<Sandbox> {
  if (process.platform !== 'linux') return PLAIN;
  const candidates = [
    { program: 'bwrap', sandbox: bubblewrap },
    { program: 'unshare', sandbox: ownFiles },
    { program: 'unshare', sandbox: networkNamespace },
  ];
  for (const { program, sandbox } of candidates) {
    const path = onPath(program);
    if (path !== null && (await works(sandbox(path)))) return sandbox(path);
  }
  return PLAIN;
}

async function works(sandbox: Sandbox): Promise<boolean> {
  const [file, ...args] = sandbox.command(['--version'], []);
  const tried = await execa(file, args, { reject: false, extendEnv: false, env: {}, timeout: PROBE_MS });
  return tried.exitCode === 0 && tried.stdout.startsWith('v');
}

function onPath(program: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    if (folder.startsWith('/') && existsSync(path)) return path;
  }
  return null;
}
