import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { ProofloopError } from '../../src/model/index.ts';

/** A Lake project as far as proofloop has to know it. */
export type LakeProject = {
  readonly dir: string;
  /** Its lakefile; null where the folder has none. */
  readonly lakefile: 'lakefile.toml' | 'lakefile.lean' | null;
  /** Names of the packages that it requires, from the lakefile and, where that was resolved, from the manifest. */
  readonly requires: readonly string[];
  /** `lake-manifest.json` is there: versions are settled. */
  readonly resolved: boolean;
  /** As in `lean-toolchain`, e.g. `leanprover/lean4:v4.28.0`. */
  readonly toolchain: string | null;
};

const lakefileSchema = z.object({
  name: z.string(),
  require: z.array(z.object({ name: z.string() })).default([]),
});
const manifestSchema = z.object({ packages: z.array(z.object({ name: z.string() })).default([]) });

/** `require mathlib from git …` and `require "leanprover-community" / "mathlib"` of a lakefile.lean. */
const REQUIRE = /^\s*require\s+(?:"[^"]*"\s*\/\s*)?["«]?([\p{L}\p{N}_.-]+)/gmu;

/** Rejects with ProofloopError CONFIG_INVALID when a file of the project cannot be understood. */
export async function readProject(dir: string): Promise<LakeProject> {
  const toml = await textOf(dir, 'lakefile.toml');
  const lean = await textOf(dir, 'lakefile.lean');
  const manifest = await textOf(dir, 'lake-manifest.json');
  const toolchain = (await textOf(dir, 'lean-toolchain'))?.trim() ?? null;
  // Lake itself takes the lakefile.lean where both are there.
  const own = lean !== null ? [...lean.matchAll(REQUIRE)].map((m) => m[1] ?? '') : requiredByToml(dir, toml);
  const locked = manifest === null ? [] : lockedPackages(dir, manifest);
  return {
    dir,
    lakefile: lean !== null ? 'lakefile.lean' : toml !== null ? 'lakefile.toml' : null,
    requires: [...new Set([...own, ...locked])],
    resolved: manifest !== null,
    toolchain: toolchain === '' ? null : toolchain,
  };
}

/** `leanprover/lean4:v4.28.0` -> `v4.28.0`, which is also the tag of the repl; null for a nightly or a local build. */
export const releaseTag = (toolchain: string): string | null =>
  /^(?:[^:]*:)?(v\d+\.\d+\.\d+(?:-rc\d+)?)$/u.exec(toolchain)?.[1] ?? null;

function requiredByToml(dir: string, text: string | null): string[] {
  if (text === null) return [];
  try {
    return lakefileSchema.parse(parse(text)).require.map(({ name }) => name);
  } catch (error) {
    throw invalid(join(dir, 'lakefile.toml'), error);
  }
}

function lockedPackages(dir: string, text: string): string[] {
  try {
    return manifestSchema.parse(JSON.parse(text)).packages.map(({ name }) => name);
  } catch (error) {
    throw invalid(join(dir, 'lake-manifest.json'), error);
  }
}

function invalid(path: string, error: unknown): ProofloopError {
  const why =
    error instanceof z.ZodError
      ? z.prettifyError(error)
      : error instanceof TomlError || error instanceof SyntaxError
        ? (error.message.split('\n')[0] ?? '')
        : String(error);
  return new ProofloopError('CONFIG_INVALID', `"${path}" cannot be understood: ${why}`, { cause: error });
}

async function textOf(dir: string, name: string): Promise<string | null> {
  try {
    return await readFile(join(dir, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new ProofloopError('FILE_UNREADABLE', `"${join(dir, name)}" cannot be read`, { cause: error });
  }
}
