import type { Challenge } from '../../src/model/index.ts';
import type { Audit } from './audit.ts';
import { undeclared } from './axioms.ts';
import type { PreparedChallenge } from './environments.ts';
import { endOf } from './position.ts';
import type { Limits, ReplSession } from './session.ts';

type Ready = Extract<PreparedChallenge, { kind: 'ready' }>;

const DECLARATION = /\b(?:theorem|lemma|def|abbrev|instance|opaque)\s+((?:«[^»]*»|[^\s:({[«])+)/gu;

/**
 * The unproved declarations of the trusted context that a theorem reaches; null when some `sorry` that it reaches
 * is not there. Where Lean only prints axioms, all unproved declarations of the context are named.
 */
export async function unprovedBefore(
  session: ReplSession,
  challenge: Challenge,
  prepared: Ready,
  found: Audit,
  limits: Limits,
): Promise<readonly string[] | null> {
  if (found.sorried === null) {
    const written = writtenNames(challenge, prepared);
    return written.length === 0 ? null : written;
  }
  // The theorem itself is not there, so a `sorry` of its own is never taken for an earlier one.
  const own = await undeclared(session, prepared.context.env, found.sorried, limits);
  return found.sorried.length === 0 || own.length > 0 ? null : found.sorried;
}

/** The names before each `sorry` that Lean found in the context, as they are written there. */
function writtenNames(challenge: Challenge, prepared: Ready): readonly string[] {
  const firstLine = endOf(challenge.header).line;
  const lines = challenge.context.split('\n');
  const names = prepared.context.sorries.flatMap(({ pos }) => {
    if (pos === null) return [];
    const until = lines.slice(0, pos.line - firstLine + 1).join('\n');
    const name = [...until.matchAll(DECLARATION)].at(-1)?.[1];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)];
}
