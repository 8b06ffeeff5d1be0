import type { Glue } from './memory.ts';
import type { LeanRuntime, Obj } from './types.ts';

/** Monadic Lean code calls what it is given with its contexts and a world token, the one of `TermElabM` has most. */
const MOST_ARGUMENTS = 8;
/* lean_closure_object (lean.h, 32-bit): header, function (table index), uint16 arity, uint16 number fixed, arguments. */
const CLOSURE_TAG = 245;
const ONE_FIXED = 1 << 16;

/** Gets owned arguments, the world token left out, and returns an owned result. */
export type Callback = (...args: readonly Obj[]) => Obj;

type Core = Pick<LeanRuntime, 'ctor' | 'box' | 'unbox'>;

/**
 * Lean closures over JavaScript functions, for Lean code that takes an action (`ContextInfo.runMetaM`).
 * One slot of the function table for each arity serves all: the closure's fixed argument says which function it is.
 * The slots exist in this thread only, so a closure must not reach a Lean task.
 */
export function createCallbacks(glue: Pick<Glue, 'addFunction'>, core: Core) {
  const { ctor, box, unbox } = core;
  const slots: number[] = [];
  const running: Callback[] = [];

  const slot = (arity: number): number => {
    slots[arity] ??= glue.addFunction(
      (id: number, ...args: number[]) =>
        running[unbox(id >>> 0)]!(...args.map((o) => o >>> 0).slice(0, arity - 1)),
      'i'.repeat(arity + 2),
    );
    return slots[arity];
  };

  /**
   * Calls `use` with a closure of `arity` arguments (at most 8, the world token counted) that calls `action`.
   * The closure is owned by `use` and is good only until that returns.
   */
  return <T>(arity: number, action: Callback, use: (closure: Obj) => T): T => {
    if (arity > MOST_ARGUMENTS) throw new RangeError(`a callback of ${arity} arguments`);
    const id = running.push(action) - 1;
    const closure = ctor(CLOSURE_TAG, [slot(arity), (arity + 1) | ONE_FIXED, box(id)]);
    try {
      return use(closure);
    } finally {
      running.length = id;
    }
  };
}
