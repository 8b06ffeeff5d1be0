import { parseHeader } from '../../../src/lean-text/imports.ts';
import { type Token, tokenize } from '../../../src/lean-text/lexer.ts';
import type { Diagnostic } from '../../../src/model/index.ts';
import { auditFile } from '../../check/audit.ts';
import { Refused, Stopped } from '../../check/refused.ts';
import { refusedInFile, refusesSyntaxOfFile } from '../../check/refused-file.ts';
import type { SnippetRequest, SnippetSorry } from '../../service.ts';
import { boundedMessages } from '../elaborate/bounded.ts';
import { withLibraryAxioms } from '../elaborate/library-axioms.ts';
import { withoutMissingCode } from '../elaborate/missing-code.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import type { HeaderEnv } from '../runtime/types.ts';

export type SnippetOutcome = {
  readonly messages: readonly Diagnostic[];
  readonly sorries: readonly SnippetSorry[];
  /** CPU time of the instance's thread. */
  readonly cpuMs: number;
};

/** Elaborates a whole untrusted file in a branch of its header's environment, then audits what Lean was told. */
export function elaborateSnippet(
  lean: InstanceRuntime,
  header: HeaderEnv,
  { text, options }: SnippetRequest,
): SnippetOutcome {
  const before = process.threadCpuUsage();
  const done = elaborated(lean, header, text, options.heartbeats);
  const { user, system } = process.threadCpuUsage(before);
  return { ...done, cpuMs: (user + system) / 1000 };
}

function elaborated(
  lean: InstanceRuntime,
  header: HeaderEnv,
  text: string,
  heartbeats: number,
): Omit<SnippetOutcome, 'cpuMs'> {
  const refused = refusedInFile(text);
  if (refused) return { messages: [refused], sorries: [] };
  const from = lean.first(header, heartbeats, text.slice(0, bodyStart(text)));
  try {
    const onCommand = refusesSyntaxOfFile(lean, text);
    const run = lean.elaborate(from, text, { heartbeats, onCommand });
    if (run.stopped) throw new Stopped();
    const { sorries } = run;
    const said = withoutMissingCode(boundedMessages(run.messages), text);
    const messages = said.map((m) => withLibraryAxioms(m, text));
    if (messages.some((m) => m.severity === 'error')) return { messages, sorries };
    const limits = { heartbeats, cancelToken: lean.stopToken ?? undefined };
    const dishonest = auditFile(lean, header, text, run, limits);
    return { messages: dishonest === null ? messages : [...messages, dishonest], sorries };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const pos = error.pos ?? { line: 1, column: 0 };
    return { messages: [{ severity: 'error', pos, endPos: null, text: error.message }], sorries: [] };
  }
}

/** Lean's parser of headers skips the comments behind one; its parser of commands finds none where a file ends with them. */
function bodyStart(text: string): number {
  const { end } = parseHeader(text);
  const isCode = ({ kind }: Token) => kind !== 'comment';
  const first = tokenize(text.slice(end), { until: isCode }).find(isCode);
  return first === undefined ? text.length : end + first.start;
}
