import { hostname } from 'node:os';
import type { NativeConnection } from '@temporalio/worker';
import { ProofloopError, WORKFLOW_VERSION } from '../model/index.ts';
import type { Store } from '../store/store.ts';
import { pollerIdentities } from './pollers.ts';
import { identityOf, isAlive } from './process-identity.ts';

type Mine = Pick<Store, 'id' | 'kind' | 'location'>;

/** What a worker says of itself, which the server shows for each that polls: who it is, its store, its version. */
export const workerIdentity = ({ id, kind }: Mine): string =>
  `${process.pid}@${hostname()} ${kind}:${id} v${WORKFLOW_VERSION}`;

type Fellow = {
  readonly pid: number;
  readonly host: string;
  readonly kind: string;
  readonly store: string;
  readonly version: string;
};

/** Null for a worker that does not say it: an older proofloop, or no proofloop. */
const fellowOf = (identity: string): Fellow | null => {
  const [, pid, host, kind, store, version] =
    /^(\d+)@(\S+) (sqlite|postgres):(\S+) v(\S+)$/.exec(identity) ?? [];
  if (host === undefined || kind === undefined || store === undefined || version === undefined) return null;
  return { pid: Number(pid), host, kind, store, version };
};

/** The server lists a worker for a minute after its end; of one on this machine it is known at once. */
const mayBeAlive = ({ pid, host }: Fellow): boolean => host !== hostname() || isAlive(identityOf(pid));

/**
 * Refuses to work beside workers that would spoil each other's runs: what one writes the other has to find, and a
 * workflow has to be replayed by the code that it was begun with. Throws STORE_MISMATCH, WORKFLOW_VERSION_MISMATCH.
 */
export const refuseStrangers = async (
  { connection, namespace, address }: { connection: NativeConnection; namespace: string; address: string },
  mine: Mine,
): Promise<void> => {
  const identities = await pollerIdentities(connection, namespace);
  for (const fellow of identities.map(fellowOf))
    if (fellow !== null && mayBeAlive(fellow)) refuse(fellow, mine, address);
};

const refuse = (fellow: Fellow, mine: Mine, address: string): void => {
  const who = `the worker ${fellow.pid}@${fellow.host} at ${address}`;
  const until = 'If that worker has ended: a minute later it is forgotten.';
  const elsewhere = fellow.host !== hostname();
  if (elsewhere && (fellow.kind === 'sqlite' || mine.kind === 'sqlite'))
    throw new ProofloopError(
      'STORE_MISMATCH',
      `${who} has a store of kind ${fellow.kind}, this process ${mine.kind} (${mine.location}): an SQLite file serves one machine`,
      {
        fix: `Give all machines one PostgreSQL database: --store postgres://USER@HOST/DATABASE (docs/machines.md). ${until}`,
      },
    );
  if (fellow.store !== mine.id)
    throw new ProofloopError(
      'STORE_MISMATCH',
      `${who} has store ${fellow.store}, this process has store ${mine.id} (${mine.location})`,
      { fix: `Name the same store with --store, or another Temporal namespace with --namespace. ${until}` },
    );
  if (fellow.version !== WORKFLOW_VERSION)
    throw new ProofloopError(
      'WORKFLOW_VERSION_MISMATCH',
      `${who} has workflow version ${fellow.version}, this process has ${WORKFLOW_VERSION}`,
      { fix: `Use one version of proofloop on all machines, or another Temporal namespace. ${until}` },
    );
};
