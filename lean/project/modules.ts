import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { elanHome } from './elan-path.ts';

type Env = Readonly<Record<string, string | undefined>>;

const NEAR = 5;
/** Modules with a built .olean that a Lake project can import: its own, its packages' and the toolchain's. */
export async function projectModules(projectDir: string, env: Env = process.env): Promise<readonly string[]> {
  const packages = join(projectDir, '.lake', 'packages');
  const roots = [projectDir, ...(await names(packages)).map((name) => join(packages, name))];
  const libs = roots.flatMap((root) => [
    join(root, '.lake', 'build', 'lib', 'lean'),
    join(root, '.lake', 'build', 'lib'),
  ]);
  const all = await Promise.all([...libs, await toolchainLib(projectDir, env)].map(oleans));
  return [...new Set(all.flat())].sort();
}

/** Names that the project has and that a missing name may have meant, the nearest first. */
export async function nearModules(projectDir: string, missing: string): Promise<readonly string[]> {
  return nearest(missing, await projectModules(projectDir));
}

/** A name that ends the same way (a module that has moved) comes before one that is only spelt alike. */
export function nearest(missing: string, names: readonly string[]): readonly string[] {
  const last = missing.split('.').at(-1) ?? missing;
  const scored = names.flatMap((name) => {
    const moved = name.split('.').at(-1) === last;
    const edits = distance(missing, name);
    if (!moved && edits > Math.max(2, missing.length / 4)) return [];
    return [{ name, score: moved ? edits - missing.length : edits }];
  });
  return scored
    .sort((a, b) => a.score - b.score || a.name.localeCompare(b.name))
    .slice(0, NEAR)
    .map(({ name }) => name);
}

async function oleans(dir: string): Promise<string[]> {
  const files = await readdir(dir, { recursive: true }).catch(() => []);
  return files.flatMap((file) => {
    if (!file.endsWith('.olean') || file.startsWith('lean/')) return [];
    return [file.slice(0, -'.olean'.length).replaceAll('/', '.')];
  });
}

/** Where elan keeps the toolchain that the project names: `leanprover/lean4:v4.28.0` -> `leanprover--lean4---v4.28.0`. */
async function toolchainLib(projectDir: string, env: Env): Promise<string> {
  const text = await readFile(join(projectDir, 'lean-toolchain'), 'utf8').catch(() => '');
  const name = text.trim().replaceAll('/', '--').replaceAll(':', '---');
  return join(elanHome(env), 'toolchains', name === '' ? 'none' : name, 'lib', 'lean');
}

const names = (dir: string): Promise<string[]> => readdir(dir).catch(() => []);
