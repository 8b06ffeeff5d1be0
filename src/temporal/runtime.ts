import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';

let installed = false;

/**
 * Sets the SDK's process-wide runtime up, once and before the first connection: its own and its native
 * core's messages go to a file (standard output belongs to results), and signals stay with the command.
 */
export const installRuntime = (logFile: string): void => {
  if (installed) return;
  installed = true;
  mkdirSync(dirname(logFile), { recursive: true });
  const logger = new DefaultLogger('INFO', ({ level, message, timestampNanos, meta }) => {
    const at = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
    const { error, ...rest } = meta ?? {};
    const detail = error instanceof Error ? ` ${error.stack ?? error.message}` : '';
    appendFileSync(logFile, `${at} ${level} ${message} ${JSON.stringify(rest)}${detail}\n`);
  });
  Runtime.install({
    logger,
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
  });
};
