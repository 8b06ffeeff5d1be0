import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { CheckRequest } from '../../../lean/backend.ts';
import { createEmbeddedBackend, type EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import type { Challenge, Verdict } from '../../../src/model/index.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';

export const OPTIONS = { wallMs: 60_000, heartbeats: 200_000 };

export const backend = (): EmbeddedBackend => createEmbeddedBackend({ cacheDir: LEAN_CACHE });

/** `statement` is `theorem t …` unless the name is given with `over`. */
export const request = (
  statement: string,
  proof: string,
  over: Partial<Challenge> & { wallMs?: number; heartbeats?: number } = {},
): CheckRequest => {
  const { wallMs = OPTIONS.wallMs, heartbeats = OPTIONS.heartbeats, ...challenge } = over;
  return {
    challenge: { name: 't', header: '', context: '', statement, ...challenge },
    submission: { form: 'proof', text: proof },
    options: { wallMs, heartbeats },
  };
};

export const RIGHT = request('theorem t (a b : Nat) : a + b = b + a', 'by omega');

/** Bignum work, which no soft stop ends. */
export const UNSTOPPABLE = (wallMs: number): CheckRequest =>
  request('theorem t : 5^999999 % 7 = 6', 'by omega', { wallMs });

/** A loop that listens to the cancel token. */
export const SIMP_LOOP = (wallMs: number): CheckRequest =>
  request(
    'theorem t (f : Nat → Nat) (h : ∀ x, f x = f (x+1)) : f 0 = 7',
    'by simp (config := {maxSteps := 1000000000}) [h]',
    {
      wallMs,
      heartbeats: 0,
      context: 'set_option maxRecDepth 100000000\n',
    },
  );

export const texts = (verdict: Verdict): string =>
  'diagnostics' in verdict ? verdict.diagnostics.map((d) => d.text).join('\n') : '';

/** A dead child that nobody has waited for still has an entry. */
export const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

/** Resolves when the process is gone; the test's own time limit bounds it. */
export async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(20);
}

/** The first line that a stream gives. */
export async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  stream.setEncoding('utf8');
  let text = '';
  while (!text.includes('\n')) text += (await once(stream, 'data'))[0];
  return text.slice(0, text.indexOf('\n'));
}
