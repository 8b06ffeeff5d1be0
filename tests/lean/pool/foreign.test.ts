import { expect, test } from '@jest/globals';
import { InstanceDied, type LeanBackend, type LeanInstance } from '../../../lean/backend.ts';
import { createPool } from '../../../lean/pool/pool.ts';
import { delegate, fixtureBackend, jobOf, proof, withoutBubblewrap } from '../repl/support.ts';

withoutBubblewrap();

/** Every death under a request counts as the host's, as when several instances share one process. */
function hosted(backend: LeanBackend): LeanBackend & { deaths: number } {
  const hostedInstance = (instance: LeanInstance): LeanInstance =>
    delegate(instance, {
      check: (request, signal) =>
        instance.check(request, signal).catch((error: unknown) => {
          if (!(error instanceof InstanceDied)) throw error;
          outer.deaths += 1;
          throw new InstanceDied(error.fault, false);
        }),
    });
  const outer = {
    deaths: 0,
    identity: () => backend.identity(),
    start: async () => hostedInstance(await backend.start()),
    close: () => backend.close(),
  };
  return outer;
}

test('a job is not blamed for hosts that die around it, until the machine must be broken', async () => {
  const backend = hosted(fixtureBackend());
  const pool = createPool({ backend, slots: 1 });
  await expect(pool.screen(jobOf(), proof('FAULT:eof'))).rejects.toMatchObject({
    code: 'LEAN_CRASHED',
    message: expect.stringContaining('5 times'),
  });
  expect(backend.deaths).toBe(5);
  expect(await pool.screen(jobOf(), proof('rfl'))).toMatchObject({ status: 'accepted' });
  await pool.close();
});
