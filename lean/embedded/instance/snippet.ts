import type { Diagnostic, Position } from '../../../src/model/index.ts';
import { auditFile } from '../../check/audit.ts';
import { Refused, Stopped } from '../../check/refused.ts';
import { refusedInFile, refusesSyntaxOfFile } from '../../check/refused-file.ts';
import type { SnippetRequest, SnippetSorry } from '../../service.ts';
import { bodyStart } from '../elaborate/body-start.ts';
import { boundedMessages } from '../elaborate/bounded.ts';
import { withLibraryAxioms } from '../elaborate/library-axioms.ts';
import { byPosition } from '../elaborate/messages.ts';
import { withoutMissingCode } from '../elaborate/missing-code.ts';
import { leanText } from '../elaborate/source.ts';
import type { InfoTreeJson } from '../repl/protocol.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import type { HeaderEnv } from '../runtime/types.ts';
import { createInformation, tooMuch } from './information.ts';

export type SnippetOutcome = {
  readonly messages: readonly Diagnostic[];
  readonly sorries: readonly SnippetSorry[];
  readonly infotree: readonly InfoTreeJson[];
  /** CPU time of the instance's thread. */
  readonly cpuMs: number;
};

/** Elaborates whole untrusted files, each in a branch of its header's environment, and audits what Lean was told. */
export function createSnippets(lean: InstanceRuntime) {
  const information = createInformation(lean);

  const elaborated = (header: HeaderEnv, request: SnippetRequest): Omit<SnippetOutcome, 'cpuMs'> => {
    const { text, infotree: mode } = request;
    const { heartbeats } = request.options;
    const refused = refusedInFile(text);
    if (refused) return { messages: [refused], sorries: [], infotree: [] };
    const from = lean.first(header, heartbeats, text.slice(0, bodyStart(text)));
    const infotree: InfoTreeJson[] = [];
    try {
      const run = lean.run(from, leanText(text), {
        goals: true,
        onCommand: refusesSyntaxOfFile(lean, text),
        onTrees:
          mode === null
            ? undefined
            : (trees) => {
                for (const tree of trees) infotree.push(...information(tree, mode));
              },
      });
      if (run.stopped) throw new Stopped();
      const { sorries } = run;
      const said = withoutMissingCode(boundedMessages(run.messages.toSorted(byPosition)), text);
      const messages = said.map((m) => withLibraryAxioms(m, text));
      const much = tooMuch(infotree);
      if (much !== null) messages.push(left(much, 'warning'));
      const trees = much === null ? infotree : [];
      if (messages.some((m) => m.severity === 'error')) return { messages, sorries, infotree: trees };
      const limits = { heartbeats, cancelToken: lean.stopToken ?? undefined };
      const dishonest = auditFile(lean, header, text, run, limits);
      return { messages: dishonest === null ? messages : [...messages, dishonest], sorries, infotree: trees };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { messages: [left(error.message, 'error', error.pos)], sorries: [], infotree: [] };
    }
  };

  return (header: HeaderEnv, request: SnippetRequest): SnippetOutcome => {
    const before = process.threadCpuUsage();
    const done = elaborated(header, request);
    const { user, system } = process.threadCpuUsage(before);
    return { ...done, cpuMs: (user + system) / 1000 };
  };
}

const left = (text: string, severity: Diagnostic['severity'], pos: Position | null = null): Diagnostic => ({
  severity,
  pos: pos ?? { line: 1, column: 0 },
  endPos: null,
  text,
});
