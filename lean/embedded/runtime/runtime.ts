import { Stopped } from '../../check/refused.ts';
import { type RunOptions, runCommands } from '../elaborate/commands.ts';
import { firstState, parserAt } from '../elaborate/limits.ts';
import { byPosition } from '../elaborate/messages.ts';
import { createPrefixCache } from '../elaborate/prefixes.ts';
import { leanText } from '../elaborate/source.ts';
import { type Callback, createCallbacks } from './callbacks.ts';
import { createCore } from './core.ts';
import type { Glue } from './memory.ts';
import type { CommandState, Elaborated, HeaderEnv, LeanRuntime, Obj } from './types.ts';

/** The runtime of an instance; `stopToken` is the `IO.CancelToken` of the request that runs, null = none. */
export type InstanceRuntime = LeanRuntime & {
  stopToken: Obj | null;
  /** `createCallbacks`. */
  withCallback<T>(arity: number, action: Callback, use: (closure: Obj) => T): T;
  run(from: CommandState, text: string, options: Partial<RunOptions>): Elaborated;
  /** The state at the start of a file (or at `byte` of it), for the header. Held. */
  first(header: HeaderEnv, heartbeats: number, text: string): CommandState;
};

/** Over a memory in which Lean is initialised. */
export function createRuntime(glue: Glue): InstanceRuntime {
  const core = createCore(glue);
  const cached = createPrefixCache(core);
  const lean: InstanceRuntime = {
    ...core,
    stopToken: null,
    withCallback: createCallbacks(glue, core),
    run: (from, text, options) =>
      runCommands(lean, from, text, {
        goals: false,
        token: lean.stopToken,
        ...options,
      }),
    first: (header, heartbeats, text) => {
      const head = leanText(text);
      const state = firstState(lean, header, heartbeats);
      return { ...state, parser: parserAt(lean, Buffer.byteLength(head)), text: head };
    },
    prefix: (header, text, options) => {
      const head = leanText(text.header);
      const whole = head + leanText(text.context);
      const watched = options.onCommand !== undefined;
      return cached(JSON.stringify([header.key, options.heartbeats, whole, watched]), () => {
        const run = lean.run(lean.first(header, options.heartbeats, head), whole, {
          wholeCommandsOnly: true,
          onCommand: options.onCommand,
        });
        if (run.stopped) throw new Stopped();
        return { state: run.state, messages: run.messages.toSorted(byPosition) };
      });
    },
    elaborate: (from, text, options) => {
      const run = lean.run(from, leanText(text), {
        goals: options.goals ?? true,
        onCommand: options.onCommand,
        onFailure: options.onFailure,
      });
      return { ...run, messages: run.messages.toSorted(byPosition) };
    },
  };
  return lean;
}
