import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Config } from '../config/config.ts';
import { connectNamed, namesServer } from './connect.ts';
import { openOwnSession } from './own-session.ts';
import { temporalPaths } from './paths.ts';
import { queuesWithoutPoller } from './pollers.ts';
import { installRuntime } from './runtime.ts';
import { ensureSearchAttributes } from './search-attributes.ts';

/**
 * `host-if-needed`: starts a server if none is there, and hosts the worker if nobody else does.
 * `worker`: as that, and hosts one more worker whoever serves already.
 * `serve`: starts a server if none is there, never a worker. `join-only`: TEMPORAL_UNREACHABLE if none is there.
 */
export type SessionRole = 'host-if-needed' | 'worker' | 'serve' | 'join-only';

export type Session = {
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly address: string;
  readonly namespace: string;
  /** Base address of the Web UI of our own server; null for a server that the user named. */
  readonly uiUrl: string | null;
  /** The server is ours and this process started or adopted it. */
  readonly owns: boolean;
  /** Nobody else serves the queues: the caller has to start the worker. */
  readonly hostsWorker: boolean;
  /** Our search attributes are registered, so workflows may carry them. */
  readonly searchAttributes: boolean;
  /** True once, if the worker that served this session's own server has died and the caller is to start one instead. */
  takeOverWorker(): Promise<boolean>;
  /** Resolves when no other command needs our worker or server any more; says whom it waits for. */
  waitForOthers(signal?: AbortSignal): Promise<void>;
  /** Leaves; ends the server if it is ours and nobody else uses it. The worker has to be shut down before. */
  close(): Promise<void>;
};

export type Say = (line: string) => void;

/**
 * The one way to a Temporal server: the one that the user named (TEMPORAL_ADDRESS, a Temporal profile), else
 * the one that another proofloop of this user runs, else one that is started here.
 */
export const openSession = async (
  config: Config,
  { role }: { readonly role: SessionRole },
  say: Say,
): Promise<Session> => {
  installRuntime(temporalPaths(config.dirs).sdkLog);
  if (!namesServer(config.temporal)) return openOwnSession(config, role, say);
  const connected = await connectNamed(config.temporal);
  const problem = await ensureSearchAttributes(connected.connection, connected.namespace);
  if (problem !== null) say(problem);
  const alone = (await queuesWithoutPoller(connected.connection, connected.namespace)).length > 0;
  return {
    ...connected,
    uiUrl: null,
    owns: false,
    hostsWorker: role === 'worker' || (role === 'host-if-needed' && alone),
    searchAttributes: problem === null,
    takeOverWorker: async () => false,
    waitForOthers: async () => {},
    close: () => connected.connection.close(),
  };
};
