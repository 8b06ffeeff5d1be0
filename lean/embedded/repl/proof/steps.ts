import { readMessages } from '../../elaborate/messages.ts';
import type { Monads } from '../../elaborate/monads.ts';
import type { InstanceRuntime } from '../../runtime/runtime.ts';
import type { Obj } from '../../runtime/types.ts';
import type { ReplMessage } from '../protocol.ts';
import { ENV, type ProofState } from './proof-state.ts';

/* Core.State {env, nextMacroScope, ngen, auxDeclNGen, traceState, cache, messages, infoState, ..}. */
const NAME_GENERATOR = 2;
const TRACES = 4;
const MESSAGES = 6;
const INFO = 7;
/* InfoState {assignment, lazyAssignment, trees}; TraceElem {ref, msg}. */
const ASSIGNMENT = 0;
const TREES = 2;
const TRACE_MESSAGE = 1;
/* Core.Context {fileName, fileMap, options, .., currNamespace (6), openDecls, ..}; Meta.State {mctx, ..}. */
const FILE_MAP = 1;
const OPTIONS = 2;
const NAMESPACE = 6;
const OPEN_DECLS = 7;
const MCTX = 0;

/** What a proof state has more than an earlier one of the same proof (null: than none). All borrowed; results held. */
export function createSteps(lean: InstanceRuntime, monads: Monads) {
  const { W, inc, box, field, hold } = lean;
  const traces = (state: ProofState) => lean.persistentItems(field(field(state.coreState, TRACES), 0));
  const trees = (state: ProofState) => lean.persistentItems(field(field(state.coreState, INFO), TREES));

  const messages = (state: ProofState): ReplMessage[] =>
    readMessages(lean, field(state.coreState, MESSAGES)).map(({ severity, pos, endPos, text }) => ({
      severity,
      pos,
      endPos,
      data: text,
    }));

  /** `PartialContextInfo.commandCtx` with what the tactic began with. */
  const contextOf = ({ coreState, coreContext, metaState }: ProofState): Obj => {
    const of = (o: Obj, i: number) => inc(field(o, i));
    const command = lean.ctor(0, [
      of(coreState, ENV),
      box(0),
      of(coreContext, FILE_MAP),
      of(metaState, MCTX),
      of(coreContext, OPTIONS),
      of(coreContext, NAMESPACE),
      of(coreContext, OPEN_DECLS),
      of(coreState, NAME_GENERATOR),
    ]);
    return lean.ctor(0, [command]);
  };

  return {
    messages: (state: ProofState, old: ProofState | null): ReplMessage[] =>
      messages(state).slice(old === null ? 0 : messages(old).length),
    traces: (state: ProofState, old: ProofState | null): string[] =>
      traces(state)
        .slice(old === null ? 0 : traces(old).length)
        .map((trace) => monads.messageText(field(trace, TRACE_MESSAGE)).trim()),
    trees: (state: ProofState, old: ProofState | null): Obj[] =>
      trees(state)
        .slice(old === null ? 0 : trees(old).length)
        .map((tree) => {
          const assignment = inc(field(field(state.coreState, INFO), ASSIGNMENT));
          const whole = W('l_Lean_Elab_InfoTree_substitute')(inc(tree), assignment);
          return hold(old === null ? whole : lean.ctor(0, [contextOf(old), whole]));
        }),
  };
}
