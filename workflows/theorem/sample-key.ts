/** Names a sample within a theorem and its run. */
export const sampleKey = (prover: string, round: number, sample: number): string =>
  `${prover} ${round}.${sample}`;
