import { createMemory, type Glue } from './memory.ts';
import { createObjects } from './objects.ts';

/** Bytes of shadow stack for elaboration; the build gives the first thread 64 KiB, and nothing guards its end. */
const STACK_BYTES = 128 << 20;

/** Threads that Lean may start for tasks (`exact?` does); without /proc it would count no processor and start none. */
const TASK_THREADS = 2;

const IO_OK = 0;

/** Runs Lean's initialisers in a memory that is as the module was instantiated. Takes about half a second. */
export function initializeLean(glue: Glue): void {
  const memory = createMemory(glue);
  const { string, list } = createObjects(memory);
  const { W, tag, dec, box } = memory;
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
  const result = W('l_Lean_initSearchPath')(string('/lean'), list([string('/lean/lib/lean')]), box(0));
  if (tag(result) !== IO_OK) throw new Error('Lean did not take its search path');
  dec(result);
}
