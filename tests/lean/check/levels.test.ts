import { expect, test } from '@jest/globals';
import { createLevelCheck, LEVEL } from '../../../lean/check/levels.ts';
import { Refused } from '../../../lean/check/refused.ts';

/** Levels in a memory of their own: an object is its index, `zero` a boxed scalar as in Lean. */
function memory() {
  const objects: { tag: number; fields: number[] }[] = [];
  const make = (tag: number, ...fields: number[]) => 2 * (objects.push({ tag, fields }) - 1) + 2;
  const at = (o: number) => objects[o / 2 - 1]!;
  const lean = {
    isBox: (o: number) => o % 2 === 1,
    unbox: (o: number) => o >> 1,
    tag: (o: number) => at(o).tag,
    field: (o: number, i: number) => at(o).fields[i]!,
  };
  const zero = 1;
  return { check: createLevelCheck(lean), make, zero };
}

const { check, make, zero } = memory();
const one = make(LEVEL.succ, zero);
const u = make(LEVEL.param, zero);

test.each([
  ['zero', zero],
  ['one', one],
  ['a parameter', u],
  ['max 1 u', make(LEVEL.max, one, u)],
  ['imax 1 u', make(LEVEL.imax, one, u)],
  ['imax u 1', make(LEVEL.imax, u, one)],
])('%s may stand', (_, level) => {
  expect(() => check(level)).not.toThrow();
});

test.each([
  ['imax 1 0', make(LEVEL.imax, one, zero)],
  ['max 0 (imax u 0)', make(LEVEL.max, zero, make(LEVEL.imax, u, zero))],
  ['a zero in disguise below a successor', make(LEVEL.succ, make(LEVEL.imax, one, zero))],
  ['a metavariable', make(LEVEL.mvar, zero)],
  ['a metavariable inside', make(LEVEL.max, one, make(LEVEL.mvar, zero))],
])('%s is refused', (_, level) => {
  expect(() => check(make(LEVEL.succ, level))).toThrow(Refused);
});
