import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { LeanService } from '../lean/service.ts';
import { type ModelAnswer, modelAnswerSchema, ProofloopError } from '../src/model/index.ts';
import type { GenerateRequest, ModelProver, PromptSpec } from '../src/prover/prover.ts';
import { responseKey } from '../src/store/keys.ts';
import type { Store } from '../src/store/store.ts';
import { whileAlive } from './alive.ts';
import { type GenerateInput, type LlmActivities, OVER_BUDGET } from './api.ts';
import { textRef } from './bounds.ts';
import { once } from './lease.ts';

export type GenerateDeps = {
  readonly provers: ReadonlyMap<string, ModelProver>;
  readonly lean: Pick<LeanService, 'identity'>;
  readonly store: Store;
  readonly now: () => number;
};

/** Activities of the queue `proofloop-llm`. */
export const llmActivities = (deps: GenerateDeps): LlmActivities => ({
  generate: (input) =>
    whileAlive(async (signal) => {
      const prover = deps.provers.get(input.prover);
      if (prover === undefined)
        throw new ProofloopError('PROVER_UNKNOWN', `this worker has no prover '${input.prover}'`);
      const { theorem, round, sample, feedback } = input;
      const leanVersion = (await deps.lean.identity()).version;
      const request: GenerateRequest = { theorem, round, sample, feedback, leanVersion };
      const prompt = prover.prompt(request);
      const from = deps.now();
      const { value, made } = await once({
        store: deps.store,
        key: keyOf(input, prompt),
        owner: owner(),
        signal,
        make: async () => {
          refuseOverBudget(prover, prompt, input.maxCostUsd);
          return JSON.stringify(await ask(deps.store, prover, prompt, request, signal));
        },
      });
      const answer = modelAnswerSchema.parse(JSON.parse(value));
      return made ? answer : { ...answer, cached: true, ms: deps.now() - from };
    }),
});

/**
 * The round is part of the key: a round that learned nothing asks the same prompt again and wants another answer.
 * Without the cache the run is, too: its answers survive a kill of the worker, but no other run's are taken.
 */
const keyOf = ({ runId, round, sample, cache }: GenerateInput, prompt: PromptSpec): string =>
  responseKey(prompt, sample, cache ? `round ${round}` : `round ${round} of ${runId}`);

/** A retried activity is the same owner, so that it takes its own lease up again. */
const owner = (): string => {
  const { workflowExecution, activityId } = activityInfo();
  return `${workflowExecution?.workflowId}/${workflowExecution?.runId}/${activityId}`;
};

const refuseOverBudget = (prover: ModelProver, prompt: PromptSpec, maxCostUsd: number | null): void => {
  if (maxCostUsd === null) return;
  const bound = prover.upperBoundUsd(prompt);
  if (bound === null)
    throw new ProofloopError(
      'PRICE_UNKNOWN',
      `the price of model '${prover.model}' is not known, so a cost limit cannot be kept`,
    );
  if (bound > maxCostUsd)
    throw ApplicationFailure.create({
      message: `a request may cost up to $${bound.toFixed(4)}, and $${maxCostUsd.toFixed(4)} is left for it`,
      type: OVER_BUDGET,
      nonRetryable: true,
      details: [bound],
    });
};

const ask = async (
  store: Store,
  prover: ModelProver,
  prompt: PromptSpec,
  request: GenerateRequest,
  signal: AbortSignal,
): Promise<ModelAnswer> => {
  const { answerText, ...answer } = await prover.ask(prompt, request, { signal });
  return {
    ...answer,
    prompt: await textRef(store, `${prompt.system}\n\n${prompt.user}`),
    answer: await textRef(store, answerText),
    cached: false,
  };
};
