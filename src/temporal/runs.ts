/** Runs as the command line sees them: start or attach, watch, steer, repeat. */
export { archiveRun } from './runs/archive.ts';
export type { RunContext } from './runs/context.ts';
export {
  cancelRun,
  type LiveState,
  liveState,
  pauseRun,
  resumeRun,
  setRunBudget,
  setRunLimits,
  setTheoremBudget,
  terminateRun,
} from './runs/control.ts';
export { type Asked, applyDifferences, type Difference, differencesOf } from './runs/differences.ts';
export { type Because, because } from './runs/events.ts';
export { type GoesOn, goesOn } from './runs/goes-on.ts';
export { type Look, progressOf, RunFollower } from './runs/progress.ts';
export { changeRecord, headOf, listRuns, recordOf } from './runs/records.ts';
export { retryRun } from './runs/retry.ts';
export {
  type Continued,
  type FileRun,
  type Started,
  type SuiteRun,
  startFileRun,
  startSuiteRun,
} from './runs/start.ts';
export { waitForRun } from './runs/wait.ts';
