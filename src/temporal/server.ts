import { spawn } from 'node:child_process';
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import getPort from 'get-port';
import { ProofloopError } from '../model/index.ts';
import { endProcess, identityOf, type ProcessIdentity } from './process-identity.ts';
import { SEARCH_ATTRIBUTE_NAMES } from './search-attributes.ts';

export type DevServerOptions = {
  /** Path of the Temporal CLI. */
  readonly cli: string;
  /** SQLite file that holds all state. */
  readonly database: string;
  /** What the server prints is appended here. */
  readonly log: string;
  readonly namespaces: readonly string[];
  /** Taken if free, so that links printed by earlier commands stay good. */
  readonly ports?: { readonly grpc: number; readonly ui: number } | undefined;
};

export type DevServer = {
  readonly process: ProcessIdentity;
  readonly address: string;
  readonly uiUrl: string;
  readonly ports: { readonly grpc: number; readonly ui: number };
};

/** Until `keep` is called it ends with this process: its starter has to note first, where others look, that it is there. */
export type StartedServer = DevServer & { keep(): void };

const HOST = '127.0.0.1';
const ATTEMPTS = 3;
const START_MS = 60_000;
const STOP_MS = 8_000;
/** What the CLI prints once it serves; versions differ in the words before it. */
const SERVES = /\bServer:\s+\S/;
/** So long a process has to live with its port answered where it prints nothing of the kind. */
const SILENT_MS = 5_000;

/** Passed on to the server: all else in our environment (keys, TEMPORAL_*) is none of its business. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'USERPROFILE', 'SYSTEMROOT'];

/**
 * Write-ahead log with one sync a checkpoint: survives a kill, and loses at most the last instants at a power
 * cut; about half as much again of throughput. Worker commands let the server push a cancellation to the
 * worker instead of waiting for the next heartbeat.
 */
const SETTINGS = [
  ['--sqlite-pragma', 'journal_mode=wal'],
  ['--sqlite-pragma', 'synchronous=1'],
  ['--dynamic-config-value', 'system.enableCancelActivityWorkerCommand=true'],
  ['--dynamic-config-value', 'frontend.WorkerCommandsEnabled=true'],
  // Priorities order the tasks of one partition of a queue only, and one is enough for a server of one machine.
  ['--dynamic-config-value', 'matching.numTaskqueueReadPartitions=1'],
  ['--dynamic-config-value', 'matching.numTaskqueueWritePartitions=1'],
].flat();

/**
 * Starts a development server with its Web UI in a process group of its own (a Ctrl-C must not reach it before
 * our workers have drained) and waits until it says that it serves and its port answers: one that finds its port taken
 * ends, and whoever took it answers there. Throws TEMPORAL_START_FAILED.
 */
export const startDevServer = async (options: DevServerOptions): Promise<StartedServer> => {
  await mkdir(dirname(options.database), { recursive: true });
  await mkdir(dirname(options.log), { recursive: true });
  let reason = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    // Between choosing a free port and binding it another process may take it: then the next attempt chooses anew.
    const ports =
      attempt === 1 && options.ports !== undefined && (await areFree(options.ports))
        ? options.ports
        : { grpc: await getPort({ host: HOST }), ui: await getPort({ host: HOST }) };
    const started = await launch(options, ports);
    if (typeof started !== 'string') return started;
    reason = started;
  }
  throw new ProofloopError('TEMPORAL_START_FAILED', `${reason}. Log: ${options.log}`);
};

const launch = async (
  options: DevServerOptions,
  ports: DevServer['ports'],
): Promise<StartedServer | string> => {
  const log = await open(options.log, 'a+');
  const from = (await log.stat()).size;
  // Not execa: it would carry the output through us by pipes, and the server has to outlive a kill of its owner.
  const subprocess = spawn(options.cli, argumentsFor(options, ports), {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: environment(),
  });
  // A Ctrl-C in the seconds of its start comes before anybody else knows of it.
  const atExit = () => subprocess.kill('SIGTERM');
  const keep = () => {
    process.off('exit', atExit);
  };
  process.once('exit', atExit);
  const stop = new AbortController();
  const ended = new Promise<'ended'>((resolve) => {
    subprocess.once('error', () => resolve('ended')).once('exit', () => resolve('ended'));
  });
  try {
    const outcome = await Promise.race([ended, serves(ports.grpc, () => headAt(log, from), stop.signal)]);
    if (outcome === 'serves' && subprocess.pid !== undefined) {
      subprocess.unref();
      const uiUrl = `http://${HOST}:${ports.ui}`;
      return { process: identityOf(subprocess.pid), address: `${HOST}:${ports.grpc}`, uiUrl, ports, keep };
    }
    if (subprocess.pid !== undefined) await stopDevServer(identityOf(subprocess.pid));
    keep();
    const said = (await readFile(options.log)).subarray(from).toString('utf8').trim();
    return `the Temporal dev server did not start: ${said.split('\n').at(-1) || 'it said nothing'}`;
  } finally {
    stop.abort();
    await log.close();
  }
};

const argumentsFor = (options: DevServerOptions, ports: DevServer['ports']): string[] => [
  ...['server', 'start-dev', '--ip', HOST, '--port', `${ports.grpc}`, '--ui-port', `${ports.ui}`],
  ...['--db-filename', options.database, '--ui-disable-news-fetch'],
  ...options.namespaces.flatMap((name) => ['--namespace', name]),
  ...SETTINGS,
  ...SEARCH_ATTRIBUTE_NAMES.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
];

const environment = (): Record<string, string> =>
  Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));

/** Resolves when the server says that it serves and its port accepts a connection, or to null when it does not for START_MS. */
const serves = async (
  port: number,
  said: () => Promise<string>,
  signal: AbortSignal,
): Promise<'serves' | null> => {
  let answeredAt: number | null = null;
  for (const end = Date.now() + START_MS; Date.now() < end && !signal.aborted; ) {
    if (await accepts(port)) {
      answeredAt ??= Date.now();
      if (SERVES.test(await said()) || Date.now() - answeredAt > SILENT_MS) return 'serves';
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
};

/** The first lines that a file got behind a position. */
const headAt = async (file: FileHandle, from: number): Promise<string> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, from);
  return buffer.toString('utf8', 0, bytesRead);
};

/** get-port would refuse for a while what it has given out before, also after that server has died. */
const areFree = async ({ grpc, ui }: DevServer['ports']): Promise<boolean> =>
  !(await accepts(grpc)) && !(await accepts(ui));

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: HOST, port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });

/** Ends the server, whoever started it; its state lies in the file. */
export const stopDevServer = (server: ProcessIdentity): Promise<void> => endProcess(server, STOP_MS);
