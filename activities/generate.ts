import { log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type ModelAnswer, modelAnswerSchema, ProofloopError } from '../src/model/index.ts';
import type { Store } from '../src/store/store.ts';
import { whileAlive } from './alive.ts';
import { type GenerateInput, type LlmActivities, OVER_BUDGET } from './api.ts';
import { textRef } from './bounds.ts';
import { once } from './lease.ts';
import { type GateChange, ModelGate } from './model-gate.ts';
import { replayed } from './replay.ts';
import { type Prepared, prepare, type RequestDeps, replayKeys } from './request.ts';
import { shareAnswer } from './share.ts';

export type GenerateDeps = RequestDeps & {
  /** Requests to one model at once, before its provider limits them. */
  readonly concurrency?: number;
  /** Name of the worker, in the events that it records. */
  readonly worker?: string;
};

export const CONCURRENCY = 8;

/** Activities of the queue `proofloop-llm`. */
export const llmActivities = (deps: GenerateDeps): LlmActivities => {
  const gate = new ModelGate(deps.concurrency ?? CONCURRENCY, (line) => log.warn(line));
  return {
    generate: (input) =>
      whileAlive(async (signal) => {
        const prepared = await prepare(deps, input);
        if (prepared.prover.storedOnly === true)
          return replayed(deps.store, prepared, replayKeys(prepared, input), input.askedBy, signal);
        const from = deps.now();
        const { value, made } = await once({
          store: deps.store,
          key: prepared.key,
          // Each try of a request is the same owner, so that it takes the lease of a lost one up again.
          owner: input.askedBy,
          signal,
          make: async () => {
            refuseOverBudget(prepared, input);
            const answer = await gate.through(
              prepared.prover.model,
              signal,
              () => ask(deps.store, prepared, signal),
              (change) => note(deps, input.runId, change),
            );
            return JSON.stringify({ ...answer, askedBy: input.askedBy } satisfies ModelAnswer);
          },
        });
        if (made) await shareAnswer(deps.store, prepared, input.askedBy, value);
        const answer = modelAnswerSchema.parse(JSON.parse(value));
        return made ? answer : { ...answer, cached: true, ms: deps.now() - from };
      }),
  };
};

/** Into the record of the run whose request it was. What cannot be recorded is no reason to lose an answer. */
const note = (
  { store, now, worker = 'worker' }: GenerateDeps,
  runId: string,
  { model, from, to, reason }: GateChange,
): void => {
  const event = { at: now(), what: 'model-lanes', from, to, reason, by: `${worker} ${model}` } as const;
  store.putEvent(runId, event).catch((error: unknown) => log.warn(`An event is not recorded: ${error}`));
};

const refuseOverBudget = (
  { prover, prompt }: Prepared,
  { maxCostUsd, maxTokens }: Pick<GenerateInput, 'maxCostUsd' | 'maxTokens'>,
): void => {
  const usd = prover.upperBoundUsd(prompt);
  const tokens = prover.upperBoundTokens(prompt);
  if (maxCostUsd !== null && usd === null)
    throw new ProofloopError(
      'PRICE_UNKNOWN',
      `the price of model '${prover.model}' is not known, so a cost limit cannot be kept`,
    );
  const costly = maxCostUsd !== null && usd !== null && usd > maxCostUsd;
  const long = maxTokens !== null && tokens > maxTokens;
  if (!costly && !long) return;
  throw ApplicationFailure.create({
    message: costly
      ? `a request may cost up to $${usd.toFixed(4)}, and $${maxCostUsd.toFixed(4)} is set aside for it`
      : `a request may take up to ${tokens} tokens, and ${maxTokens} are set aside for it`,
    type: OVER_BUDGET,
    nonRetryable: true,
    details: [usd, { usd, tokens }],
  });
};

const ask = async (
  store: Store,
  { prover, prompt, request }: Prepared,
  signal: AbortSignal,
): Promise<ModelAnswer> => {
  const { answerText, ...answer } = await prover.ask(prompt, request, { signal });
  return {
    ...answer,
    prompt: await textRef(store, `${prompt.system}\n\n${prompt.user}`),
    answer: await textRef(store, answerText),
    cached: false,
    ...(prompt.variant !== undefined && { variant: prompt.variant }),
  };
};
