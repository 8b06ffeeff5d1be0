import { type Diagnostic, fullText, type Position, type Verdict } from '../../src/model/index.ts';
import type { CheckRequest } from '../backend.ts';
import type { Failure, Hints } from '../embedded/lemmas/hints.ts';
import type { Elaborated, HeaderEnv, LeanRuntime, Obj, Prefix } from '../embedded/runtime/types.ts';
import { embeddedAssurance } from './assurance.ts';
import { axiomsOf } from './axioms.ts';
import { type Base, baseOf } from './base.ts';
import { type Stated, stateChallenge } from './challenge.ts';
import { compare, MADE_UP } from './compare.ts';
import { type Constants, createReader, type Reader } from './constants.ts';
import { refusesForeignSyntax } from './foreign.ts';
import { createKernel, type KernelOptions } from './kernel.ts';
import { KernelLimit, Refused, Stopped } from './refused.ts';
import { submissionStart } from './refused-verdict.ts';
import { replay } from './replay.ts';
import { writtenName } from './unproved.ts';

export type HowToCheck = {
  /** The instance has run no other submission. */
  readonly fresh: boolean;
  /** `IO.CancelToken` that kernel work listens to; borrowed. */
  readonly cancelToken?: Obj | undefined;
  /** Sees each command of the submission before it is elaborated; what it throws as `Refused` is the verdict. */
  readonly onCommand?: ((syntax: Obj) => void) | undefined;
  /** Asked about the first command that Lean refuses; what it says stands beside the messages of a `rejected`. */
  readonly hints?: ((failure: Failure) => Hints) | undefined;
};

/** The verdict of kernel and comparison alone; `ms` is 0. Releases nothing itself: call it in a scope. */
export function judged(
  lean: LeanRuntime,
  header: HeaderEnv,
  request: CheckRequest,
  how: HowToCheck,
): Verdict {
  const { challenge, submission, options } = request;
  const reader = createReader(lean);
  const limits = { heartbeats: options.heartbeats, cancelToken: how.cancelToken };
  const trusted = trustedSide(reader, header, request, limits);
  if ('status' in trusted) return trusted;
  const { stated, prefix, base } = trusted;

  let diagnostics: readonly Diagnostic[] = [];
  try {
    const text = fullText(challenge, submission);
    const known = {
      type: reader.type(stated.constants.get(stated.target)!),
      context: [...stated.constants].flatMap(([key, one]) => (stated.context.has(key) ? [one] : [])),
    };
    let hints: Hints | null = null;
    const elaborated = lean.elaborate(prefix.state, text, {
      ...options,
      onCommand: how.onCommand,
      onFailure: (trees, errors) => {
        if (hints === null && !errors.every(isUnsolved))
          hints = how.hints?.({ trees, errors, text, ...known }) ?? null;
      },
    });
    if (elaborated.stopped) throw new Stopped();
    diagnostics = elaborated.messages;
    const errors = diagnostics.filter((d) => d.severity === 'error');
    if (errors.length > 0) return notElaborated(elaborated, errors, hints);

    const claimed = reader.added(lean.kernelEnv(elaborated.env));
    if (claimed.imported !== header.imported)
      throw new Refused('environment', 'the submission changes what the header imported');
    const kernel = createKernel(lean, base.kernel, limits);
    replay(reader, kernel, claimed.constants, base.keys);
    const replayed = reader.added(kernel.environment()).constants;
    compare(reader, stated, { claimed: claimed.constants, replayed });
    return byAxioms(reader, replayed, stated, request, elaborated, how);
  } catch (error) {
    const added = (text: string, pos: Position): readonly Diagnostic[] => [
      ...diagnostics,
      { severity: 'error', pos, endPos: null, text },
    ];
    if (error instanceof Refused) {
      const { why, message: detail, pos } = error;
      return { status: 'dishonest', why, detail, diagnostics: pos ? added(detail, pos) : diagnostics, ms: 0 };
    }
    if (error instanceof KernelLimit) {
      const text = `the kernel's limit of ${error.message} was reached`;
      return { status: 'exhausted', diagnostics: added(text, submissionStart(request)), ms: 0 };
    }
    throw error;
  }
}

type TrustedSide = {
  readonly stated: Extract<Stated, { ok: true }>;
  readonly prefix: Prefix;
  readonly base: Extract<Base, { ok: true }>;
};

/** What the challenge means, and where the submission starts; what is wrong with it says nothing of the submission. */
function trustedSide(
  reader: Reader,
  header: HeaderEnv,
  { challenge, options }: CheckRequest,
  limits: KernelOptions,
): TrustedSide | Verdict {
  const bad = (diagnostics: readonly Diagnostic[]): Verdict => ({
    status: 'badChallenge',
    diagnostics,
    ms: 0,
  });
  const watched = { ...options, onCommand: refusesForeignSyntax(reader.lean, challenge) };
  try {
    const stated = stateChallenge(reader, header, challenge, watched);
    if (!stated.ok) return bad(stated.diagnostics);
    const prefix = reader.lean.prefix(header, challenge, watched);
    const base = baseOf(reader, header, challenge, prefix, limits);
    return base.ok ? { stated, prefix, base } : bad(base.diagnostics);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return bad([
      { severity: 'error', pos: error.pos ?? { line: 1, column: 0 }, endPos: null, text: error.message },
    ]);
  }
}

/** Goals of `sorry`s in a refused proof, and UTF-16 code units of one. */
const MOST_SORRIES = 3;
const MOST_TEXT = 2_000;

const UNSOLVED = /^unsolved goals\n/;

const isUnsolved = ({ text }: Diagnostic): boolean => UNSOLVED.test(text);

function notElaborated(elaborated: Elaborated, errors: readonly Diagnostic[], hints: Hints | null): Verdict {
  const diagnostics = elaborated.messages;
  if (elaborated.exhausted) return { status: 'exhausted', diagnostics, ms: 0 };
  if (!errors.every(isUnsolved))
    return { status: 'rejected', diagnostics, ...said(elaborated, hints), ms: 0 };
  const goals = errors.map((e) => e.text.replace(UNSOLVED, ''));
  return { status: 'incomplete', diagnostics, goals, ms: 0 };
}

/** Goals at errors, then those that a `sorry` beside them leaves. */
function said({ sorries }: Elaborated, hints: Hints | null) {
  const at = sorries
    .slice(0, MOST_SORRIES)
    .map(({ pos, goal }) => ({ ...pos, goal: goal.slice(0, MOST_TEXT) }));
  const openGoals = [...(hints?.openGoals ?? []), ...at];
  const unknown = hints?.unknown ?? [];
  return {
    ...(openGoals.length === 0 ? {} : { openGoals }),
    ...(unknown.length === 0 ? {} : { unknown }),
  };
}

/** Nothing is left to compare: what the new constants rest on decides. */
function byAxioms(
  reader: Reader,
  replayed: Constants,
  stated: Extract<Stated, { ok: true }>,
  request: CheckRequest,
  elaborated: Elaborated,
  how: HowToCheck,
): Verdict {
  const { lean } = reader;
  const diagnostics = elaborated.messages;
  const roots = [...replayed.keys()].filter((key) => !stated.context.has(key));
  // What the statement brings besides the target is trusted text too (it may be a whole file).
  const brought = [...stated.constants.keys()].filter((key) => key !== stated.target && !MADE_UP.test(key));
  const trusted = new Set([...stated.context, ...brought]);
  const found = axiomsOf(reader, replayed, roots, trusted);
  if (found.denied.length > 0)
    throw new Refused('axiom', `the proof rests on the axiom ${found.denied.join(', ')}`);
  if (found.sorryIn.some((key) => !trusted.has(key))) {
    const goals = elaborated.sorries.map((s) => s.goal);
    return { status: 'incomplete', diagnostics, goals, ms: 0 };
  }
  if (found.sorryIn.length > 0) {
    const { ownContext, context, statement } = request.challenge;
    const names = found.sorryIn.map((key) => {
      const fallback = lean.nameText(reader.name(replayed.get(key)!));
      return writtenName(lean, (ownContext ?? context) + statement, key, fallback);
    });
    return { status: 'conditional', on: [...new Set(names)].sort(), diagnostics, ms: 0 };
  }
  const assurance = embeddedAssurance(how.fresh);
  return { status: 'accepted', axioms: found.allowed, assurance, diagnostics, ms: 0 };
}
