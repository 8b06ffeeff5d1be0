import { ModelFault } from '../fault.ts';
import { redact } from '../redact.ts';
import type { Ended } from './run.ts';

/** sysexits.h: a fault that may pass. */
const EX_TEMPFAIL = 75;
const HEAD_LINES = 8;
const HEAD_CHARS = 600;

const headOf = (stderr: string, secrets: readonly string[]): string => {
  const head = redact(stderr, secrets)
    .trim()
    .split('\n')
    .slice(0, HEAD_LINES)
    .join('\n')
    .slice(0, HEAD_CHARS);
  return head === '' ? ' and said nothing on standard error' : `: ${head}`;
};

/** What a program's end means: null if it may be read, else the fault. Output beyond the limit may be read (as a value). */
export function faultOfEnd(program: string, ended: Ended, secrets: readonly string[]): ModelFault | null {
  const { exitCode, signal, stderr, tooMuch, notStarted } = ended;
  if (notStarted !== null)
    return new ModelFault('MODEL_REFUSED', `The program "${program}" could not be started (${notStarted})`, {
      retryable: false,
      fix: 'Check `command` and `cwd` of its profile; a name without a slash is looked up in PATH.',
    });
  if (tooMuch || exitCode === 0) return null;
  if (signal !== null)
    return new ModelFault(
      'MODEL_UNAVAILABLE',
      `"${program}" was ended by ${signal}${headOf(stderr, secrets)}`,
      {
        retryable: true,
      },
    );
  const retryable = exitCode === EX_TEMPFAIL;
  return new ModelFault(
    retryable ? 'MODEL_UNAVAILABLE' : 'MODEL_REFUSED',
    `"${program}" ended with exit code ${exitCode}${headOf(stderr, secrets)}`,
    { retryable, ...(retryable ? {} : { fix: 'Exit code 75 says that the same call may succeed later.' }) },
  );
}
