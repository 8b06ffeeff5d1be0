import { type Challenge, fullText, SORRY } from '../../../src/model/index.ts';
import { refusesForeignSyntax } from '../../check/foreign.ts';
import { Refused, Stopped } from '../../check/refused.ts';
import { readMessages } from '../elaborate/messages.ts';
import { createMonads } from '../elaborate/monads.ts';
import { findSorries } from '../elaborate/sorries.ts';
import { leanText } from '../elaborate/source.ts';
import { createContextInfos } from '../repl/proof/context-info.ts';
import { createProofStates, type ProofState } from '../repl/proof/proof-state.ts';
import { createTacticRunner } from '../repl/proof/tactic.ts';
import { defaultTermContext } from '../repl/proof/term-context.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import { type CommandState, type HeaderEnv, LeanIoError, type Obj } from '../runtime/types.ts';
import type { ProofAnswer, ProofGoal, ProofRequest } from './protocol.ts';

/* Command.State {env, ..}; Core.State {.., messages (6), ..}. */
const ENV = 0;
const MESSAGES = 6;
/** What is printed is read again, in proofs too: `f xs`, never `xs.f`. */
const PRINTING = 'set_option pp.fieldNotation false\nset_option pp.unicode.fun true\n';
const HEARTBEAT_UNIT = 1000;

/** Proof states of one theorem at a time, kept in the instance. Throws `Stopped` when a stop was asked for. */
export function createProofSession(lean: InstanceRuntime, emptyFile: () => CommandState) {
  const { W, inc } = lean;
  const monads = createMonads(lean);
  const contexts = createContextInfos(lean);
  const proofs = createProofStates(lean, monads, contexts);
  let termContext: Obj | null = null;
  const runTactic = createTacticRunner(lean, monads, () => {
    termContext ??= defaultTermContext(lean, emptyFile());
    return termContext;
  });

  const states: ProofState[] = [];
  const release = () => {
    for (const state of states.splice(0)) proofs.release(state);
  };
  const heartbeats = (): number => {
    const result = W('lean_io_get_num_heartbeats')(lean.box(0));
    return Number(lean.natText(lean.hold(result)));
  };
  const stopped = () => lean.stopToken !== null && lean.field(lean.stopToken, 0) === lean.box(1);

  /** One state for each goal (the state itself is consumed). */
  const split = (state: ProofState): ProofGoal[] => {
    const texts = proofs.goalTexts(state);
    const goals = lean.listItems(state.goals).map((goal, i) => {
      const own = { ...state, goals: lean.list([inc(goal)]) };
      for (const [key, reference] of Object.entries(own)) if (key !== 'goals') inc(reference);
      return { state: states.push(own) - 1, text: texts[i]! };
    });
    proofs.release(state);
    return goals;
  };

  const open = (header: HeaderEnv, challenge: Challenge, limit: number): ProofAnswer => {
    release();
    const onCommand = refusesForeignSyntax(lean, challenge);
    const options = { heartbeats: limit, onCommand };
    const before = lean.prefix(header, challenge, options).state;
    const printing = lean.run({ ...before, parser: start() }, PRINTING, {}).state;
    const from = { ...printing, parser: before.parser, text: before.text };
    const found: ProofState[] = [];
    const run = lean.run(from, leanText(fullText(challenge, SORRY)), {
      onCommand,
      onTrees: (trees) => {
        const sorries = trees.flatMap((tree) => findSorries(lean, tree));
        const last = sorries.filter((s) => s.kind === 'tactic').at(-1);
        if (last?.kind !== 'tactic') return;
        const context = contexts.withChildNames(contexts.withMctx(last.context, last.mctx));
        const env = lean.field(from.command, ENV);
        const goals = [last.mvar];
        found.push(proofs.create({ context, localContext: null, env, goals, rootGoals: null, types: [] }));
      },
    });
    const theorem = found.pop();
    for (const other of found) proofs.release(other);
    if (run.stopped) throw new Stopped();
    const error = run.messages.find((m) => m.severity === 'error');
    if (theorem === undefined || error !== undefined) {
      if (theorem !== undefined) proofs.release(theorem);
      return { status: 'failed', error: error?.text ?? 'the statement has no goal', used: 0 };
    }
    return { status: 'goals', goals: split(theorem), used: 0, said: [] };
  };

  const start = () => lean.hold(lean.ctor(0, [lean.box(0)], [0]));

  const run = ({ state, tactic, heartbeats: limit }: Extract<ProofRequest, { kind: 'run' }>): ProofAnswer => {
    const from = states[state];
    if (from === undefined) throw new LeanIoError(`there is no proof state ${state}`);
    const began = heartbeats();
    const used = () => (heartbeats() - began) / HEARTBEAT_UNIT;
    try {
      const behind = runTactic(from, tactic, { heartbeats: limit, recover: false });
      if (stopped()) {
        proofs.release(behind);
        throw new Stopped();
      }
      const earlier = readMessages(lean, lean.field(from.coreState, MESSAGES)).length;
      const messages = readMessages(lean, lean.field(behind.coreState, MESSAGES)).slice(earlier);
      const error = messages.find((m) => m.severity === 'error');
      if (error !== undefined) {
        proofs.release(behind);
        return { status: 'failed', error: error.text, used: used() };
      }
      const said = messages.filter((m) => m.severity === 'info').map((m) => m.text);
      return { status: 'goals', goals: split(behind), used: used(), said };
    } catch (error) {
      if (!(error instanceof LeanIoError)) throw error;
      if (stopped()) throw new Stopped();
      return { status: 'failed', error: error.message.slice(0, 500), used: used() };
    }
  };

  return (header: HeaderEnv | null, request: ProofRequest): ProofAnswer => {
    switch (request.kind) {
      case 'open':
        try {
          return open(header!, request.challenge, request.heartbeats);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          return { status: 'failed', error: error.message, used: 0 };
        }
      case 'run':
        return run(request);
      case 'close':
        release();
        return { status: 'goals', goals: [], used: 0, said: [] };
    }
  };
}
