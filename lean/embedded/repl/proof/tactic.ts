import type { Monads } from '../../elaborate/monads.ts';
import type { InstanceRuntime } from '../../runtime/runtime.ts';
import { LeanIoError, type Obj } from '../../runtime/types.ts';
import { ENV, type ProofState } from './proof-state.ts';

/* Term, Meta and Core contexts and states, and a world token. */
const TERM_ARGUMENTS = 7;
const PARSE_ERROR = 0;
/* Core.Context {.., maxHeartbeats (9), .., cancelTk? (12), ..}. */
const MAX_HEARTBEATS = 9;
const CANCEL_TOKEN = 12;
const HEARTBEAT_UNIT = 1000;

export type TacticLimits = {
  /** In thousands, as `maxHeartbeats` counts; null: as the state has it. */
  readonly heartbeats: number | null;
  /** Whether an error inside of it may be logged and its goal left to `sorry`, as in a file. Default true. */
  readonly recover?: boolean;
};

/** Runs a tactic on a proof state (borrowed). Throws LeanIoError with Lean's message. */
export function createTacticRunner(lean: InstanceRuntime, monads: Monads, termContext: () => Obj) {
  const { W, inc, box, field, hold } = lean;

  const parse = (env: Obj, text: string): Obj => {
    const parsed = hold(
      W('l_Lean_Parser_runParserCategory')(
        inc(env),
        lean.name('tactic'),
        lean.string(text),
        lean.string('<input>'),
      ),
    );
    const result = field(parsed, 0);
    if (lean.tag(parsed) === PARSE_ERROR) throw new LeanIoError(lean.stringText(result));
    return result;
  };

  const limited = (context: Obj, { heartbeats }: TacticLimits): Obj => {
    const token = lean.stopToken === null ? box(0) : lean.ctor(1, [inc(lean.stopToken)]);
    const stoppable = hold(lean.withField(context, CANCEL_TOKEN, token));
    if (heartbeats === null) return stoppable;
    return hold(lean.withField(stoppable, MAX_HEARTBEATS, box(heartbeats * HEARTBEAT_UNIT)));
  };

  return (state: ProofState, text: string, limits: TacticLimits): ProofState => {
    const syntax = parse(field(state.coreState, ENV), text);
    const metaState = monads.reference(state.metaState);
    let goals: Obj = box(0);
    let behind: { termState: Obj; coreState: Obj } | null = null;
    monads.runCore(limited(state.coreContext, limits), state.coreState, (core) => {
      const meta = { ...core, metaContext: state.metaContext, metaState };
      const result = hold(
        monads.withAction(
          TERM_ARGUMENTS,
          ([termContextIn, termState, ...rest]) => {
            const [metaContext, metaStateIn, coreContext, coreState] = rest;
            const at = [termContextIn, termState, metaContext, metaStateIn, coreContext, coreState].map(
              (o) => o!,
            );
            const tacticState = monads.reference(state.goals);
            monads.discard(
              W('l_Lean_Elab_Tactic_evalTactic___boxed')(
                inc(syntax),
                lean.ctor(0, [box(0)], [limits.recover === false ? 0 : 1]),
                inc(tacticState),
                ...at.map(inc),
                box(0),
              ),
            );
            monads.discard(
              W('l_Lean_Elab_Term_synthesizeSyntheticMVarsNoPostponing___boxed')(
                box(0),
                ...at.map(inc),
                box(0),
              ),
            );
            goals = monads.read(tacticState);
            return box(0);
          },
          (closure) =>
            W('l_Lean_Elab_Term_TermElabM_run___redArg___boxed')(
              closure,
              inc(termContext()),
              inc(state.termState),
              inc(meta.metaContext),
              inc(meta.metaState),
              inc(meta.coreContext),
              inc(meta.coreState),
              box(0),
            ),
        ),
      );
      behind = { termState: inc(field(result, 1)), coreState: inc(monads.read(core.coreState)) };
      return box(0);
    });
    const { termState, coreState } = behind! as { termState: Obj; coreState: Obj };
    return {
      coreState,
      coreContext: inc(state.coreContext),
      metaState: inc(monads.read(metaState)),
      metaContext: inc(state.metaContext),
      termState,
      goals: inc(goals),
      rootGoals: inc(state.rootGoals),
    };
  };
}
