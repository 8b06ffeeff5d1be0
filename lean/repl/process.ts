import { execa } from 'execa';
import { BlockSplitter, frame } from './framing.ts';
import { endWithUs, killGroup } from './group.ts';
import { ByteRing } from './ring.ts';

const STDERR_KEPT = 64 * 1024;
/** An answer that is larger ends the process: it would not fit beside the others' in our memory. */
const MAX_ANSWER_BYTES = 256 * 1024 ** 2;

export type ReplCommand = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
};

/** The process is gone; `message` says how, with the end of what it wrote to standard error. */
export class ReplGone extends Error {
  override readonly name = 'ReplGone';
}

type Ending = {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly originalMessage?: string | undefined;
};
type Waiter = { readonly resolve: (answer: unknown) => void; readonly reject: (error: ReplGone) => void };

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * One process that speaks the repl protocol, in a process group of its own. It has no request ids, so there is one
 * answer per request in order, and anything else that it writes (an answer too many, no JSON, no UTF-8) means that
 * answers can no longer be told apart: it is killed.
 */
export class ReplProcess {
  readonly pid: number;
  /** Resolves when the process has ended, with the reason. */
  readonly ended: Promise<ReplGone>;
  readonly #child: ReturnType<typeof spawn>;
  readonly #answers = new BlockSplitter();
  readonly #stderr = new ByteRing(STDERR_KEPT);
  #waiter: Waiter | null = null;
  #why: string | null = null;
  #alive = true;

  constructor(command: ReplCommand) {
    this.#child = spawn(command);
    this.pid = this.#child.pid ?? 0;
    if (this.pid > 0) endWithUs(this.pid);
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#stderr.push(chunk));
    // A write to a process that has just ended; its end is reported by `ended`.
    this.#child.stdin?.on('error', () => undefined);
    // Mostly its end is on the way and tells more; a process that lives on without an output is of no use.
    this.#child.stdout?.on('end', () => {
      setTimeout(() => this.#alive && this.kill('it closed its standard output'), 200).unref();
    });
    this.ended = this.#child.then((result) => this.#end(result));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Sends one request and resolves with the parsed answer. Rejects with ReplGone. */
  request(message: object): Promise<unknown> {
    if (this.#waiter !== null) throw new Error('a repl takes one request at a time');
    if (!this.#alive) return this.ended.then((gone) => Promise.reject(gone));
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
      this.#child.stdin?.write(frame(message));
    });
  }

  /** SIGKILL to the whole group; resolves when the process is gone. The first reason given is the one reported. */
  kill(why: string): Promise<ReplGone> {
    this.#why ??= why;
    this.#alive = false;
    killGroup(this.pid);
    return this.ended;
  }

  #read(chunk: Buffer): void {
    if (!this.#alive) return;
    for (const block of this.#answers.push(chunk)) this.#answer(block);
    if (this.#answers.pending > MAX_ANSWER_BYTES) void this.kill(`an answer over ${MAX_ANSWER_BYTES} bytes`);
  }

  #answer(block: Buffer): void {
    if (!this.#alive) return;
    const waiter = this.#waiter;
    if (waiter === null) {
      void this.kill(`it wrote ${excerpt(block)} without being asked`);
      return;
    }
    let answer: unknown;
    try {
      answer = JSON.parse(decoder.decode(block));
    } catch {
      void this.kill(`its answer is no JSON: ${excerpt(block)}`);
      return;
    }
    this.#waiter = null;
    waiter.resolve(answer);
  }

  #end(result: Ending): ReplGone {
    this.#alive = false;
    // What it started and left behind goes with it.
    killGroup(this.pid);
    const how =
      result.signal ??
      (result.exitCode === undefined ? result.originalMessage : `exit code ${result.exitCode}`);
    const stderr = this.#stderr.text();
    const said = stderr === '' ? '' : `; standard error: ${stderr.slice(-2000)}`;
    const gone = new ReplGone(`${this.#why ?? `it ended (${how ?? 'unknown cause'})`}${said}`);
    this.#waiter?.reject(gone);
    this.#waiter = null;
    return gone;
  }
}

const excerpt = (block: Buffer): string => JSON.stringify(block.toString('utf8', 0, 200));

const spawn = (command: ReplCommand) =>
  execa(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    extendEnv: false,
    detached: true,
    buffer: false,
    encoding: 'buffer',
    reject: false,
    stdin: 'pipe',
  });
