import type { Audit } from './audit.ts';
import { errorsOf } from './protocol.ts';
import type { Limits, ReplSession } from './session.ts';

const STANDARD = new Set(['propext', 'Quot.sound', 'Classical.choice']);
/** These make a proof out of trust in the compiler or out of nothing, whoever declares them. */
const DENIED = new Set([
  'sorryAx',
  'Lean.ofReduceBool',
  'Lean.ofReduceNat',
  'Lean.reduceBool',
  'Lean.reduceNat',
  'Lean.trustCompiler',
]);

/**
 * The axioms of a submission that nobody trusted stands for: neither Lean nor the imports nor the context, in whose
 * environment they would be declared.
 */
export async function foreignAxioms(
  session: ReplSession,
  contextEnv: number,
  axioms: Audit['axioms'],
  limits: Limits,
): Promise<readonly string[]> {
  const denied = axioms.filter((axiom) => DENIED.has(axiom));
  const asked = axioms.filter((axiom) => !DENIED.has(axiom) && !STANDARD.has(axiom));
  return [...denied, ...(await undeclared(session, contextEnv, asked, limits))];
}

/** Those of some full names that an environment does not have. */
export async function undeclared(
  session: ReplSession,
  env: number,
  names: readonly string[],
  limits: Limits,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const cmd = names.map((name) => `#print _root_.${name}`).join('\n');
  const answer = await session.command(cmd, env, limits);
  if (answer.kind === 'fault') return names;
  const lines = new Set(errorsOf(answer.messages).map((message) => message.pos.line));
  return names.filter((_, i) => lines.has(i + 1));
}
