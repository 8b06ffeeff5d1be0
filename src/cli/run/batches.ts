import type { Config } from '../../config/config.ts';
import { ProofloopError } from '../../model/index.ts';
import { profileOf } from '../../prover/index.ts';
import type { ModelProver } from '../../prover/prover.ts';
import { modelProvers } from './plan.ts';

/**
 * Vertex AI takes its batches from a bucket and writes the answers there, which proofloop does not do. To ask it singly, at
 * twice the price that the user expects, would be no answer. Throws BATCH_UNSUPPORTED.
 */
export const refuseVertexBatches = (config: Config, provers: ReadonlyMap<string, ModelProver>): void => {
  if (!config.run.batch) return;
  for (const name of modelProvers(config))
    if (profileOf(config, name)?.kind === 'gemini' && provers.get(name)?.batch === undefined)
      throw new ProofloopError(
        'BATCH_UNSUPPORTED',
        `the prover "${name}" asks Vertex AI, whose batch jobs read from and write to a Cloud Storage bucket`,
      );
};
