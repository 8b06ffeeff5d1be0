import type { LeanJob, LeanService } from '../../../lean/service.ts';
import { isProofloopError, type Submission } from '../../../src/model/index.ts';
import type { Happened, Outcome } from './fault.ts';

export const proof = (text: string): Submission => ({ form: 'proof', text });

/** A job over `import Init`; `statement` is what follows the name. */
export const job = (statement: string, wallMs = 60_000, context = '', heartbeats = 200_000): LeanJob => ({
  challenge: { name: 't', header: '', context, statement: `theorem t ${statement}` },
  options: { wallMs, heartbeats },
});

/** What became of a request. Rejects with what is neither a verdict nor a fault with a code nor `reason`. */
export async function outcomeOf(
  request: Promise<{ readonly status: string }>,
  reason?: unknown,
): Promise<Outcome> {
  try {
    return (await request).status;
  } catch (error) {
    if (reason !== undefined && error === reason) return 'cancelled';
    if (isProofloopError(error)) return error.code;
    throw error;
  }
}

/** One submission with a wall clock; `overMs` is how much later than that its verdict came. */
export async function timed(
  lean: LeanService,
  one: LeanJob,
  text: string,
  call: 'screen' | 'elaborate' = 'screen',
): Promise<Happened> {
  const began = performance.now();
  const request =
    call === 'screen'
      ? lean.screen(one, proof(text))
      : lean.elaborate(one.challenge.context + text, one.options);
  const outcomes = [await outcomeOf(request)];
  const overMs = performance.now() - began - one.options.wallMs;
  return overMs > 0 ? { outcomes, overMs } : { outcomes };
}

/** A request whose answer only it can get: the goal holds its number. */
export async function ownAnswer(
  lean: LeanService,
  number: number,
  signal?: AbortSignal,
): Promise<string | null> {
  const verdict = await lean.screen(job(`(n : Nat) : n + ${number} = ${number} + n`), proof('by sorry'), {
    signal,
  });
  const got = 'goals' in verdict ? verdict.goals.join() : verdict.status;
  return got.includes(`n + ${number} = ${number} + n`) ? null : `request ${number} was answered with ${got}`;
}
