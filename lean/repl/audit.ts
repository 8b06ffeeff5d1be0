import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { auditScript, printScript } from './audit-script.ts';
import { errorsOf } from './protocol.ts';
import type { Limits, ReplSession } from './session.ts';

/** What Lean says of a theorem in one environment. `form` holds what has to be equal in challenge and submission. */
export type Audit = {
  readonly form: string;
  readonly isTheorem: boolean;
  /** Constants of the file that hold `sorry` themselves and that the theorem reaches; null = not known. */
  readonly sorried: readonly string[] | null;
  readonly name: string;
  readonly axioms: readonly string[];
};

const scriptedSchema = z.object({
  nonce: z.string(),
  found: z.literal(true),
  name: z.string(),
  kind: z.string(),
  levels: z.array(z.string()),
  type: z.string(),
  below: z.array(z.string()),
  sorried: z.array(z.string()),
  axioms: z.array(z.string()),
});

/**
 * Asks about `name` in `env`; null when Lean does not answer in full (no such theorem, a type too large to print).
 * The nonce is made after the submission was elaborated, so nothing in it can have printed the answer.
 */
export async function audit(
  session: ReplSession,
  env: number,
  name: string,
  scripted: boolean,
  limits: Limits,
): Promise<Audit | null> {
  const nonce = randomBytes(16).toString('hex');
  const cmd = scripted ? auditScript(name, nonce) : printScript(name, nonce);
  const answer = await session.command(cmd, env, limits);
  if (answer.kind === 'fault' || errorsOf(answer.messages).length > 0) return null;
  const texts = answer.messages.map((message) => message.text);
  return scripted ? readScripted(texts, nonce) : readPrinted(texts, nonce, name);
}

function readScripted(texts: readonly string[], nonce: string): Audit | null {
  const [only, ...more] = texts;
  const parsed = scriptedSchema.safeParse(parseJson(only ?? ''));
  if (!parsed.success || more.length > 0 || parsed.data.nonce !== nonce) return null;
  const { name, kind, levels, type, below, sorried, axioms } = parsed.data;
  return {
    form: JSON.stringify({ name, levels, type, below }),
    isTheorem: kind === 'theorem',
    sorried,
    name,
    axioms,
  };
}

function readPrinted(texts: readonly string[], nonce: string, name: string): Audit | null {
  const [first, type = '', axioms = '', printed = '', ...more] = texts;
  if (first !== nonce || more.length > 0 || type.includes('⋯')) return null;
  const listed = /depends on axioms: \[([^\]]*)\]/u.exec(axioms)?.[1];
  if (listed === undefined && !axioms.includes('does not depend on any axioms')) return null;
  return {
    form: type,
    isTheorem: /^(?:@\[[^\]]*\]\s*)?(?:private |protected )*theorem\s/u.test(printed),
    sorried: null,
    name,
    axioms: (listed ?? '').split(',').flatMap((axiom) => (axiom.trim() === '' ? [] : [axiom.trim()])),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
