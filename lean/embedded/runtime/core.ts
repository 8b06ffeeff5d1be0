import { createMemory, type Glue } from './memory.ts';
import { createNames } from './names.ts';
import { createObjects } from './objects.ts';
import { createScopes } from './scope.ts';
import { LeanIoError, type LeanRuntime, type Obj } from './types.ts';

const IO_OK = 0;

/** What needs no elaborator of ours: objects, references, names, IO results. */
export type LeanCore = Omit<LeanRuntime, 'prefix' | 'elaborate'>;

/** Over a memory in which Lean is initialised. */
export function createCore(glue: Glue): LeanCore {
  const memory = createMemory(glue);
  const objects = createObjects(memory);
  const { W, inc, dec, field, tag } = memory;
  const { hold, scope } = createScopes(dec);

  const io = (result: Obj): Obj => {
    const value = field(result, 0);
    if (tag(result) === IO_OK) {
      inc(value);
      dec(result);
      return value;
    }
    const text = W('lean_io_error_to_string')(inc(value));
    const message = objects.stringText(text);
    dec(text);
    dec(result);
    throw new LeanIoError(message);
  };

  return {
    ...memory,
    ...objects,
    ...createNames(memory, objects),
    hold,
    scope,
    io,
    byte: (o, i) => memory.bytes()[memory.byteAt(o, i)]!,
    setByte: (o, i, value) => {
      memory.bytes()[memory.byteAt(o, i)] = value;
    },
    persistentItems: (o) =>
      objects.arrayItems(hold(W('l_Lean_PersistentArray_toArray___redArg___boxed')(inc(o)))),
    kernelEnv: (env) => hold(W('lean_elab_environment_to_kernel_env')(inc(env))),
  };
}
