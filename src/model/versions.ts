/**
 * Versions that enter keys and inputs, so that a result never outlives the code that judged it.
 * Raise `CHECKER_VERSION` when a change can alter a verdict; raise `WORKFLOW_VERSION` when a change
 * can alter the commands that a workflow emits for the same history.
 */
export const CHECKER_VERSION = '2';
export const WORKFLOW_VERSION = '3';
export const STORE_SCHEMA_VERSION = 3;
