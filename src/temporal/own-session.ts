import { randomUUID } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { ProofloopError } from '../model/index.ts';
import { redact } from '../prover/redact.ts';
import { shownPlace } from '../store/place.ts';
import { findTemporalCli } from './cli-binary.ts';
import { type Connected, connectOwn, setRetention } from './connect.ts';
import {
  changeMembership,
  type Member,
  type Membership,
  readMembership,
  readMembershipSync,
} from './membership.ts';
import { temporalPaths } from './paths.ts';
import { identityOf } from './process-identity.ts';
import { ensureSearchAttributes } from './search-attributes.ts';
import { type StartedServer, startDevServer, stopDevServer } from './server.ts';
import type { Say, Session, SessionRole } from './session.ts';

const RETENTION_DAYS = 30;
const LOOK_MS = 250;
const LOOK_SERVER_MS = 2_000;

type Server = NonNullable<Membership['server']>;
type Joined = { readonly server: Server; readonly hostsWorker: boolean; readonly owns: boolean };

/** Joins the server that another command of this user runs, or starts one on the SQLite file. */
export const openOwnSession = async (config: Config, role: SessionRole, say: Say): Promise<Session> => {
  const file = temporalPaths(config.dirs).state;
  const self = randomUUID();
  const atExit = () => endServerIfLast(file, self);
  process.once('exit', atExit);
  const joined = await join(config, self, role, say).catch((error: unknown) => {
    process.off('exit', atExit);
    throw error;
  });
  const leave = async () => {
    await leaveServer(file, self);
    process.off('exit', atExit);
  };
  let connected: Connected;
  try {
    connected = await connectOwn(joined.server.address, joined.server.namespace);
  } catch (error) {
    await leave();
    throw error;
  }
  if (joined.owns) await setRetention(connected.connection, connected.namespace, RETENTION_DAYS);
  const problem = await ensureSearchAttributes(connected.connection, connected.namespace);
  if (problem !== null) say(problem);
  const watchdog = joined.hostsWorker ? watchServer(config, joined.server, say) : null;
  let closing: Promise<void> | null = null;
  return {
    ...connected,
    uiUrl: joined.server.uiUrl,
    owns: joined.owns,
    hostsWorker: joined.hostsWorker,
    searchAttributes: problem === null,
    takeOverWorker: () => takeOverWorker(file, self),
    waitForOthers: (signal) => waitForOthers(file, self, say, signal),
    close: () => {
      clearInterval(watchdog ?? undefined);
      closing ??= connected.connection.close().finally(leave);
      return closing;
    },
  };
};

const join = async (config: Config, id: string, role: SessionRole, say: Say): Promise<Joined> => {
  const paths = temporalPaths(config.dirs);
  const before = await readMembership(paths.state);
  if (before.server === null && role === 'join-only')
    throw new ProofloopError(
      'TEMPORAL_UNREACHABLE',
      'no proofloop is running and TEMPORAL_ADDRESS is not set',
    );
  // A download may take minutes: not under the lock.
  const found = before.server === null ? await findTemporalCli(config, say) : null;
  return noting(paths.state, async (state, begin) => {
    const host = state.members.find((m) => m.worker);
    const store = shownPlace(config.store);
    if (host !== undefined && host.store !== store)
      throw new ProofloopError(
        'STORE_MISMATCH',
        `the running '${host.command}' (process ${host.process.pid}) uses store '${host.store}', this command '${store}'`,
      );
    const server = state.server ?? (await begin(() => start(config, state, found, say)));
    const hostsWorker = role === 'worker' || (role === 'host-if-needed' && host === undefined);
    const owns = !state.members.some((m) => m.worker) && (hostsWorker || state.server === null);
    if (state.server !== null)
      say(
        `Temporal: joined the server at ${server.address}, UI ${server.uiUrl}${host ? '' : ' (its owner is gone; it is ours now)'}`,
      );
    const self: Member = {
      id,
      process: identityOf(process.pid),
      worker: hostsWorker,
      store,
      // An address on the command line may hold a password.
      command: redact(`proofloop ${process.argv.slice(2).join(' ')}`.trim()),
    };
    const next = { server, members: [...state.members, self], ports: server.ports };
    return { next, value: { server, hostsWorker, owns } };
  });
};

/**
 * Starts our server again if it dies under its host: on the same ports, where the connections of all who use it
 * come back by themselves, and from the same file, so nothing of a run is lost.
 */
const watchServer = (config: Config, { address }: Server, say: Say): NodeJS.Timeout => {
  const file = temporalPaths(config.dirs).state;
  let busy = false;
  const look = async () => {
    if ((await readMembership(file)).server !== null) return;
    await noting(file, async (state, begin) => {
      if (state.server !== null) return { next: state, value: undefined };
      say('The Temporal server has ended under us; it is started again from its file');
      const server = await begin(() => start(config, state, null, say));
      if (server.address !== address)
        say(`It could not take ${address} again; run the command anew to go on`);
      return { next: { ...state, server, ports: server.ports }, value: undefined };
    });
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    look()
      .catch((error: unknown) => say(`The Temporal server cannot be started again: ${String(error)}`))
      .finally(() => {
        busy = false;
      });
  }, LOOK_SERVER_MS);
  return timer.unref();
};

const start = async (
  config: Config,
  state: Membership,
  found: { path: string; from: string } | null,
  say: Say,
): Promise<Server & StartedServer> => {
  const paths = temporalPaths(config.dirs);
  const cli = found ?? (await findTemporalCli(config, say));
  const server = await startDevServer({
    cli: cli.path,
    database: paths.database,
    log: paths.serverLog,
    namespaces: [config.temporal.namespace],
    ports: state.ports ?? undefined,
  });
  say(`Temporal: dev server at ${server.address}, UI ${server.uiUrl} (CLI from ${cli.from}: ${cli.path})`);
  return { ...server, namespace: config.temporal.namespace };
};

type Begin = (start: () => Promise<Server & StartedServer>) => Promise<Server>;

/** Changes the membership; a server that `change` begins ends again if the file could not be written. */
const noting = async <T>(
  file: string,
  change: (state: Membership, begin: Begin) => Promise<{ next: Membership; value: T }>,
): Promise<T> => {
  let begun: (Server & StartedServer) | null = null;
  const begin: Begin = async (start) => {
    begun = await start();
    const { keep: _, ...server } = begun;
    return server;
  };
  try {
    return await changeMembership(file, (state) => change(state, begin));
  } catch (error) {
    if (begun !== null) await stopDevServer((begun as Server).process);
    throw error;
  } finally {
    (begun as StartedServer | null)?.keep();
  }
};

const others = (state: Membership, id: string): readonly Member[] => state.members.filter((m) => m.id !== id);

/** Of several that wait, the first one becomes the worker; a host that was killed no longer counts as a member. */
const takeOverWorker = async (file: string, id: string): Promise<boolean> => {
  const { server, members } = await readMembership(file);
  if (server === null || members.some((m) => m.worker)) return false;
  return changeMembership(file, async (state) => {
    const value = state.server !== null && !state.members.some((m) => m.worker);
    const taken = state.members.map((m) => (m.id === id ? { ...m, worker: true } : m));
    return { next: value ? { ...state, members: taken } : state, value };
  });
};

const leaveServer = (file: string, id: string): Promise<void> =>
  changeMembership(file, async (state) => {
    const members = [...others(state, id)];
    if (members.length > 0 || state.server === null) return { next: { ...state, members }, value: undefined };
    await stopDevServer(state.server.process);
    return { next: { server: null, members: [], ports: state.ports }, value: undefined };
  });

/** For an exit that did not pass through `close`. */
const endServerIfLast = (file: string, id: string): void => {
  const state = readMembershipSync(file);
  if (state.server === null || others(state, id).length > 0) return;
  try {
    process.kill(state.server.process.pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
};

const waitForOthers = async (file: string, id: string, say: Say, signal?: AbortSignal): Promise<void> => {
  for (let said = ''; !signal?.aborted; ) {
    const left = others(await readMembership(file), id);
    if (left.length === 0) return;
    const whom = left.map((m) => `'${m.command}' (process ${m.process.pid})`).join(', ');
    if (whom !== said) say(`Serving on until ${whom} has ended`);
    said = whom;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
};
