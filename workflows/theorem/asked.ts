import type { Asked, ModelAnswer } from '../../src/model/index.ts';

/** The list with what gave this answer, each model, version and prompt once. */
export const withAsked = (all: readonly Asked[], answer: ModelAnswer): readonly Asked[] => {
  if (answer.finish === 'NOT_IN_STORE') return all;
  const one = { model: answer.model, version: answer.modelVersion, prompt: answer.variant ?? null };
  const isKnown = all.some(
    (known) => known.model === one.model && known.version === one.version && known.prompt === one.prompt,
  );
  return isKnown ? all : [...all, one];
};
