import { parseHeader } from '../../../src/lean-text/imports.ts';
import { unitsOf } from '../../../src/lean-text/units.ts';
import type { Diagnostic, Verdict } from '../../../src/model/index.ts';
import type { FileRequest } from '../../backend.ts';
import type { Hints } from '../../embedded/lemmas/hints.ts';
import type { HeaderEnv, LeanRuntime } from '../../embedded/runtime/types.ts';
import { createReader } from '../constants.ts';
import type { HowToCheck } from '../judgement.ts';
import { createKernel } from '../kernel.ts';
import { KernelLimit, Refused, Stopped } from '../refused.ts';
import { replay } from '../replay.ts';
import { forgivenIn } from './forgiven.ts';
import { errorsOfSubmission, perTarget } from './not-elaborated.ts';
import { refusedFile, refusesFileSyntax } from './refused-file.ts';
import { stateFile } from './state-file.ts';
import { judgeTarget, reachOf } from './target.ts';

/** Commands with errors about which more is said. */
const MOST_HINTS = 4;

/**
 * Judges a whole file against a whole file: one verdict for each target, in their order. The challenge is elaborated
 * first, in its own branch of the header's environment; the submission in another; all of its new constants go through the
 * kernel once more, and each target is compared and its axioms walked in what the kernel made. Throws `Stopped` when
 * a stop was asked for; anything else that is thrown means that the instance is dead.
 */
export function judgeFile(
  lean: LeanRuntime,
  header: HeaderEnv,
  request: FileRequest,
  how: Omit<HowToCheck, 'onCommand'>,
): readonly Verdict[] {
  const started = performance.now();
  const verdicts = lean.scope(() => judged(lean, header, request, how));
  const ms = performance.now() - started;
  return verdicts.map((verdict) => ({ ...verdict, ms }));
}

function judged(
  lean: LeanRuntime,
  header: HeaderEnv,
  request: FileRequest,
  how: Omit<HowToCheck, 'onCommand'>,
): readonly Verdict[] {
  const { challenge, submission, targets, options } = request;
  const all = (verdict: Verdict): readonly Verdict[] => targets.map(() => verdict);
  const reader = createReader(lean);
  const stated = stateFile(reader, header, request);
  if (!stated.ok) return all({ status: 'badChallenge', diagnostics: stated.diagnostics, ms: 0 });
  const forgiven = forgivenIn(challenge, submission);
  const refused = refusedFile(request, forgiven);
  if (refused !== null) return all(refused);

  const limits = { heartbeats: options.heartbeats, cancelToken: how.cancelToken };
  let diagnostics: readonly Diagnostic[] = [];
  try {
    const head = submission.slice(0, parseHeader(submission).end);
    const prefix = lean.prefix(header, { header: head, context: '' }, options);
    const onCommand = refusesFileSyntax(lean, submission, forgiven);
    // Lean takes comments without any command behind them for a command that is cut short.
    const text = unitsOf(submission).length === 0 ? head : submission;
    const hints: Hints[] = [];
    const first = stated.constants.get(stated.targets[0]!)!;
    const elaborated = lean.elaborate(prefix.state, text, {
      ...options,
      onCommand,
      onFailure: (trees, errors) => {
        if (how.hints === undefined || hints.length === MOST_HINTS) return;
        const context = stated.constants.values();
        hints.push(how.hints({ trees, errors, text, type: reader.type(first), context }));
      },
    });
    if (elaborated.stopped) throw new Stopped();
    diagnostics = elaborated.messages;
    const errors = errorsOfSubmission(elaborated.messages, submission, forgiven);
    if (errors.length > 0)
      return perTarget({ submission, targets, errors, diagnostics, exhausted: elaborated.exhausted, hints });

    const claimed = reader.added(lean.kernelEnv(elaborated.env));
    if (claimed.imported !== header.imported)
      throw new Refused('environment', 'the submission changes what the header imported');
    const kernel = createKernel(lean, header.kernel, limits);
    replay(reader, kernel, claimed.constants);
    const replayed = reader.added(kernel.environment()).constants;
    const sides = {
      stated,
      claimed: claimed.constants,
      replayed,
      reach: reachOf(reader, replayed, stated.targets),
    };
    return targets.map((name, i) =>
      judgeTarget(reader, sides, { name, key: stated.targets[i]!, request, elaborated, fresh: how.fresh }),
    );
  } catch (error) {
    if (error instanceof Refused) {
      const { why, message: detail, pos } = error;
      const told: readonly Diagnostic[] =
        pos === null ? diagnostics : [...diagnostics, { severity: 'error', pos, endPos: null, text: detail }];
      return all({ status: 'dishonest', why, detail, diagnostics: told, ms: 0 });
    }
    if (error instanceof KernelLimit) {
      const text = `the kernel's limit of ${error.message} was reached`;
      const told: Diagnostic = { severity: 'error', pos: { line: 1, column: 0 }, endPos: null, text };
      return all({ status: 'exhausted', diagnostics: [...diagnostics, told], ms: 0 });
    }
    throw error;
  }
}
