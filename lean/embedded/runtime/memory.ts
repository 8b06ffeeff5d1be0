import { ProofloopError } from '../../../src/model/errors.ts';
import type { Obj } from './types.ts';

/** What the slim glue hands out (prepare/glue.ts). */
export type Glue = {
  readonly wasmExports: Readonly<Record<string, unknown>>;
  readonly wasmMemory: WebAssembly.Memory;
  /** Threads that Lean has started for tasks. */
  readonly PThread: {
    readonly runningWorkers: readonly unknown[];
    readonly unusedWorkers: readonly unknown[];
  };
  /** Puts a JavaScript function into this thread's function table; `signature` is one letter for the result and each argument. */
  addFunction(work: (...args: number[]) => number, signature: string): number;
};

/*
 * Layout of a heap object (lean.h, 32-bit): int32 rc, uint16 size, uint8 other, uint8 tag, then fields.
 * rc > 0: owned by this thread; rc < 0: shared, counted atomically; rc = 0: never freed.
 */
const HEADER = 8;

export type Memory = ReturnType<typeof createMemory>;

/** Raw access to objects in the wasm memory. The buffer changes when the memory grows, so views are fetched anew. */
export function createMemory(glue: Glue) {
  const { wasmExports, wasmMemory } = glue;
  let buffer = wasmMemory.buffer;
  let u8 = new Uint8Array(buffer);
  let u32 = new Uint32Array(buffer);
  let i32 = new Int32Array(buffer);
  const fresh = () => {
    if (wasmMemory.buffer === buffer) return;
    buffer = wasmMemory.buffer;
    u8 = new Uint8Array(buffer);
    u32 = new Uint32Array(buffer);
    i32 = new Int32Array(buffer);
  };
  const bytes = () => {
    fresh();
    return u8;
  };
  const words = () => {
    fresh();
    return u32;
  };

  const W = (symbol: string) => {
    const found = wasmExports[symbol];
    if (typeof found !== 'function')
      throw new ProofloopError(
        'INTERNAL',
        `Lean's export ${symbol} is not in the pruned module; add it to lean/embedded/prepare/keep-exports.txt`,
      );
    return found as (...args: number[]) => number;
  };
  const global = (symbol: string): Obj => {
    const found = wasmExports[symbol];
    const address = found instanceof WebAssembly.Global ? (found.value as number) : found;
    if (typeof address !== 'number')
      throw new ProofloopError('INTERNAL', `Lean's constant ${symbol} is not in the pruned module`);
    return words()[address >> 2]!;
  };

  const isBox = (o: Obj) => (o & 1) === 1;
  const size = (o: Obj) => bytes()[o + 6]!;
  const decCold = W('lean_dec_ref_cold');

  return {
    W,
    global,
    bytes,
    words,
    isBox,
    size,
    box: (n: number): Obj => ((n << 1) | 1) >>> 0,
    unbox: (o: Obj): number => o >>> 1,
    tag: (o: Obj): number => (isBox(o) ? o >>> 1 : bytes()[o + 7]!),
    field: (o: Obj, i: number): Obj => words()[(o + HEADER + 4 * i) >> 2]!,
    setField: (o: Obj, i: number, value: Obj): void => {
      words()[(o + HEADER + 4 * i) >> 2] = value;
    },
    byteAt: (o: Obj, i: number): number => o + HEADER + 4 * size(o) + i,
    inc: (o: Obj): Obj => {
      if (isBox(o)) return o;
      fresh();
      const rc = i32[o >> 2]!;
      if (rc > 0) i32[o >> 2] = rc + 1;
      else if (rc < 0) Atomics.sub(i32, o >> 2, 1);
      return o;
    },
    dec: (o: Obj): void => {
      if (isBox(o)) return;
      fresh();
      const rc = i32[o >> 2]!;
      if (rc > 1) i32[o >> 2] = rc - 1;
      else if (rc !== 0) decCold(o);
    },
  };
}
