import { join } from 'node:path';
import type { Config } from '../config/config.ts';

/** Where the parts of our own Temporal server lie on disk. */
export type TemporalPaths = {
  /** SQLite file with all workflow state. */
  readonly database: string;
  /** Who uses the server now: address, process ids. */
  readonly state: string;
  readonly serverLog: string;
  /** What the SDK's own logger and its native core say. */
  readonly sdkLog: string;
  /** Cached Temporal CLI binaries. */
  readonly cli: string;
};

export const temporalPaths = (dirs: Config['dirs']): TemporalPaths => ({
  database: join(dirs.data, 'temporal.sqlite'),
  state: join(dirs.state, 'temporal.json'),
  serverLog: join(dirs.state, 'temporal-server.log'),
  sdkLog: join(dirs.state, 'temporal-sdk.log'),
  cli: join(dirs.cache, 'temporal-cli'),
});
