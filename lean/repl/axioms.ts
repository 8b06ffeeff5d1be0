import type { Audit } from './audit.ts';
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

/** The axioms of a submission that neither Lean nor the trusted part of the file stands for. */
export async function foreignAxioms(
  session: ReplSession,
  trustedEnv: number,
  submission: Audit,
  limits: Limits,
): Promise<readonly string[]> {
  const imported = new Set(submission.imported ?? []);
  const denied = submission.axioms.filter((axiom) => DENIED.has(axiom));
  const asked = submission.axioms.filter(
    (axiom) => !DENIED.has(axiom) && !STANDARD.has(axiom) && !imported.has(axiom),
  );
  const foreign: string[] = [];
  for (const axiom of asked) {
    const answer = await session.command(`#print _root_.${axiom}`, trustedEnv, limits);
    const declared =
      answer.kind === 'done' && answer.messages.some((m) => /^(?:@\[[^\]]*\]\s*)?axiom\s/u.test(m.text));
    if (!declared) foreign.push(axiom);
  }
  return [...denied, ...foreign];
}
