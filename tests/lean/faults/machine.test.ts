import { beforeAll, test } from '@jest/globals';
import { canMount, machineFaults } from '../../../bench/lean/faults/machine.ts';
import { observeMachine } from '../../../bench/lean/faults/worlds.ts';
import { prepareLean } from '../../../lean/embedded/prepare/prepare.ts';
import { createLeanService } from '../../../lean/index.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { expectRight } from './play.ts';

beforeAll(async () => {
  await prepareLean({ cacheDir: LEAN_CACHE });
});

/** A full disk and a read-only one are real mounts, which only root may make. */
const whereAllowed = canMount ? test : test.skip;

whereAllowed.each(machineFaults(LEAN_CACHE).map((fault) => [fault.name, fault] as const))(
  '%s',
  async (_, fault) => expectRight(await observeMachine(fault, createLeanService)),
  // Lean is prepared up to three times, beside whatever else the tests have at work.
  300_000,
);
