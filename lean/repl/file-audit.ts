import { refusedInFile } from '../check/refused-file.ts';
import type { SnippetAnswer, SnippetRequest } from '../service.ts';
import { elaborateFile } from './elaborate.ts';
import type { Environments } from './environments.ts';

type Audited = SnippetAnswer extends infer A ? (A extends { ran: unknown } ? Omit<A, 'ran'> : A) : never;

/** A whole untrusted file, refused by its text where the protocol has no way to audit what Lean was told. */
export async function auditedFile(
  { text, options }: SnippetRequest,
  environments: Environments,
  signal: AbortSignal | undefined,
): Promise<Audited> {
  const refused = refusedInFile(text, { strict: true });
  if (refused !== null) return { status: 'done', messages: [refused], sorries: [], ms: 0 };
  const done = await elaborateFile(text, options, environments, signal);
  if (done.status !== 'ok' && done.status !== 'exhausted') return done;
  const sorries = done.sorries.map(({ goal, line, column }) => {
    const pos = { line, column };
    return { pos, endPos: { line, column: column + 'sorry'.length }, goal };
  });
  return { status: 'done', messages: done.messages, sorries, ms: done.ms };
}
