import { setTimeout as sleep } from 'node:timers/promises';
import { ProofloopError } from '../model/index.ts';

/** A server's parts start one after the other: its front door may be open a while before what stands behind it. */
const PATIENCE_MS = 30_000;

/** gRPC's UNAVAILABLE, as the connection throws it or as the client wraps it. */
const isUnavailable = (error: unknown): boolean => {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return code === 14 || (cause !== undefined && isUnavailable(cause));
};

/** Repeats a look at the server while a part of it is not there yet. Throws TEMPORAL_UNREACHABLE. */
export const patiently = async <T>(look: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> => {
  for (const end = Date.now() + patienceMs; ; ) {
    try {
      return await look();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      if (Date.now() > end)
        throw new ProofloopError(
          'TEMPORAL_UNREACHABLE',
          `a part of the Temporal server does not answer: ${error instanceof Error ? error.message : String(error)}`,
          { fix: 'Look at the log of the server.', cause: error },
        );
    }
    await sleep(250);
  }
};
