import { type Assurance, CHECKER_VERSION, commandText, type Verdict } from '../../src/model/index.ts';
import type { CheckRequest } from '../backend.ts';
import { type Audit, audit } from './audit.ts';
import { foreignAxioms } from './axioms.ts';
import type { Environments } from './environments.ts';
import { outcomeOf } from './outcome.ts';
import { refusal } from './refusal.ts';
import type { Limits, ReplSession } from './session.ts';
import { unprovedBefore } from './sorried.ts';

export type Checking = {
  readonly session: ReplSession;
  readonly environments: Environments;
  /** Of Lean. */
  readonly version: string;
  readonly fresh: boolean;
  /** Called before the submission's text reaches Lean. */
  readonly submitted: () => void;
  readonly signal: AbortSignal | undefined;
};

/** What the repl protocol cannot give, said with every proof that it accepts. */
const NOTES = [
  'The repl protocol has no kernel replay: constants stand as the elaborator added them to the environment.',
  'Submissions with metaprogramming, macros or notation were refused by their text, before Lean saw them.',
  'Imported modules are trusted.',
];
const PRINTED_NOTE =
  'The header does not import Lean (or it runs no programs), so statement and axioms were compared as Lean prints them.';

/** As honest a verdict as the protocol allows: challenge and submission in two branches, then compared. */
export async function checkSubmission(request: CheckRequest, on: Checking): Promise<Verdict> {
  const { challenge, submission, options } = request;
  const refused = refusal(request);
  if (refused !== null) return refused;
  const header = await on.environments.header(challenge.header, on.signal);
  if ('status' in header) return header;

  const began = performance.now();
  const ms = () => performance.now() - began;
  const limits: Limits = { deadline: began + options.wallMs, signal: on.signal };
  const prepared = await on.environments.challenge(header, challenge, options.heartbeats, limits);
  if (prepared.kind === 'bad') return { status: 'badChallenge', diagnostics: prepared.diagnostics, ms: ms() };

  on.submitted();
  const before = challenge.header + challenge.context;
  const text = commandText(challenge.statement, submission);
  const done = await on.environments.elaborate(text, before, prepared.context.env, limits);
  const diagnostics = done.messages;
  const settled = outcomeOf(
    diagnostics,
    done.sorries.map((sorry) => sorry.goal),
    ms(),
  );
  if (settled !== null) return settled;

  const found = await audit(on.session, done.env, challenge.name, header.scripted, limits);
  const unlike = difference(prepared.audit, found);
  if (unlike !== null || found === null) {
    const detail = unlike ?? 'Lean does not tell what was declared';
    return { status: 'dishonest', why: 'statement', detail, diagnostics, ms: ms() };
  }
  if (found.axioms.includes('sorryAx')) {
    const open = await unprovedBefore(on.session, challenge, prepared, found, limits);
    if (open === null) return { status: 'incomplete', goals: [], diagnostics, ms: ms() };
    return { status: 'conditional', on: open, diagnostics, ms: ms() };
  }
  const foreign = await foreignAxioms(on.session, prepared.context.env, found.axioms, limits);
  if (foreign.length > 0) {
    const detail = `the proof stands on ${foreign.join(', ')}`;
    return { status: 'dishonest', why: 'axiom', detail, diagnostics, ms: ms() };
  }
  return {
    status: 'accepted',
    axioms: [...found.axioms],
    assurance: assuranceOf(on, header.scripted),
    diagnostics,
    ms: ms(),
  };
}

export const assuranceOf = (
  { version, fresh }: Pick<Checking, 'version' | 'fresh'>,
  scripted: boolean,
): Assurance => ({
  checker: CHECKER_VERSION,
  lean: version,
  statement: 'printed',
  axioms: scripted ? 'walked' : 'printed',
  kernelReplay: false,
  fresh,
  notes: scripted ? NOTES : [...NOTES, PRINTED_NOTE],
});

export function difference(asked: Audit, found: Audit | null): string | null {
  if (found === null) return 'after the submission Lean knows no such theorem';
  if (!found.isTheorem) return 'what the submission declares under this name is no theorem';
  return found.form === asked.form ? null : 'the submission proves another statement than was asked';
}
