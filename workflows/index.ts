/** What a worker runs; each export is a workflow type. */
export { proveFile } from './proveFile.ts';
export { proveTheorem } from './proveTheorem.ts';
export { runSuite } from './runSuite.ts';
export { scheduledSuite } from './scheduledSuite.ts';
