import { CommanderError } from 'commander';
import { isProofloopError, ProofloopError } from '../model/errors.ts';
import { oneLine } from '../words/one-line.ts';

/** Any thrown value as a fault of the catalogue; what proofloop did not raise itself is a defect. */
export const asFault = (error: unknown, usageHint: () => string): ProofloopError => {
  if (isProofloopError(error)) return error;
  if (error instanceof CommanderError)
    return new ProofloopError('USAGE', oneLine(error.message.replace(/^error: /, '')), { fix: usageHint() });
  const message = error instanceof Error ? error.message : String(error);
  return new ProofloopError('INTERNAL', message === '' ? 'an error without a message' : message, {
    cause: error,
  });
};

/** `proofloop: CODE: message` and the line that says what to do; the stack only for those who ask. */
export const renderFault = (fault: ProofloopError, verbose: boolean): string[] => {
  const lines = [`proofloop: ${fault.code}: ${fault.message}`, `  ${fault.fix}`];
  if (!verbose) return lines;
  for (let e: unknown = fault; e instanceof Error; e = e.cause) lines.push(e.stack ?? String(e));
  return lines;
};
