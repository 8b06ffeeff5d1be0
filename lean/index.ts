import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { Config, LeanProfile } from '../src/config/config.ts';
import { ProofloopError } from '../src/model/index.ts';
import type { LeanBackend } from './backend.ts';
import { createPool } from './pool/pool.ts';
import type { RecyclePolicy } from './pool/recycle.ts';
import { createCommandBackend } from './repl/backend.ts';
import type { LeanService } from './service.ts';

const GiB = 1024 ** 3;

/** Resident bytes of a process that has imported Mathlib, and of a host with one instance over Init. */
const WITH_MATHLIB = 6 * GiB;
const HOST = GiB / 2;
/** The repl keeps every environment that it ever made. */
const COMMAND_RECYCLE: Partial<RecyclePolicy> = { requests: 500, memoryBytes: 12 * GiB };

/** Its wasm memory has 240 MiB after a thousand theorems over Init, and ends at 2 GiB. */
const EMBEDDED_RECYCLE: Partial<RecyclePolicy> = { memoryBytes: GiB };

/** What one more instance is reckoned to take. */
export const bytesOf = (profile: LeanProfile | undefined): number =>
  profile?.kind === 'command' ? WITH_MATHLIB : HOST;

type LeanConfig = Pick<Config, 'dirs'> & {
  readonly lean: Omit<Config['lean'], 'memoryMiB' | 'spare'> &
    Partial<Pick<Config['lean'], 'memoryMiB' | 'spare'>>;
};

/**
 * The Lean engine of the profile that the configuration names. Nothing starts before it is needed.
 * Rejects with ProofloopError CONFIG_INVALID for a profile that is not there.
 */
export async function createLeanService(
  config: LeanConfig,
  say?: (line: string) => void,
): Promise<LeanService> {
  const { profile: name, profiles, slots } = config.lean;
  const profile = profiles[name];
  if (profile === undefined) {
    const known = Object.keys(profiles).join(', ');
    throw new ProofloopError(
      'CONFIG_INVALID',
      `there is no Lean profile ${JSON.stringify(name)}; known: ${known}`,
    );
  }
  const backend = await backendOf(name, profile, config, say);
  const each = bytesOf(profile);
  const recycle = profile.kind === 'embedded' ? EMBEDDED_RECYCLE : COMMAND_RECYCLE;
  // Unless it was said, a spare is kept where there is room for it.
  const spare = config.lean.spare ?? totalmem() >= (slots + 1) * each;
  return createPool({ backend, slots, spare, recycle });
}

async function backendOf(
  name: string,
  profile: LeanProfile,
  { dirs, lean }: LeanConfig,
  say?: (line: string) => void,
): Promise<LeanBackend> {
  if (profile.kind === 'command') return createCommandBackend(profile, name);
  // Only who uses the embedded Lean loads it.
  const { createEmbeddedBackend } = await import('./embedded/backend.ts');
  const { memoryMiB } = lean;
  return createEmbeddedBackend({
    cacheDir: join(dirs.cache, 'lean'),
    ...(memoryMiB === undefined ? {} : { memoryMiB }),
    ...(say ? { say } : {}),
  });
}
