import type { BatchJob } from '@google/genai';
import type { BatchAnswers, BatchItem } from '../../batch.ts';
import type { RawAnswer } from '../../prover.ts';

/** An answer in a job's inlined responses or in its file. */
export type Response = {
  readonly id: string | undefined;
  readonly response: unknown;
  readonly error: { readonly code?: number; readonly message?: string } | undefined;
};

export const inlinedResponses = (job: BatchJob): readonly Response[] =>
  (job.dest?.inlinedResponses ?? []).map(({ metadata, response, error }) => ({
    ...{ id: metadata?.id, response },
    error: error && { ...(error.code !== undefined && { code: error.code }), message: error.message ?? '' },
  }));

/**
 * What came of each request of a job that is at its end. An answer is told by the id in its metadata; one without any by
 * its place, but only where all are there, because the API keeps the order. An answer for nobody is left out.
 */
export const outcomeOf = (
  job: BatchJob,
  responses: readonly Response[],
  items: readonly BatchItem[],
  read: (item: BatchItem, response: unknown) => RawAnswer,
): BatchAnswers => {
  const byId = new Map(items.map((item) => [item.id, item]));
  const answers = new Map<string, RawAnswer>();
  const failed = new Map<string, string>();
  const inOrder = responses.length === items.length;
  for (const [i, one] of responses.entries()) {
    const item = byId.get(one.id ?? '') ?? (inOrder && one.id === undefined ? items[i] : undefined);
    if (item === undefined || answers.has(item.id)) continue;
    const { error, response } = one;
    if (response === undefined)
      failed.set(item.id, `${error?.code ?? ''} ${error?.message ?? 'no response'}`.trim());
    else
      try {
        answers.set(item.id, read(item, response));
        failed.delete(item.id);
      } catch (fault) {
        failed.set(item.id, fault instanceof Error ? fault.message : String(fault));
      }
  }
  const why = `the job ended as ${job.state ?? 'JOB_STATE_UNSPECIFIED'}${job.error?.message === undefined ? '' : `: ${job.error.message}`}`;
  for (const { id } of items) if (!answers.has(id) && !failed.has(id)) failed.set(id, why);
  return { answers, failed };
};
