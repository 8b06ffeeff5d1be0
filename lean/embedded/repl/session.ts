import { parseHeader } from '../../../src/lean-text/imports.ts';
import type { HeaderResult } from '../elaborate/headers.ts';
import { parserAt } from '../elaborate/limits.ts';
import { leanText } from '../elaborate/source.ts';
import type { Outcome } from '../host/protocol.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import type { CommandState } from '../runtime/types.ts';
import type { ReplAnswer, ReplCommand, ReplMessage } from './protocol.ts';

/** Lean's own default, which the REPL does not change. */
const HEARTBEATS = 200_000;
const START = { line: 1, column: 0 };

/** Command mode of the REPL, with its environment ids: any of them may be gone back to. Runs in the instance. */
export function createReplSession(lean: InstanceRuntime, headerOf: (text: string) => HeaderResult) {
  const states: CommandState[] = [];
  let proofStates = 0;

  /** Where a command without `env` starts. An import that fails leaves an empty environment, as in the original. */
  const start = (text: string): { from: CommandState; messages: ReplMessage[] } | null => {
    const head = text.slice(0, parseHeader(text).end);
    const found = headerOf(head);
    if (found.ok) return { from: lean.first(found.header, HEARTBEATS, head), messages: [] };
    const empty = headerOf('prelude');
    if (!empty.ok) return null;
    const messages = found.errors.map((data) => ({
      severity: 'error' as const,
      pos: START,
      endPos: null,
      data,
    }));
    return { from: lean.first(empty.header, HEARTBEATS, head), messages };
  };

  const keep = (state: CommandState): number => {
    lean.inc(state.command);
    // The next command's text is a text of its own, so it begins at byte 0 of it.
    return states.push({ ...state, text: '' }) - 1;
  };

  return (command: ReplCommand): Outcome => {
    const answer = (a: ReplAnswer): Outcome => ({ kind: 'repl', answer: a });
    const text = leanText(command.cmd);
    const known = command.env === undefined ? null : states[command.env];
    if (known === undefined) return answer({ message: 'Unknown environment.' });
    const begin =
      known === null ? start(text) : { from: { ...known, parser: parserAt(lean, 0) }, messages: [] };
    if (begin === null) return answer({ message: 'Lean error:\nno environment could be made' });

    const run = lean.run(begin.from, text, { goals: true, allTactics: command.allTactics === true });
    if (run.stopped) return { kind: 'stopped' };
    const utf8 = Buffer.from(text, 'utf8');
    const messages = [
      ...begin.messages,
      ...run.messages.map(({ text: data, ...rest }): ReplMessage => ({ ...rest, data })),
    ];
    const sorries = run.sorries.map((sorry) => ({ proofState: proofStates++, ...sorry }));
    const tactics = run.tactics.map(({ pos, endPos, goals, bytes }) => ({
      proofState: proofStates++,
      pos,
      endPos,
      goals,
      tactic: utf8.toString('utf8', bytes[0], bytes[1]),
      usedConstants: [],
    }));
    return answer({
      env: keep(run.state),
      ...(messages.length > 0 ? { messages } : {}),
      ...(sorries.length > 0 ? { sorries } : {}),
      ...(tactics.length > 0 ? { tactics } : {}),
    });
  };
}
