/**
 * The theorems of a run, each followed by the steps of its sketches that were attempted. The id of a step begins with
 * that of what it is a step of (its first 150 characters), and names sketch and gap behind it (`t.s1.h2`).
 */
export const withSteps = (
  theoremIds: readonly string[],
  attempted: readonly string[],
): readonly { readonly id: string; readonly isStep: boolean }[] => {
  const own = new Set(theoremIds);
  const steps = attempted.filter((id) => !own.has(id));
  return theoremIds.flatMap((id) => [
    { id, isStep: false },
    ...steps.filter((step) => isStepOf(step, id)).map((step) => ({ id: step, isStep: true })),
  ]);
};

export const isStepOf = (step: string, theoremId: string): boolean => {
  const head = theoremId.slice(0, 150);
  return step.startsWith(head) && /^\.s\d+\./.test(step.slice(head.length));
};
