import { isProofloopError } from '../../src/model/index.ts';
import { ELAN_URL, lookForElan, tail } from './elan.ts';
import { pathWithElan } from './elan-path.ts';
import {
  lookForImports,
  lookForMathlib,
  lookForPackages,
  lookForProject,
  lookForRepl,
  lookForReplBinary,
  lookForToolchain,
  replBinary,
} from './native.ts';
import { lookForProfile } from './profile.ts';
import { readProject } from './project.ts';
import { run } from './run.ts';
import { type Look, type Remedy, type SetupPlan, type Step, type StepReport, shown } from './steps.ts';

const REPL_URL = 'https://github.com/leanprover-community/repl';

export type SetupOptions = Pick<SetupPlan, 'projectDir' | 'profile' | 'configFile' | 'replsDir'> &
  Partial<SetupPlan> & {
    /** False: only says what is missing and what would mend it. */
    readonly apply: boolean;
    readonly signal?: AbortSignal | undefined;
    /** Called with each report as soon as it is known. */
    readonly onStep?: ((report: StepReport) => void) | undefined;
    /** Each line that a command writes. */
    readonly onLine?: ((line: string) => void) | undefined;
  };

/**
 * Prepares a native Lean: elan, a Lake project with its toolchain, packages and Mathlib cache, the repl at the tag
 * of that toolchain, the imports, and a profile in the configuration. Steps are reported in order; the first that is
 * missing (or, with `apply`, cannot be mended) makes the rest wait. Nothing that is there is changed.
 */
export async function setUpNativeLean(options: SetupOptions): Promise<readonly StepReport[]> {
  const reports: StepReport[] = [];
  let open = true;
  for (const step of stepsOf(planOf(options))) {
    const report: StepReport = open ? await take(step, options) : waiting(step);
    open = report.state === 'ok' || report.state === 'done';
    reports.push(report);
    options.onStep?.(report);
  }
  return reports;
}

const planOf = (options: SetupOptions): SetupPlan => ({
  imports: ['Mathlib'],
  toolchain: 'leanprover/lean4:v4.28.0',
  elanUrl: ELAN_URL,
  replUrl: REPL_URL,
  ...options,
  env: withElan(options.env ?? process.env),
});

/** A fresh elan is on the PATH of later shells only. */
function withElan(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(set), PATH: pathWithElan(env) };
}

function stepsOf(plan: SetupPlan): readonly Step[] {
  // Read anew each time: a step before may have changed it.
  const project = () => readProject(plan.projectDir);
  return [
    { id: 'elan', title: 'elan, the installer of Lean', look: () => lookForElan(plan) },
    { id: 'project', title: 'Lake project', look: async () => lookForProject(plan, await project()) },
    { id: 'toolchain', title: 'Lean toolchain', look: async () => lookForToolchain(plan, await project()) },
    { id: 'packages', title: 'required packages', look: async () => lookForPackages(plan, await project()) },
    { id: 'mathlib-cache', title: 'built Mathlib', look: async () => lookForMathlib(plan, await project()) },
    { id: 'repl-source', title: 'source of the repl', look: async () => lookForRepl(plan, await project()) },
    { id: 'repl-build', title: 'built repl', look: async () => lookForReplBinary(plan, await project()) },
    { id: 'imports', title: 'imports', look: () => lookForImports(plan) },
    {
      id: 'profile',
      title: 'profile in the configuration',
      look: async () => {
        const binary = replBinary(plan, await project()) ?? '';
        const profile = { kind: 'command', command: ['lake', 'env', binary], cwd: plan.projectDir } as const;
        return lookForProfile(plan.configFile, plan.profile, profile);
      },
    },
  ];
}

async function take(step: Step, options: SetupOptions): Promise<StepReport> {
  const { id, title } = step;
  const before = await step.look();
  if (before.state !== 'missing') return { id, title, ...before, command: null };
  const command = shown(before.remedy);
  if (!options.apply) return { id, title, state: 'missing', detail: before.detail, command };
  const fault = await mend(before.remedy, options);
  const after: Look | null = fault === null ? await step.look() : null;
  if (after?.state === 'ok') return { id, title, state: 'done', detail: after.detail, command };
  return { id, title, state: 'failed', detail: fault ?? after?.detail ?? before.detail, command };
}

/** Why the remedy failed, or null. */
async function mend(remedy: Remedy, options: SetupOptions): Promise<string | null> {
  const { env } = planOf(options);
  if (remedy.kind === 'command') {
    const { cwd, argv } = remedy;
    const result = await run(argv, { cwd, env, signal: options.signal, onLine: options.onLine });
    return result.ok ? null : tail(result.output);
  }
  try {
    await remedy.run();
    return null;
  } catch (error) {
    if (isProofloopError(error)) return `${error.message} ${error.fix}`;
    throw error;
  }
}

const waiting = ({ id, title }: Step): StepReport => ({
  id,
  title,
  state: 'waiting',
  detail: 'needs the step before it',
  command: null,
});
