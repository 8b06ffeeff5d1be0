import type { LeanService } from '../lean/service.ts';
import { ProofloopError } from '../src/model/index.ts';
import { variantNames } from '../src/prover/prompts/variants.ts';
import type { GenerateRequest, ModelProver, PromptSpec } from '../src/prover/prover.ts';
import { responseKey } from '../src/store/keys.ts';
import type { Store } from '../src/store/store.ts';
import type { GenerateInput } from './api.ts';

export type RequestDeps = {
  readonly provers: ReadonlyMap<string, ModelProver>;
  readonly lean: Pick<LeanService, 'identity'>;
  readonly store: Store;
  readonly now: () => number;
};

/** A request as a prover takes it, with the key that its answer has in the store. */
export type Prepared = {
  readonly prover: ModelProver;
  readonly request: GenerateRequest;
  readonly prompt: PromptSpec;
  readonly key: string;
  /** The key that it has in runs with the cache, under which a replay finds it. */
  readonly sharedKey: string;
};

/** The one place that makes a prompt of a workflow's input. Throws PROVER_UNKNOWN. */
export const prepare = async (deps: RequestDeps, input: GenerateInput): Promise<Prepared> => {
  const prover = deps.provers.get(input.prover);
  if (prover === undefined)
    throw new ProofloopError('PROVER_UNKNOWN', `this worker has no prover '${input.prover}'`);
  const { theorem, round, sample, feedback, variant, lemmas } = input;
  const leanVersion = (await deps.lean.identity()).version;
  const request: GenerateRequest = {
    ...{ theorem, round, sample, feedback, leanVersion },
    ...(input.kind !== undefined && { kind: input.kind }),
    ...(variant !== undefined && { variant }),
    ...(lemmas !== undefined && { lemmas }),
  };
  const prompt = prover.prompt(request);
  // A replay without the cache judges anew, but its answers are those of the store all the same.
  const cache = input.cache || prover.storedOnly === true;
  return {
    ...{ prover, request, prompt },
    key: keyOf({ ...input, cache }, prompt),
    sharedKey: keyOf({ ...input, cache: true }, prompt),
  };
};

/**
 * Keys under which a replay finds an answer: that of the request, then those of the other prompt variants, because which
 * one the live run chose depends on what had won by then.
 */
export const replayKeys = ({ prover, request, key }: Prepared, input: GenerateInput): readonly string[] => [
  key,
  ...variantNames().map((variant) =>
    keyOf({ ...input, cache: true }, prover.prompt({ ...request, variant })),
  ),
];

/**
 * The round is part of the key: a round that learned nothing asks the same prompt again and wants another answer.
 * Without the cache the run is, too: its answers survive a kill of the worker, but no other run's are taken. They are shared
 * nevertheless, where no other run was answered before: a replay finds them.
 */
const keyOf = ({ runId, round, sample, kind, cache }: GenerateInput, prompt: PromptSpec): string => {
  const which = `${kind === 'sketch' ? 'sketch' : 'round'} ${round}`;
  return responseKey(prompt, sample, cache ? which : `${which} of ${runId}`);
};
