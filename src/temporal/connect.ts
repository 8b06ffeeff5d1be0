import { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import proto from '@temporalio/proto';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../config/config.ts';
import { ProofloopError } from '../model/index.ts';

export type Connected = {
  readonly connection: NativeConnection;
  readonly client: Client;
  readonly address: string;
  readonly namespace: string;
};

type Options = Parameters<typeof NativeConnection.connect>[0] & object;

/** True if the configuration or the environment names a server, so that none of ours is to be started. */
export const namesServer = (config: Config['temporal']): boolean =>
  config.address !== null || config.profile !== null;

/**
 * Options of the named server: Temporal's own configuration file and environment variables (TLS, API key,
 * headers; the same as its CLI reads), with our configuration on top.
 */
const namedServer = (config: Config['temporal']): { options: Options; namespace: string } => {
  try {
    const read = loadClientConnectConfig(config.profile === null ? {} : { profile: config.profile });
    const address = config.address ?? read.connectionOptions.address;
    if (address === undefined) throw new Error(`profile '${config.profile}' names no address`);
    const namespace = config.namespace === 'default' ? (read.namespace ?? 'default') : config.namespace;
    return { options: { ...read.connectionOptions, address }, namespace };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ProofloopError('CONFIG_INVALID', `the Temporal profile cannot be used: ${why}`, { cause });
  }
};

/** Connects to the server that the configuration names. Throws TEMPORAL_UNREACHABLE. */
export const connectNamed = async (config: Config['temporal']): Promise<Connected> => {
  const { options, namespace } = namedServer(config);
  return connectTo(options, namespace);
};

/** Connects to a server of ours; waits for its namespace, which comes a moment after its port. */
export const connectOwn = (address: string, namespace: string): Promise<Connected> =>
  connectTo({ address }, namespace, 30_000);

const connectTo = async (options: Options, namespace: string, waitMs = 0): Promise<Connected> => {
  const address = options.address ?? 'localhost:7233';
  for (const end = Date.now() + waitMs; ; ) {
    let connection: NativeConnection | null = null;
    try {
      connection = await NativeConnection.connect(options);
      await connection.withDeadline(Date.now() + 10_000, () => describe(connection!, namespace));
      return { connection, client: new Client({ connection, namespace }), address, namespace };
    } catch (cause) {
      await connection?.close();
      if (Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        continue;
      }
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ProofloopError(
        'TEMPORAL_UNREACHABLE',
        `no Temporal at ${address}, namespace '${namespace}': ${why}`,
        { cause },
      );
    }
  }
};

const describe = (connection: NativeConnection, namespace: string) =>
  connection.workflowService.describeNamespace({ namespace });

/** Keeps histories of a namespace on our own server for `days`. */
export const setRetention = async (
  connection: NativeConnection,
  namespace: string,
  days: number,
): Promise<void> => {
  const seconds = days * 86_400;
  const now = (await describe(connection, namespace)).config?.workflowExecutionRetentionTtl?.seconds;
  if (Number(now ?? 0) === seconds) return;
  const config = proto.temporal.api.namespace.v1.NamespaceConfig.fromObject({
    workflowExecutionRetentionTtl: { seconds },
  });
  await connection.workflowService.updateNamespace({ namespace, config });
};

export { uiLink } from './ui-link.ts';
