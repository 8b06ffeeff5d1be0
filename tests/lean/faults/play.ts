import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Observation, observe } from '../../../bench/lean/faults/observe.ts';
import { EXPECTED, GROUPS, type Group, openFor } from '../../../bench/lean/faults/worlds.ts';
import { createLeanService } from '../../../lean/index.ts';
import type { LeanService } from '../../../lean/service.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';

/** Each fault of the group is a test: right class, nothing lost, nobody gets another's answer, the pool is whole again. */
export function playGroup(group: Group): void {
  let lean: LeanService;
  const cache = dirname(LEAN_CACHE);
  beforeAll(async () => {
    lean = await openFor(group, createLeanService, cache);
  });
  afterAll(() => lean.close());

  test.each(GROUPS[group].map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const row = await observe(fault, { lean, cache }, EXPECTED);
    expectRight(row);
    if ('stays' in fault && fault.stays) expect(row.instance).toBe('the same');
  });
}

export function expectRight(row: Observation): void {
  expect({ rightClass: row.rightClass, happened: row.happened }).toEqual({
    rightClass: true,
    happened: row.happened,
  });
  expect(row.wrong).toEqual([]);
  expect(row.strength).toMatch(/^(\d+) of \1 slots, (\d+) of \2 spare$/);
}
