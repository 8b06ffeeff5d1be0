import type { ModelProver } from '../../src/prover/prover.ts';

export const SIMULATED = 'simulated';
/** US dollars that an answer costs. */
export const ANSWER_USD = 0.0001;

/** One theorem of four is proved by no sample, one by the first, two by the second. */
export const isRight = (index: number, sample: number): boolean =>
  index % 4 !== 0 && sample >= (index % 4 === 1 ? 0 : 1);

/** Stands in for a model: answers at once, by the number in the theorem's name. */
export const simulatedModel = (): ModelProver => ({
  name: SIMULATED,
  model: SIMULATED,
  timeoutMs: 10_000,
  prompt: ({ theorem, round, sample }) => ({
    model: SIMULATED,
    system: '',
    user: theorem.statement,
    params: { round, sample },
  }),
  ask: async (_prompt, { theorem, round, sample }) => {
    const index = Number(theorem.name.split('_').at(-1));
    const text = isRight(index, sample) ? 'by good' : `by wrong_${round}_${sample}`;
    return {
      ...{ model: SIMULATED, modelVersion: null, finish: 'STOP', answerText: text },
      submission: { form: 'proof', text },
      unusable: null,
      tokens: { input: 100, cachedInput: 0, output: 20, thoughts: 0 },
      costUsd: ANSWER_USD,
      ms: 0,
    };
  },
  upperBoundUsd: () => ANSWER_USD,
  upperBoundTokens: () => 120,
  diagnose: async () => [],
});
