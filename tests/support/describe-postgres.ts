import { describe } from '@jest/globals';
import { POSTGRES_MISSING, postgresBinaries } from './postgres.ts';

/** `describe` where a real PostgreSQL can be started; elsewhere skipped and said, and in CI a failure. */
export const describePostgres: typeof describe | typeof describe.skip = (() => {
  if (postgresBinaries() !== null) return describe;
  if (process.env.CI) throw new Error(POSTGRES_MISSING);
  console.warn(`${POSTGRES_MISSING}. Its tests are skipped.`);
  return describe.skip;
})();
