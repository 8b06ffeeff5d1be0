import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { beginRunActivity } from '../../activities/begin-run.ts';
import type { RunRecord } from '../../src/model/index.ts';
import {
  deleteSchedule,
  listSchedules,
  makeSchedule,
  pauseSchedule,
  resumeSchedule,
  type ScheduledRun,
  triggerSchedule,
} from '../../src/temporal/schedules.ts';
import { runWorld, suiteRun } from '../support/run-context.ts';

const world = runWorld();

const scheduled = (name: string, more: Partial<ScheduledRun> = {}): ScheduledRun => ({
  ...suiteRun(name, 2),
  scheduleId: `schedule-${name}`,
  // Once in four years, so that nothing runs but what a test triggers.
  cron: '0 3 29 2 *',
  timezone: 'Europe/Berlin',
  ...more,
});

const viewOf = async (name: string) => {
  // The list is what the server's index knows, which follows it by a moment.
  for (;;) {
    const view = (await listSchedules(world.ctx())).find((v) => v.scheduleId === `schedule-${name}`);
    if (view !== undefined) return view;
    await sleep(100);
  }
};

const runsOf = async (name: string): Promise<readonly RunRecord[]> =>
  (await world.ctx().store.listRuns(100)).filter((run) => run.provenance.schedule === `schedule-${name}`);

const untilDone = async (name: string, count: number): Promise<readonly RunRecord[]> => {
  for (;;) {
    const runs = await runsOf(name);
    if (runs.length >= count && runs.every((run) => run.state === 'done')) return runs;
    await sleep(100);
  }
};

test('a schedule starts runs of its own, each with a record as `bench` writes it', async () => {
  world.recorded('starts');
  const { how, next } = await makeSchedule(world.ctx(), scheduled('starts'));
  expect(how).toBe('made');
  expect(next[0]?.toISOString()).toMatch(/-02-29T02:00:00/);
  await triggerSchedule(world.ctx(), 'schedule-starts');
  const [run] = await untilDone('starts', 1);
  expect(run).toMatchObject({ kind: 'suite', label: 'tests', theoremIds: ['starts.1', 'starts.2'] });
  expect(run?.runId).toMatch(/^run-starts-\d{8}T\d{6}Z$/);
  expect(run?.results.map((r) => r.outcome)).toEqual(['solved', 'solved']);
  const view = await viewOf('starts');
  expect(view).toMatchObject({ suite: 'tests', provers: ['model'], theorems: 2, paused: false, skipped: 0 });
  expect(view.recent).toHaveLength(1);
});

test('the same id again changes times and suite, and a paused one stays paused', async () => {
  world.recorded('changes');
  await makeSchedule(world.ctx(), scheduled('changes'));
  await pauseSchedule(world.ctx(), 'schedule-changes');
  const again = await makeSchedule(world.ctx(), {
    ...scheduled('changes', { cron: '@daily', timezone: 'UTC' }),
    theorems: suiteRun('changes', 1).theorems,
  });
  expect(again.how).toBe('changed');
  expect(again.next[0]?.toISOString()).toMatch(/T00:00:00/);
  expect(await viewOf('changes')).toMatchObject({ cron: '@daily', theorems: 1, paused: true });
  await resumeSchedule(world.ctx(), 'schedule-changes');
  expect((await viewOf('changes')).paused).toBe(false);
  await deleteSchedule(world.ctx(), 'schedule-changes');
  await expect(pauseSchedule(world.ctx(), 'schedule-changes')).rejects.toMatchObject({
    code: 'SCHEDULE_NOT_FOUND',
  });
});

test('while a run of it is at work no other starts', async () => {
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  world.recorded('overlap', {
    lookupProof: async () => {
      await held;
      return null;
    },
  });
  await makeSchedule(world.ctx(), scheduled('overlap'));
  await triggerSchedule(world.ctx(), 'schedule-overlap');
  while ((await runsOf('overlap')).length === 0) await sleep(50);
  await triggerSchedule(world.ctx(), 'schedule-overlap');
  while ((await viewOf('overlap')).skipped === 0) await sleep(100);
  letGo();
  expect(await untilDone('overlap', 1)).toHaveLength(1);
});

test.each(['0 3 * *', 'at night', '99 3 * * *'])(
  'times like %j are refused, and nothing is made',
  async (cron) => {
    await expect(makeSchedule(world.ctx(), scheduled('bad', { cron }))).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(cron),
    });
    await expect(deleteSchedule(world.ctx(), 'schedule-bad')).rejects.toMatchObject({
      code: 'SCHEDULE_NOT_FOUND',
    });
  },
);

test('a refused change leaves the schedule as it was', async () => {
  world.recorded('kept');
  await makeSchedule(world.ctx(), scheduled('kept'));
  await expect(makeSchedule(world.ctx(), scheduled('kept', { cron: 'soon' }))).rejects.toMatchObject({
    code: 'USAGE',
    message: "the times 'soon' are not understood: CronString does not have 5-7 fields",
  });
  expect((await viewOf('kept')).cron).toBe('0 3 29 2 *');
});

test('a worker with another store starts no run', async () => {
  world.recorded('other-store');
  const { beginRun } = beginRunActivity(world.ctx().store);
  const input = {
    ...scheduled('other-store'),
    storeId: 'another',
    source: { kind: 'stored' as const, sha256: '', count: 2 },
    canary: { header: '' },
  };
  await expect(beginRun({ runId: 'r', startedAt: 1, input })).rejects.toMatchObject({
    type: 'STORE_MISMATCH',
  });
});
