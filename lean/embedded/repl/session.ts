import { parseHeader } from '../../../src/lean-text/imports.ts';
import { bodyStart } from '../elaborate/body-start.ts';
import type { HeaderResult } from '../elaborate/headers.ts';
import { parserAt, withHeartbeats } from '../elaborate/limits.ts';
import { createMonads } from '../elaborate/monads.ts';
import { leanText } from '../elaborate/source.ts';
import type { Outcome } from '../host/protocol.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import { type CommandState, LeanIoError, type Obj } from '../runtime/types.ts';
import { createContextInfos } from './proof/context-info.ts';
import { createProofStates, type ProofState } from './proof/proof-state.ts';
import { createProofStatus } from './proof/status.ts';
import { createSteps } from './proof/steps.ts';
import { createTacticRunner } from './proof/tactic.ts';
import { defaultTermContext } from './proof/term-context.ts';
import type { InstanceRequest, ReplAnswer, ReplMessage, TacticAnswer } from './protocol.ts';
import { createTreeAnswers } from './tree/answers.ts';
import { createTreeJson } from './tree/json.ts';
import { createPrinter } from './tree/print.ts';

/** Lean's own default, which the REPL does not change. */
const HEARTBEATS = 200_000;
const START = { line: 1, column: 0 };
/** Field of a `Command.State`. */
const ENV = 0;

type Command = Extract<InstanceRequest, { kind: 'command' }>;
type Begin = { readonly from: CommandState; readonly messages: readonly ReplMessage[] };

const some = <K extends string, T>(key: K, list: readonly T[]) =>
  (list.length > 0 ? { [key]: list } : {}) as { readonly [key in K]?: readonly T[] };

/** The REPL with its environments and proof states: any of them may be gone back to. Runs in the instance. */
export function createReplSession(lean: InstanceRuntime, headerOf: (text: string) => HeaderResult) {
  const monads = createMonads(lean);
  const contexts = createContextInfos(lean);
  const proofs = createProofStates(lean, monads, contexts);
  const print = createPrinter(lean, monads, contexts);
  const answers = createTreeAnswers(lean, contexts, proofs, print);
  const treeJson = createTreeJson(lean, contexts, print);
  const status = createProofStatus(lean, monads);
  const steps = createSteps(lean, monads);

  let termContext: Obj | null = null;
  const runTactic = createTacticRunner(lean, monads, () => {
    termContext ??= defaultTermContext(lean, emptyFile());
    return termContext;
  });

  const commandStates: CommandState[] = [];
  const proofStates: ProofState[] = [];
  const record = (state: ProofState): number => proofStates.push(state) - 1;

  const emptyFile = (): CommandState => {
    const empty = headerOf('prelude');
    if (!empty.ok) throw new LeanIoError(empty.errors.join('\n'));
    return lean.first(empty.header, HEARTBEATS, '');
  };

  /** Where a command without `env` starts. An import that fails leaves an empty environment, as in the original. */
  const start = (head: string, skip: string, heartbeats: number): Begin => {
    const found = headerOf(head);
    if (found.ok) return { from: lean.first(found.header, heartbeats, skip), messages: [] };
    const { header } = emptyFile();
    const messages = found.errors.map((data) => ({
      severity: 'error' as const,
      pos: START,
      endPos: null,
      data,
    }));
    return { from: lean.first(header, heartbeats, skip), messages };
  };

  const beginOf = ({ env, header, heartbeats }: Command, text: string): Begin | null => {
    if (env === null) {
      const skip = text.slice(0, bodyStart(text));
      return header === null
        ? start(text.slice(0, parseHeader(text).end), skip, heartbeats ?? HEARTBEATS)
        : start(header, '', heartbeats ?? HEARTBEATS);
    }
    const known = commandStates[env];
    if (known === undefined) return null;
    const from = { ...known, parser: parserAt(lean, 0) };
    if (heartbeats === null) return { from, messages: [] };
    const limited = withHeartbeats(lean, from, heartbeats);
    return { from: { ...limited, parser: parserAt(lean, 0), text: '' }, messages: [] };
  };

  const keep = (state: CommandState): number => {
    lean.inc(state.command);
    // The next command's text is a text of its own, so it begins at byte 0 of it.
    return commandStates.push({ ...state, text: '' }) - 1;
  };

  const runCommand = (command: Command): ReplAnswer | null => {
    const text = leanText(command.cmd);
    const begin = beginOf(command, text);
    if (begin === null) return { message: 'Unknown environment.' };
    const trees: Obj[] = [];
    const run = lean.run(begin.from, text, {
      goals: false,
      onTrees: (found) => trees.push(...found.map(lean.inc)),
    });
    for (const tree of trees) lean.hold(tree);
    if (run.stopped) return null;
    const env = lean.field(begin.from.command, ENV);
    const messages: ReplMessage[] = [
      ...begin.messages,
      ...run.messages.map(({ text: data, ...rest }) => ({ ...rest, data })),
    ];
    const sorries = trees.flatMap((tree) => answers.sorries(tree, env, null, record));
    if (command.rootGoals) sorries.push(...trees.flatMap((tree) => answers.rootGoals(tree, env, record)));
    const tactics = command.allTactics ? trees.flatMap((tree) => answers.tactics(tree, env, record)) : [];
    const { infotree: mode } = command;
    const infotree = mode === null ? [] : trees.flatMap((tree) => treeJson(tree, mode));
    return {
      env: keep(run.state),
      ...some('messages', messages),
      ...some('sorries', sorries),
      ...some('tactics', tactics),
      ...some('infotree', infotree),
    };
  };

  /** Records `state` and answers what it has more than `old`. */
  const answerStep = (state: ProofState, old: ProofState | null): TacticAnswer => {
    const root = lean.listItems(state.rootGoals);
    const messages = steps.messages(state, old);
    const traces = steps.traces(state, old);
    const sorries = steps.trees(state, old).flatMap((tree) => answers.sorries(tree, null, root, record));
    const proofStatus = status(state);
    const goals = proofs.goalTexts(state);
    const proofState = record(state);
    return {
      proofStatus,
      proofState,
      goals,
      ...some('messages', messages),
      ...some('sorries', sorries),
      ...some('traces', traces),
    };
  };

  const answer = (request: InstanceRequest): ReplAnswer | null => {
    if (request.kind === 'command') return runCommand(request);
    const old = proofStates[request.proofState];
    if (old === undefined) return { message: 'Unknown proof state.' };
    if (request.kind === 'copy') {
      const copy = { ...old };
      for (const reference of Object.values(copy)) lean.inc(reference);
      return answerStep(copy, request.messages ? null : copy);
    }
    const state = runTactic(old, request.tactic, { heartbeats: request.heartbeats });
    return answerStep(state, old);
  };

  const wasStopped = () => lean.stopToken !== null && lean.field(lean.stopToken, 0) === lean.box(1);

  return (request: InstanceRequest): Outcome => {
    const [commands, tactics] = [commandStates.length, proofStates.length];
    const forget = (): Outcome => {
      for (const state of commandStates.splice(commands)) lean.dec(state.command);
      for (const state of proofStates.splice(tactics)) proofs.release(state);
      return { kind: 'stopped' };
    };
    try {
      const found = answer(request);
      // What a stop reached may be half of an answer, so nothing of it is kept.
      if (found === null || wasStopped()) return forget();
      return { kind: 'repl', answer: found };
    } catch (error) {
      if (!(error instanceof LeanIoError)) throw error;
      const stopped = wasStopped();
      const outcome = forget();
      return stopped ? outcome : { kind: 'repl', answer: { message: `Lean error:\n${error.message}` } };
    }
  };
}
