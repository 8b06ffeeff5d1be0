import { distance } from 'fastest-levenshtein';
import { parseHeader } from '../../src/lean-text/imports.ts';
import type { Verdict } from '../../src/model/index.ts';

export type BadHeader = Extract<Verdict, { status: 'badHeader' }>;

const NEAR = 3;
/** Part of a module name's length that may differ for it to be called near. */
const NEAR_SHARE = 0.45;

const NATIVE =
  'The embedded Lean has core Lean only (Init, Std, Lean). For Mathlib and other packages set up a native Lean: ' +
  '`proofloop lean setup`, or name one with --lean-command and --lean-cwd.';
const CORE = 'Import a module of core Lean (Init, Std, Lean, Lake).';

/** Modules that a text imports and the library has not, with near names; null when it has all. */
export function missingModules(text: string, library: ReadonlySet<string>): BadHeader | null {
  const missing = parseHeader(text).modules.filter((module) => !library.has(module));
  if (missing.length === 0) return null;
  return {
    status: 'badHeader',
    missing,
    near: [...new Set(missing.flatMap((module) => nearModules(module, library)))],
    hint: missing.some((module) => !isCore(module, library)) ? NATIVE : CORE,
    ms: 0,
  };
}

/** For a header that names what is there and still cannot be imported. */
export const failedImport = (errors: readonly string[]): BadHeader => ({
  status: 'badHeader',
  missing: [],
  near: [],
  hint: errors.join('\n'),
  ms: 0,
});

const isCore = (module: string, library: ReadonlySet<string>): boolean => library.has(module.split('.')[0]!);

/** By name, or for a module of another package by the name behind the package's. */
function nearModules(module: string, library: ReadonlySet<string>): string[] {
  const inner = isCore(module, library) ? module : module.slice(module.indexOf('.') + 1);
  const without = (name: string) => (inner === module ? name : name.slice(name.indexOf('.') + 1));
  return [...library]
    .map((name) => ({ name, far: distance(inner, without(name)) }))
    .filter(({ far }) => far <= Math.max(1, inner.length * NEAR_SHARE))
    .sort((a, b) => a.far - b.far || a.name.length - b.name.length || a.name.localeCompare(b.name))
    .slice(0, NEAR)
    .map(({ name }) => name);
}
