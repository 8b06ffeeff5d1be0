/** Suites that run by the clock, through Temporal Schedules. */

export { deleteSchedule, pauseSchedule, resumeSchedule, triggerSchedule } from './schedules/control.ts';
export { listSchedules, type ScheduleView } from './schedules/list.ts';
export { knownTimezone, makeSchedule, type ScheduledRun } from './schedules/make.ts';
