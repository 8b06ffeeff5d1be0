import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { projectModules } from './modules.ts';
import { type LakeProject, releaseTag } from './project.ts';
import { run } from './run.ts';
import { type Look, needsMathlib, type Remedy, type SetupPlan } from './steps.ts';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const command = (cwd: string, ...argv: string[]): Remedy => ({ kind: 'command', argv, cwd });

/** A folder without lakefile becomes a project that requires what the imports come from. */
export async function lookForProject(plan: SetupPlan, project: LakeProject): Promise<Look> {
  if (project.lakefile !== null && project.toolchain !== null) {
    return { state: 'ok', detail: `${project.lakefile}, ${project.toolchain}` };
  }
  const missing = project.lakefile === null ? 'lakefile' : 'lean-toolchain';
  return {
    state: 'missing',
    detail: `${plan.projectDir} has no ${missing}`,
    remedy: {
      kind: 'own',
      shown: `write lakefile.toml and lean-toolchain (${plan.toolchain}) in ${plan.projectDir}`,
      run: () => makeProject(plan, project),
    },
  };
}

export async function lookForToolchain(plan: SetupPlan, project: LakeProject): Promise<Look> {
  const wanted = project.toolchain ?? plan.toolchain;
  const list = await run(['elan', 'toolchain', 'list'], { cwd: plan.projectDir, env: plan.env });
  const there = list.output.split('\n').some((line) => line.split(' ')[0] === wanted);
  if (there) return { state: 'ok', detail: wanted };
  const remedy = command(plan.projectDir, 'elan', 'toolchain', 'install', wanted);
  return { state: 'missing', detail: `toolchain ${wanted} is not installed`, remedy };
}

export async function lookForPackages(plan: SetupPlan, project: LakeProject): Promise<Look> {
  const packages = join(plan.projectDir, '.lake', 'packages');
  const there = await Promise.all(project.requires.map((name) => exists(join(packages, name))));
  const absent = project.requires.filter((_, i) => there[i] === false);
  if (absent.length === 0 && (project.resolved || project.requires.length === 0)) {
    return { state: 'ok', detail: project.requires.join(', ') || 'none required' };
  }
  const detail = absent.length === 0 ? 'lake-manifest.json is not there' : `not there: ${absent.join(', ')}`;
  const verb = project.resolved ? 'resolve-deps' : 'update';
  return { state: 'missing', detail, remedy: command(plan.projectDir, 'lake', verb) };
}

export async function lookForMathlib(plan: SetupPlan, project: LakeProject): Promise<Look> {
  if (!needsMathlib(project)) return { state: 'ok', detail: 'Mathlib is not required' };
  const olean = join('.lake', 'packages', 'mathlib', '.lake', 'build', 'lib', 'lean', 'Mathlib.olean');
  if (await exists(join(plan.projectDir, olean))) return { state: 'ok', detail: olean };
  const remedy = command(plan.projectDir, 'lake', 'exe', 'cache', 'get');
  return { state: 'missing', detail: `${olean} is not there`, remedy };
}

export async function lookForRepl(plan: SetupPlan, project: LakeProject): Promise<Look> {
  const dir = replDir(plan, project);
  if (dir === null) {
    return {
      state: 'blocked',
      detail: `the repl has no tag for ${project.toolchain}; use a release of Lean`,
    };
  }
  if (await exists(join(dir, 'lean-toolchain'))) return { state: 'ok', detail: dir };
  const tag = releaseTag(project.toolchain ?? '') ?? '';
  const remedy = command('/', 'git', 'clone', '--depth', '1', '--branch', tag, plan.replUrl, dir);
  return { state: 'missing', detail: `no checkout of the repl at ${tag}`, remedy };
}

export async function lookForReplBinary(plan: SetupPlan, project: LakeProject): Promise<Look> {
  const binary = replBinary(plan, project);
  const dir = replDir(plan, project);
  if (binary === null || dir === null) return { state: 'blocked', detail: 'there is no repl to build' };
  if (await exists(binary)) return { state: 'ok', detail: binary };
  return { state: 'missing', detail: `${binary} is not built`, remedy: command(dir, 'lake', 'build') };
}

export async function lookForImports(plan: SetupPlan): Promise<Look> {
  const known = new Set(await projectModules(plan.projectDir, plan.env));
  const absent = plan.imports.filter((module) => !known.has(module));
  if (absent.length === 0) return { state: 'ok', detail: plan.imports.join(', ') || 'none asked for' };
  const remedy = command(plan.projectDir, 'lake', 'build', ...absent);
  return { state: 'missing', detail: `not built: ${absent.join(', ')}`, remedy };
}

export function replDir(plan: SetupPlan, project: LakeProject): string | null {
  const tag = releaseTag(project.toolchain ?? '');
  return tag === null ? null : join(plan.replsDir, tag);
}

export function replBinary(plan: SetupPlan, project: LakeProject): string | null {
  const dir = replDir(plan, project);
  return dir === null ? null : join(dir, '.lake', 'build', 'bin', 'repl');
}

/** Lake finds Mathlib by its scope in the package index; its tags are those of Lean. */
async function makeProject(plan: SetupPlan, project: LakeProject): Promise<void> {
  await mkdir(plan.projectDir, { recursive: true });
  const tag = releaseTag(project.toolchain ?? plan.toolchain);
  const rev = tag === null ? {} : { rev: tag };
  const mathlib = plan.imports.some((module) => module.split('.')[0] === 'Mathlib');
  const require = mathlib ? { require: [{ name: 'mathlib', scope: 'leanprover-community', ...rev }] } : {};
  if (project.lakefile === null) {
    const lakefile = stringify({ name: 'proofs', version: '0.1.0', ...require });
    await writeFile(join(plan.projectDir, 'lakefile.toml'), `${lakefile}\n`, { flag: 'wx' });
  }
  if (project.toolchain === null) {
    await writeFile(join(plan.projectDir, 'lean-toolchain'), `${plan.toolchain}\n`);
  }
}
