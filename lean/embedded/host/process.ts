import { execa } from 'execa';
import { ProofloopError } from '../../../src/model/errors.ts';
import type { Prepared } from '../prepare/prepare.ts';
import { NODE_FLAGS } from './flags.ts';
import type { FromHost, ToHost } from './protocol.ts';
import { permissionFlags, type Sandbox } from './sandbox.ts';

const STDERR_KEPT = 4_000;
const OPEN_MS = 60_000;

/** The bytes of the prepared files are not the expected ones. */
export class WrongAssets extends Error {}

/** A started host. `gone` is called once, with what is known of the cause. */
export type HostProcess = {
  /** Of the Node process itself, not of what sets up its sandbox. */
  readonly pid: number;
  send(message: ToHost): void;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
};

export type HostEvents = {
  message(message: Exclude<FromHost, { type: 'open' | 'refused' }>): void;
  /** A file is not what it should be. The host is of no use. */
  refused(detail: string): void;
  /** `killed`: by somebody's SIGKILL, which no text can send. */
  gone(detail: string, killed: boolean): void;
};

/** Starts the host and waits until it has compiled the module. Throws LEAN_START_FAILED, WrongAssets. */
export async function startHost(
  prepared: Prepared,
  sandbox: Sandbox,
  memoryMiB: number,
  snapshot: string,
  events: HostEvents,
): Promise<HostProcess> {
  const { main, folder: code } = prepared.code;
  const readable = [prepared.folder, code];
  const [file, ...args] = sandbox.command([...NODE_FLAGS, ...permissionFlags(readable), main], readable);
  const child = execa(file, args, {
    ipc: true,
    serialization: 'advanced',
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
    buffer: false,
    extendEnv: false,
    env: {},
    reject: false,
    // A group of its own: Ctrl-C is for us, who may want to finish what runs. The end of the channel ends it with us.
    detached: true,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  let open = false;
  const opened = Promise.withResolvers<number>();
  const exited = child.then((end) => {
    const how = end.signal ? `signal ${end.signal}` : `exit code ${end.exitCode ?? 'unknown'}`;
    const detail = [`the Lean host ended with ${how}`, stderr.trim()].filter(Boolean).join(': ');
    opened.reject(new ProofloopError('LEAN_START_FAILED', detail));
    // A sandbox program in between says 128 + 9.
    if (open) events.gone(detail, end.signal === 'SIGKILL' || end.exitCode === 137);
  });
  const channel = child.nodeChildProcess;
  channel.on('message', (message: unknown) => {
    const told = message as FromHost;
    if (told.type === 'open') opened.resolve(told.pid);
    else if (told.type === 'refused') {
      opened.reject(new WrongAssets(told.detail));
      events.refused(told.detail);
    } else events.message(told);
  });
  const send = (message: ToHost) => {
    if (channel.connected) channel.send(message, () => {});
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  const slow = setTimeout(
    () =>
      opened.reject(
        new ProofloopError('LEAN_START_FAILED', `the Lean host did not open within ${OPEN_MS} ms`),
      ),
    OPEN_MS,
  );
  send({ type: 'open', folder: prepared.folder, sha256: prepared.sha256, memoryMiB, snapshot });
  try {
    const pid = await opened.promise;
    open = true;
    return { pid, send, kill };
  } catch (error) {
    await kill();
    throw error;
  } finally {
    clearTimeout(slow);
  }
}
