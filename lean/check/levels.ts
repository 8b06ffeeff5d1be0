import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import { Refused } from './refused.ts';

/** Constructor indices of `Lean.Level`. */
export const LEVEL = { zero: 0, succ: 1, max: 2, imax: 3, param: 4, mvar: 5 } as const;

/**
 * Looks at universe levels of new constants, each once. Refused are metavariables, and levels that are zero without
 * being written so (`imax 1 0`): Lean's elaborator writes none, and the kernel of 4.28 does not see that such a sort is
 * `Prop` (lean4 pull request 14613).
 */
export function createLevelCheck(lean: Pick<LeanRuntime, 'isBox' | 'unbox' | 'tag' | 'field'>) {
  const seen = new Set<Obj>();
  const kind = (level: Obj): number => (lean.isBox(level) ? lean.unbox(level) : lean.tag(level));
  const isZero = (level: Obj): boolean => {
    switch (kind(level)) {
      case LEVEL.zero:
        return true;
      case LEVEL.max:
        return isZero(lean.field(level, 0)) && isZero(lean.field(level, 1));
      case LEVEL.imax:
        return isZero(lean.field(level, 1));
      default:
        return false;
    }
  };
  const check = (level: Obj): void => {
    if (seen.has(level)) return;
    seen.add(level);
    const sort = kind(level);
    if (sort === LEVEL.mvar) throw new Refused('kernel', 'a new constant holds a universe metavariable');
    if (sort !== LEVEL.zero && isZero(level))
      throw new Refused('kernel', 'a new constant has a universe level that is zero in disguise');
    const parts = sort === LEVEL.succ ? 1 : sort === LEVEL.max || sort === LEVEL.imax ? 2 : 0;
    for (let i = 0; i < parts; i += 1) check(lean.field(level, i));
  };
  return check;
}
