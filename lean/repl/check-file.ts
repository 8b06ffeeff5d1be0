import { declaredTheorems } from '../../src/lean-text/declarations.ts';
import { parseHeader } from '../../src/lean-text/imports.ts';
import type { Diagnostic, Verdict } from '../../src/model/index.ts';
import type { FileRequest } from '../backend.ts';
import { errorsThatMatter } from '../check/context-errors.ts';
import { type Forgiven, forgivenIn, withoutForgiven } from '../check/file/forgiven.ts';
import { errorsOfSubmission, perTarget } from '../check/file/not-elaborated.ts';
import { refusedFile } from '../check/file/refused-file.ts';
import { type Audit, audit } from './audit.ts';
import { foreignAxioms, undeclared } from './axioms.ts';
import { assuranceOf, type Checking, difference } from './check.ts';
import type { Elaborated } from './environments.ts';
import type { HeaderEnv } from './header.ts';
import { isLimitText } from './outcome.ts';
import { refusedPrinting } from './refusal.ts';
import type { Limits } from './session.ts';

const PARTIAL_NOTE =
  'Of the definitions of the challenge only those that a statement stands on are compared, as they are printed.';

type Given = {
  readonly header: HeaderEnv;
  /** Environment behind the challenge, whose axioms are its own. */
  readonly challengeEnv: number;
  readonly done: Elaborated;
  readonly request: FileRequest;
  readonly limits: Limits;
  readonly ms: () => number;
};

/**
 * A whole file against a whole file, as honestly as the protocol allows: challenge and submission in two branches of the
 * header's environment, then each target compared. One verdict for each target.
 */
export async function checkFile(request: FileRequest, on: Checking): Promise<readonly Verdict[]> {
  const { challenge, submission, targets, options } = request;
  const all = (verdict: Verdict): readonly Verdict[] => targets.map(() => verdict);
  const forgiven = forgivenIn(challenge, submission);
  const refused = refusedText(request, forgiven);
  if (refused !== null) return all(refused);
  const header = await on.environments.header(challenge, on.signal);
  if ('status' in header) return all(header);

  const began = performance.now();
  const ms = () => performance.now() - began;
  const limits: Limits = { deadline: began + options.wallMs, signal: on.signal };
  const base = await on.environments.limited(header, options.heartbeats, limits);
  const elaborate = (text: string) => {
    const { end } = parseHeader(text);
    return on.environments.elaborate(text.slice(end), text.slice(0, end), base, limits);
  };
  const stated = await elaborate(challenge);
  const bad = errorsThatMatter(challenge, stated.messages);
  if (bad.length > 0) return all({ status: 'badChallenge', diagnostics: bad, ms: ms() });
  const asked: Audit[] = [];
  for (const name of targets) {
    const found = await audit(on.session, stated.env, name, header.scripted, limits);
    if (found?.isTheorem === true) asked.push(found);
    else return all({ status: 'badChallenge', diagnostics: [unknownTheorem(challenge, name)], ms: ms() });
  }

  on.submitted();
  const done = await elaborate(submission);
  const errors = errorsOfSubmission(done.messages, submission, forgiven);
  if (errors.length > 0) {
    const exhausted = errors.some((error) => isLimitText(error.text));
    const given = { submission, targets, errors, diagnostics: done.messages, exhausted };
    return perTarget(given).map((verdict) => ({ ...verdict, ms: ms() }));
  }
  const given: Given = { header, challengeEnv: stated.env, done, request, limits, ms };
  const verdicts: Verdict[] = [];
  for (const [i, name] of targets.entries()) verdicts.push(await judgeTarget(name, asked[i]!, given, on));
  return verdicts;
}

function refusedText(request: FileRequest, forgiven: Forgiven): Verdict | null {
  const refused = refusedFile(request, forgiven, { strict: true });
  if (refused !== null) return refused;
  return refusedPrinting(withoutForgiven(request.submission, forgiven), { line: 1, column: 0 });
}

async function judgeTarget(name: string, asked: Audit, given: Given, on: Checking): Promise<Verdict> {
  const { header, done, limits, ms } = given;
  const diagnostics = done.messages;
  const found = await audit(on.session, done.env, name, header.scripted, limits);
  const unlike = difference(asked, found);
  if (unlike !== null || found === null) {
    const detail = unlike ?? 'Lean does not tell what was declared';
    return { status: 'dishonest', why: 'statement', detail, diagnostics, ms: ms() };
  }
  if (found.axioms.includes('sorryAx')) return await unproved(name, found, given, on);
  const foreign = await foreignAxioms(on.session, given.challengeEnv, found.axioms, limits);
  if (foreign.length > 0) {
    const detail = `the proof stands on ${foreign.join(', ')}`;
    return { status: 'dishonest', why: 'axiom', detail, diagnostics, ms: ms() };
  }
  const assurance = assuranceOf(on, header.scripted);
  return {
    status: 'accepted',
    axioms: [...found.axioms],
    assurance: { ...assurance, notes: [...assurance.notes, PARTIAL_NOTE] },
    diagnostics,
    ms: ms(),
  };
}

/** `incomplete` where a `sorry` is the target's own or of a helper, `conditional` where it is of the challenge's. */
async function unproved(name: string, found: Audit, given: Given, on: Checking): Promise<Verdict> {
  const { done, request, ms } = given;
  const diagnostics = done.messages;
  const theorems = declaredTheorems(request.submission);
  const place = theorems.find((t) => t.name === name);
  const goals = done.sorries
    .filter(
      ({ pos }) =>
        pos !== null && place !== undefined && place.firstLine <= pos.line && pos.line <= place.lastLine,
    )
    .map((sorry) => sorry.goal);
  const incomplete: Verdict = { status: 'incomplete', diagnostics, goals, ms: ms() };
  const open = theorems.filter((t) => t.open).map((t) => t.name);
  if (found.sorried === null) {
    const others = open.filter((other) => other !== name && request.targets.includes(other));
    if (open.includes(name) || others.length === 0) return incomplete;
    return { status: 'conditional', on: others, diagnostics, ms: ms() };
  }
  const helpers = await undeclared(on.session, given.challengeEnv, found.sorried, given.limits);
  if (found.sorried.length === 0 || found.sorried.includes(found.name) || helpers.length > 0)
    return incomplete;
  return { status: 'conditional', on: found.sorried, diagnostics, ms: ms() };
}

function unknownTheorem(challenge: string, name: string): Diagnostic {
  const place = declaredTheorems(challenge).find((t) => t.name === name) ?? { line: 1, column: 0 };
  const pos = { line: place.line, column: place.column };
  return { severity: 'error', pos, endPos: null, text: `Lean knows no theorem ${name} here` };
}
