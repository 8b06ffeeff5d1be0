import { Stopped } from '../../check/refused.ts';
import { type Run, type RunOptions, runCommands } from '../elaborate/commands.ts';
import { firstState, parserAt } from '../elaborate/limits.ts';
import { byPosition } from '../elaborate/messages.ts';
import { createPrefixCache } from '../elaborate/prefixes.ts';
import { leanText } from '../elaborate/source.ts';
import { createMemory, type Glue } from './memory.ts';
import { createNames } from './names.ts';
import { createObjects } from './objects.ts';
import { createScopes } from './scope.ts';
import { type CommandState, type HeaderEnv, LeanIoError, type LeanRuntime, type Obj } from './types.ts';

const IO_OK = 0;

/** Bytes of shadow stack for elaboration; the build gives the first thread 64 KiB, and nothing guards its end. */
const STACK_BYTES = 128 << 20;

/** Threads that Lean may start for tasks (`exact?` does); without /proc it would count no processor and start none. */
const TASK_THREADS = 2;

/** The runtime of an instance; `stopToken` is the `IO.CancelToken` of the request that runs, null = none. */
export type InstanceRuntime = LeanRuntime & {
  stopToken: Obj | null;
  run(from: CommandState, text: string, options: Partial<RunOptions>): Run;
  /** The state at the start of a file (or at `byte` of it), for the header. Held. */
  first(header: HeaderEnv, heartbeats: number, text: string): CommandState;
};

export function createRuntime(glue: Glue): InstanceRuntime {
  const memory = createMemory(glue);
  const objects = createObjects(memory);
  const names = createNames(memory, objects);
  const scopes = createScopes(memory.dec);
  const { W, inc, dec, field, tag } = memory;
  const { hold, scope } = scopes;

  const io = (result: Obj): Obj => {
    const value = field(result, 0);
    if (tag(result) === IO_OK) {
      inc(value);
      dec(result);
      return value;
    }
    const kind = tag(value);
    dec(result);
    throw new LeanIoError(`Lean answered an IO error (constructor ${kind})`);
  };

  const cached = createPrefixCache(memory);
  const lean: InstanceRuntime = {
    ...memory,
    ...objects,
    ...names,
    hold,
    scope,
    io,
    stopToken: null,
    byte: (o, i) => memory.bytes()[memory.byteAt(o, i)]!,
    setByte: (o, i, value) => {
      memory.bytes()[memory.byteAt(o, i)] = value;
    },
    persistentItems: (o) =>
      objects.arrayItems(hold(W('l_Lean_PersistentArray_toArray___redArg___boxed')(inc(o)))),
    kernelEnv: (env) => hold(W('lean_elab_environment_to_kernel_env')(inc(env))),
    run: (from, text, options) =>
      runCommands(lean, from, text, {
        goals: false,
        allTactics: false,
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
      return cached(JSON.stringify([header.key, options.heartbeats, whole]), () => {
        const run = lean.run(lean.first(header, options.heartbeats, head), whole, {
          wholeCommandsOnly: true,
        });
        if (run.stopped) throw new Stopped();
        return { state: run.state, messages: run.messages.toSorted(byPosition) };
      });
    },
    elaborate: (from, text, options) => {
      const run = lean.run(from, leanText(text), {
        goals: options.goals ?? true,
        onCommand: options.onCommand,
      });
      return { ...run, messages: run.messages.toSorted(byPosition) };
    },
  };

  const stack = W('malloc')(STACK_BYTES);
  const top = (stack + STACK_BYTES) & ~15;
  W('emscripten_stack_set_limits')(top, stack);
  W('_emscripten_stack_restore')(top);
  W('_ZN4lean15save_stack_infoEb')(1);
  for (const step of [
    'lean_initialize',
    'lean_init_search_path',
    'lean_enable_initializer_execution',
    'lean_io_mark_end_initialization',
  ])
    W(step)();
  W('lean_init_task_manager_using')(TASK_THREADS);
  dec(
    io(
      W('l_Lean_initSearchPath')(
        objects.string('/lean'),
        objects.list([objects.string('/lean/lib/lean')]),
        memory.box(0),
      ),
    ),
  );
  return lean;
}
