import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeSuite } from '../e2e/support.ts';
import { type Home, jsonLines, makeHome, startCli, untilOutput } from '../support/cli.ts';

let home: Home;
let suite: string;
let up: ReturnType<typeof startCli>;
beforeAll(async () => {
  home = await makeHome();
  suite = await writeSuite(home, 'nightly', 2);
  up = startCli(home, ['up', '--slots', '1', '--no-spare']);
  await untilOutput(up, 'stderr', /Ready\./);
}, 240_000);
afterAll(async () => {
  up.kill('SIGINT');
  await up;
  await home.remove();
}, 60_000);

const run = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await startCli(home, args);
  return { exitCode, stdout, stderr };
};

const list = async () => jsonLines((await run('schedule', 'list', '--json')).stdout);

/** Once in four years, so that nothing runs but what the test triggers. */
const RARELY = '0 3 29 2 *';

it('a suite runs by the clock: made, listed, triggered, paused, deleted; its run is shown like any other', async () => {
  const made = await run('bench', suite, '--schedule', RARELY, '--timezone', 'UTC');
  expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`${RARELY}, UTC`) });
  expect(made.stderr).toContain('2 theorems of nightly as they are now; no model is asked.');
  let schedules = await list();
  while (schedules.length === 0) schedules = await list();
  const [schedule] = schedules;
  const id = String(schedule?.scheduleId);
  expect(id).toMatch(/^schedule-nightly-[0-9a-f]{6}$/);
  expect(schedule).toMatchObject({ suite: 'nightly', cron: RARELY, provers: ['local'], paused: false });

  expect((await run('schedule', 'trigger', id)).exitCode).toBe(0);
  const ended = async () =>
    jsonLines((await run('ls', '--json')).stdout).find((line) => line.state === 'done');
  let over = await ended();
  for (; over === undefined; over = await ended()) await sleep(300);
  expect(over).toMatchObject({ label: 'nightly', provenance: { schedule: id } });
  const shown = await run('show', String(over.runId));
  expect(shown).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('2 of 2') });

  expect((await run('schedule', 'pause', id)).stderr).toContain('is paused');
  expect((await run('schedule', 'list')).stdout).toMatch(/nightly \(2\).*paused/);
  expect((await run('schedule', 'resume', id)).exitCode).toBe(0);
  expect((await run('schedule', 'delete', id)).stderr).toContain('its runs stay');
  const gone = await run('schedule', 'pause', id);
  expect(gone).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('SCHEDULE_NOT_FOUND') });
}, 240_000);

it.each([
  [['--schedule', 'at night'], "the times 'at night' are not understood"],
  [['--schedule', RARELY, '--timezone', 'Europe/Nowhere'], "'Europe/Nowhere' is not the name of a time zone"],
  [['--schedule', RARELY, '--detach'], 'cannot be used with'],
])(
  'bench %j is refused with what to say instead',
  async (args, message) => {
    const refused = await run('bench', suite, ...args);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(message) });
  },
  60_000,
);
