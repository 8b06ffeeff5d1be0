import { ApplicationFailure } from '@temporalio/workflow';
import type { z } from 'zod';

/** Refuses a change that names an unknown part, none at all, or a value outside its range. */
export const validatePatch = <T extends object>(
  what: string,
  schema: z.ZodType<T>,
  current: T,
  patch: unknown,
): void => {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch) || Object.keys(patch).length === 0)
    throw refusal(`a change of the ${what} names at least one of ${Object.keys(current).join(', ')}`);
  for (const [name, value] of Object.entries(patch))
    if (!Object.hasOwn(current, name) || value === undefined)
      throw refusal(`'${name}' is no part of the ${what}: ${Object.keys(current).join(', ')}`);
  const read = schema.safeParse({ ...current, ...patch });
  if (!read.success)
    throw refusal(read.error.issues.map((i) => `${what}.${i.path.join('.')}: ${i.message}`).join('; '));
};

const refusal = (message: string): ApplicationFailure => ApplicationFailure.nonRetryable(message, 'USAGE');
