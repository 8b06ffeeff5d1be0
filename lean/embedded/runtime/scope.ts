import type { Obj } from './types.ts';

/** A trap, a stack overflow or a C++ exception: the heap is not to be touched any more. */
export const isLethal = (thrown: unknown): boolean =>
  !(thrown instanceof Error) || thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError;

/** References that are given back together at the end of the innermost `scope`. */
export function createScopes(dec: (o: Obj) => void) {
  let held: Obj[] = [];
  return {
    hold: (o: Obj): Obj => {
      held.push(o);
      return o;
    },
    scope: <T>(work: () => T): T => {
      const outer = held;
      const mine: Obj[] = [];
      held = mine;
      const release = () => {
        held = outer;
        for (const o of mine) dec(o);
      };
      try {
        const result = work();
        release();
        return result;
      } catch (error) {
        if (held === mine && !isLethal(error)) release();
        throw error;
      } finally {
        held = outer;
      }
    },
  };
}
