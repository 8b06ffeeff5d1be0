import {
  ChildWorkflowCancellationType,
  executeChild,
  ParentClosePolicy,
  workflowInfo,
} from '@temporalio/workflow';
import type { RunSuiteInput, ScheduledSuiteInput } from '../src/model/index.ts';
import { mainCalls } from './calls.ts';
import { checked, guarded } from './failure.ts';
import { QUEUES, scheduledRunId, WORKFLOWS } from './names.ts';
import type { RunSummary } from './run/lifecycle.ts';

/**
 * What a schedule starts: one run of a suite, under an id of its own that the command line knows. It ends with its run, so
 * that the schedule's overlap policy sees a run that is still at work.
 */
export async function scheduledSuite(raw: ScheduledSuiteInput): Promise<RunSummary> {
  return guarded(async () => {
    const input = checked(raw, 'scheduleId', 'source', 'plan', 'limits', 'runId', 'storeId');
    const { suite, suiteSha256, source, plan, limits, canary } = input;
    const runId = scheduledRunId(input.runId, workflowInfo().startTime);
    const guard = await mainCalls.beginRun.executeWithOptions({ summary: `run ${runId}` }, [
      { runId, input, startedAt: Date.now() },
    ]);
    const args: [RunSuiteInput] = [{ runId, suite, suiteSha256, source, plan, limits, guard, canary }];
    return executeChild<(input: RunSuiteInput) => Promise<RunSummary>>(WORKFLOWS.runSuite, {
      workflowId: runId,
      args,
      taskQueue: QUEUES.main,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      staticSummary: `bench ${suite}`,
    });
  });
}
