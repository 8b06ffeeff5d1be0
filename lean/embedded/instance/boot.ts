import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Glue } from '../runtime/memory.ts';
import { mountLibrary, sealMemory, type VirtualFs } from './filesystem.ts';

export type BootInput = {
  /** Of `prepareLean`. */
  readonly folder: string;
  /** Of its files, by their path below it. */
  readonly sha256: Readonly<Record<string, string>>;
  /** The file below it that has the memory to begin with. */
  readonly snapshot: string;
};

export type ModuleInput = {
  readonly module: WebAssembly.Module;
  /** Upper bound of the wasm memory in MiB; beyond it Lean reports that it is out of memory and the instance ends. */
  readonly memoryMiB: number;
};

const PAGES_PER_MIB = 16;
/** The module imports a memory of at least 16 MiB. */
const INITIAL_MIB = 16;
const LINES_KEPT = 20;

/** What Lean printed last (panics and aborts among it), for the account of a crash. Whoever starts a request empties it. */
export type Printed = string[];

/**
 * Instantiates the module in this thread, with a memory of `pages` (64 KiB each) to begin with. No other thread is
 * started. Lean is not initialised: that is `initializeLean`, or what `restore` puts in its place.
 */
export function bootLean(
  input: Pick<BootInput, 'folder'> & ModuleInput,
  pages = INITIAL_MIB * PAGES_PER_MIB,
): Promise<{ glue: Glue & VirtualFs; printed: Printed }> {
  const printed: string[] = [];
  const print = (line: string) => {
    if (line.startsWith('[DEBUG')) return;
    printed.push(line.slice(0, 500));
    if (printed.length > LINES_KEPT) printed.shift();
  };
  return new Promise((resolve, reject) => {
    type Loaded = {
      glue: Glue & VirtualFs & { ENV: Record<string, string> };
    };
    const leanModule: Record<string, unknown> & Partial<Loaded> = {
      noInitialRun: true,
      noExitRuntime: true,
      thisProgram: '/lean/bin/lean',
      wasmMemory: new WebAssembly.Memory({
        initial: pages,
        maximum: input.memoryMiB * PAGES_PER_MIB,
        shared: true,
      }),
      print,
      printErr: print,
      instantiateWasm: (
        imports: WebAssembly.Imports,
        ready: (i: WebAssembly.Instance, m: WebAssembly.Module) => void,
      ) => {
        WebAssembly.instantiate(input.module, imports)
          .then((instance) => ready(instance, input.module))
          .catch(reject);
        return {};
      },
      preRun: [
        () => {
          const { glue } = leanModule as Loaded;
          mountLibrary(glue, join(input.folder, 'lib'));
          glue.ENV.LEAN_PATH = '/lean/lib/lean';
          glue.ENV.LEAN_NUM_THREADS = '1';
        },
      ],
      onRuntimeInitialized: () => {
        const { glue } = leanModule as Loaded;
        sealMemory(glue);
        resolve({ glue, printed });
      },
      onAbort: (reason: unknown) => reject(new Error(`Lean did not start: ${reason}`)),
    };
    Object.assign(globalThis, { LeanModule: leanModule });
    createRequire(import.meta.url)(join(input.folder, 'lean.cjs'));
  });
}
