import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProofloopError } from '../../src/model/index.ts';
import { run } from './run.ts';
import type { Look, SetupPlan } from './steps.ts';

export const ELAN_URL = 'https://elan.lean-lang.org/elan-init.sh';
const DOWNLOAD_MS = 30_000;

/** elan, the installer of Lean toolchains; `lake` without elan is as good. */
export async function lookForElan(plan: SetupPlan): Promise<Look> {
  const at = { cwd: '/', env: plan.env };
  const elan = await run(['elan', '--version'], at);
  if (elan.ok) return { state: 'ok', detail: elan.output.trim() };
  return {
    state: 'missing',
    detail: 'elan is not on PATH',
    remedy: {
      kind: 'own',
      shown: `curl -sSf ${plan.elanUrl} | sh -s -- -y --default-toolchain none`,
      run: () => installElan(plan),
    },
  };
}

async function installElan(plan: SetupPlan): Promise<void> {
  const script = await download(plan.elanUrl);
  const dir = await mkdtemp(join(tmpdir(), 'proofloop-elan-'));
  try {
    const file = join(dir, 'elan-init.sh');
    await writeFile(file, script);
    const { ok, output } = await run(['sh', file, '-y', '--default-toolchain', 'none'], {
      cwd: dir,
      env: plan.env,
    });
    if (!ok) throw failed(`its installer ended with: ${tail(output)}`);
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function download(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
    if (response.ok) return await response.text();
    throw failed(`${url} answered ${response.status}`);
  } catch (error) {
    if (error instanceof ProofloopError) throw error;
    // fetch says no more than "fetch failed"; its cause has the address and the code.
    const { cause, message } = error as { cause?: { message?: string }; message: string };
    throw failed(`${url} cannot be reached: ${cause?.message ?? message}.`);
  }
}

const failed = (why: string): ProofloopError =>
  new ProofloopError('LEAN_START_FAILED', `elan was not installed: ${why}`, {
    fix: 'Install elan as https://github.com/leanprover/elan describes, then run the command again.',
  });

export const tail = (output: string): string => output.trim().split('\n').slice(-5).join('\n').slice(-1000);
