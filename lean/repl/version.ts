import { ProofloopError } from '../../src/model/index.ts';
import type { Limits, ReplSession } from './session.ts';

export type LeanVersion = {
  /** e.g. `4.28.0`. */
  readonly version: string;
  /** All that Lean says of itself. */
  readonly text: string;
};

/** Asks a new process for its Lean. Whatever answers otherwise is no repl: ProofloopError LEAN_PROTOCOL. */
export async function leanVersion(session: ReplSession, limits: Limits): Promise<LeanVersion> {
  const answer = await session.command('#version\n#eval Lean.versionString', null, limits);
  const texts = answer.kind === 'fault' ? [answer.text] : answer.messages.map((message) => message.text);
  const text = texts.join('\n');
  const version = /\b(4\.\d+\.\d+(?:-[\w.]+)?)/u.exec(text)?.[1];
  if (version === undefined) {
    throw new ProofloopError('LEAN_PROTOCOL', `asked for its version, Lean answered ${JSON.stringify(text)}`);
  }
  return { version, text };
}
