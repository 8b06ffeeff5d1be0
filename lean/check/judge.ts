import type { Verdict } from '../../src/model/index.ts';
import type { CheckRequest } from '../backend.ts';
import type { HeaderEnv, LeanRuntime } from '../embedded/runtime/types.ts';
import { type HowToCheck, judged } from './judgement.ts';
import { refusedIn, refusesSyntax } from './refused-verdict.ts';

/**
 * Is the submission an honest proof of the challenge? Runs in the thread of the instance.
 * Throws `Stopped` when a stop was asked for; anything else that is thrown means that the instance is dead.
 */
export function checkSubmission(
  lean: LeanRuntime,
  header: HeaderEnv,
  request: CheckRequest,
  how: Omit<HowToCheck, 'onCommand'>,
): Verdict {
  const started = performance.now();
  const onCommand = refusesSyntax(lean, request);
  const verdict =
    refusedIn(request) ?? lean.scope(() => judged(lean, header, request, { ...how, onCommand }));
  return { ...verdict, ms: performance.now() - started };
}
