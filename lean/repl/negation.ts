import { negated } from '../../src/lean-text/negation.ts';
import type { Challenge } from '../../src/model/index.ts';
import { type Audit, audit } from './audit.ts';
import type { Limits, ReplSession } from './session.ts';

type Form = { readonly levels: readonly string[]; readonly type: string };

const NOT = '((const "Not") ';
/** Universe levels as the audit prints them, of the instances that proofloop asks for. */
const INSTANCES = ['0', 'S0'];

/**
 * Why a challenge is not what its `negates` says, or null: the types of both, as an audit inside Lean prints their
 * structure, in `env`, which ends with the negated theorem. Where Lean only prints text nothing is claimed.
 */
export async function notTheNegation(
  session: ReplSession,
  env: number,
  challenge: Challenge,
  claimed: Audit,
  scripted: boolean,
  limits: Limits,
): Promise<string | null> {
  const { negates } = challenge;
  if (negates === undefined) return null;
  if (!scripted)
    return 'whether it is a negation can not be told safely here: that takes a header that imports Lean, and a Lean that runs commands of the library';
  if (negated(challenge) === null) return 'the theorem that it negates does not stand before it';
  const found = await audit(session, env, negates.name, scripted, limits);
  if (found?.isTheorem !== true) return `Lean knows no theorem ${negates.name} here`;
  const [of, by] = [JSON.parse(found.form) as Form, JSON.parse(claimed.form) as Form];
  const instances =
    of.levels.length === 0
      ? [of.type]
      : INSTANCES.map((level) => of.type.replaceAll(/\(u "(?:[^"\\]|\\.)*"\)/gu, () => level));
  if (instances.some((type) => by.type === `${NOT}${type})`)) return null;
  return `the statement is not the negation of ${negates.name}`;
}
