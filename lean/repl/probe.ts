import { audit } from './audit.ts';
import { errorsOf } from './protocol.ts';
import type { Limits, ReplSession } from './session.ts';

/** Two theorems of which all is known: one proved, one that stands on the other and on `sorry`. */
const KNOWN = `theorem proofloop_probe (n : Nat) : n = n := Eq.refl n
theorem proofloop_probe_open : True ∧ ∀ n : Nat, n = n := And.intro sorry proofloop_probe`;

/** `∀ n : Nat, n = n` in the form of the audit, as it stands inside a JSON string. */
const TYPE = '(all (const \\"Nat\\") ((((const \\"Eq\\" S0) (const \\"Nat\\")) #0) #0))';

/** An environment in which a plain theorem holds; one that a failed import left behind has not even `True`. */
export async function isUsable(session: ReplSession, env: number, limits: Limits): Promise<boolean> {
  return await runs(session, env, 'example : True := True.intro', limits);
}

async function runs(session: ReplSession, env: number, cmd: string, limits: Limits): Promise<boolean> {
  const answer = await session.command(cmd, env, limits);
  return answer.kind === 'done' && errorsOf(answer.messages).length === 0;
}

/**
 * Whether the audit by program works here: `Lean` is imported, this Lean runs programs and has all that ours uses, and
 * the answers on known theorems are right to the letter. Where not, statements are compared as Lean prints them.
 */
export async function canScript(session: ReplSession, env: number, limits: Limits): Promise<boolean> {
  if (!(await runs(session, env, '#check @Lean.Elab.Command.CommandElabM', limits))) return false;
  const known = await session.command(KNOWN, env, limits);
  if (known.kind === 'fault' || errorsOf(known.messages).length > 0) return false;
  const proved = await audit(session, known.env, 'proofloop_probe', true, limits);
  if (proved?.isTheorem !== true || proved.axioms.length > 0 || proved.sorried?.length !== 0) return false;
  if (!proved.form.includes('"proofloop_probe"') || !proved.form.includes(TYPE)) return false;
  const open = await audit(session, known.env, 'proofloop_probe_open', true, limits);
  return open?.axioms.join() === 'sorryAx' && open.sorried?.join() === 'proofloop_probe_open';
}
