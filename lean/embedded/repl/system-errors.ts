import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

/** A system error as Lean's `IO.Error` prints it. */
export function systemErrorText(error: unknown, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const errno = constants.errno[code as keyof typeof constants.errno] as number | undefined;
  if (errno === undefined) return message;
  const text = getSystemErrorMap().get(-errno)?.[1] ?? message;
  return `${text} (error code: ${errno})\n  file: ${path}`;
}
