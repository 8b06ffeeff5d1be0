import type { LeanRuntime, Obj } from '../runtime/types.ts';

const COUNT = 16;
/** Value of an `ST.Ref`, in a field that is not counted. */
const VALUE = 8;
const BOXED_FALSE = 1;
const BOXED_TRUE = 3;

/**
 * Cancel tokens, never freed and taken in turn: a stop that comes late hits the token of the request it was meant for,
 * never the next request and never other memory.
 */
export function createTokens(lean: LeanRuntime, memory: WebAssembly.Memory) {
  const tokens = Array.from({ length: COUNT }, () => lean.W('l_IO_CancelToken_new')(lean.box(0)));
  let used = 0;
  return (): Obj => {
    const token = tokens[used++ % COUNT]!;
    Atomics.store(new Int32Array(memory.buffer), (token + VALUE) >> 2, BOXED_FALSE);
    return token;
  };
}

/** Sets a token from another thread. Lean may be taking the value out and putting it back, so it has to be repeated. */
export const setToken = (memory: WebAssembly.Memory, token: Obj): void => {
  Atomics.store(new Int32Array(memory.buffer), (token + VALUE) >> 2, BOXED_TRUE);
};
