/** Task queues and names that worker, workflows and CLI share. Sandbox-safe. */
export const QUEUES = { main: 'proofloop', lean: 'proofloop-lean', llm: 'proofloop-llm' } as const;

export const WORKFLOWS = {
  proveTheorem: 'proveTheorem',
  runSuite: 'runSuite',
  proveFile: 'proveFile',
  scheduledSuite: 'scheduledSuite',
} as const;

/** Typed search attributes, registered on our own server; on another one a missing right to register is no fault. */
export const SEARCH_ATTRIBUTES = {
  suite: 'ProofloopSuite',
  theorem: 'ProofloopTheorem',
  outcome: 'ProofloopOutcome',
  difficulty: 'ProofloopDifficulty',
} as const;

/** Workflow id of a theorem within a run; `again` counts repeats within the same run. */
export const childIdFor = (runId: string, theoremId: string, again = 0): string =>
  again === 0 ? `${runId}/${theoremId}` : `${runId}/${theoremId}~${again}`;

/** Which turn of the theorem a workflow is, by the id that `childIdFor` gave it; 0 also for one of another run. */
export const turnOf = (runId: string, theoremId: string, workflowId: string): number => {
  const first = `${childIdFor(runId, theoremId)}~`;
  const again = workflowId.startsWith(first) ? workflowId.slice(first.length) : '';
  return /^\d{1,9}$/.test(again) ? Number(again) : 0;
};

/** Id of a run that a schedule started at that time: ids of one schedule sort by time. */
export const scheduledRunId = (prefix: string, at: Date): string =>
  `${prefix}-${at.toISOString().replace(/[-:]|\.\d+/g, '')}`;
