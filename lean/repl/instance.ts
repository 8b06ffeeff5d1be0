import type { LeanOptions, Verdict } from '../../src/model/index.ts';
import { type CheckRequest, type FileRequest, InstanceDied, type LeanInstance } from '../backend.ts';
import type { ElaborateAnswer, SnippetAnswer, SnippetRequest } from '../service.ts';
import { type Checking, checkSubmission } from './check.ts';
import { checkFile } from './check-file.ts';
import { elaborateFile } from './elaborate.ts';
import { Environments } from './environments.ts';
import { auditedFile } from './file-audit.ts';
import { residentBytes } from './memory.ts';
import { type ReplSession, WallClockOver } from './session.ts';

/** A repl process as the pool sees it. */
export class CommandInstance implements LeanInstance {
  readonly #session: ReplSession;
  readonly #environments: Environments;
  readonly #version: string;
  #submissions = 0;
  #requests = 0;
  #memoryBytes: number | null = null;

  constructor(session: ReplSession, projectDir: string, version: string) {
    this.#session = session;
    this.#environments = new Environments(session, projectDir);
    this.#version = version;
  }

  get pid(): number {
    return this.#session.pid;
  }

  get alive(): boolean {
    return this.#session.alive;
  }

  get ended(): Promise<void> {
    return this.#session.ended;
  }

  get submissions(): number {
    return this.#submissions;
  }

  get requests(): number {
    return this.#requests;
  }

  get headers(): ReadonlySet<string> {
    return this.#environments.headers;
  }

  get memoryBytes(): number | null {
    return this.#memoryBytes;
  }

  check(request: CheckRequest, signal?: AbortSignal): Promise<Verdict> {
    return this.#within<Verdict>(
      request.options,
      () => checkSubmission(request, this.#checking(signal)),
      (timeout) => timeout,
    );
  }

  checkFile(request: FileRequest, signal?: AbortSignal): Promise<readonly Verdict[]> {
    const all = (verdict: Verdict): readonly Verdict[] => request.targets.map(() => verdict);
    return this.#within(request.options, () => checkFile(request, this.#checking(signal)), all);
  }

  elaborate(text: string, options: LeanOptions, signal?: AbortSignal): Promise<ElaborateAnswer> {
    return this.#within<ElaborateAnswer>(
      options,
      () => {
        this.#submissions += 1;
        return elaborateFile(text, options, this.#environments, signal);
      },
      (timeout) => ({ ...timeout, messages: [], sorries: [] }),
    );
  }

  snippet(request: SnippetRequest, signal?: AbortSignal): Promise<SnippetAnswer> {
    return this.#within<SnippetAnswer>(
      request.options,
      async () => {
        this.#submissions += 1;
        const done = await auditedFile(request, this.#environments, signal);
        const ran = { pid: this.pid, cpuMs: null, memoryBytes: this.#memoryBytes };
        return done.status === 'done' ? { ...done, ran } : done;
      },
      (timeout) => timeout,
    );
  }

  async warm(header: string): Promise<void> {
    await this.#environments.header(header);
  }

  async stop(): Promise<void> {
    await this.#session.stop();
  }

  #checking(signal: AbortSignal | undefined): Checking {
    return {
      session: this.#session,
      environments: this.#environments,
      version: this.#version,
      fresh: this.#submissions === 0,
      submitted: () => {
        this.#submissions += 1;
      },
      signal,
    };
  }

  async #within<T>(
    options: LeanOptions,
    work: () => Promise<T>,
    late: (timeout: Extract<Verdict, { status: 'timeout' }>) => T,
  ): Promise<T> {
    const began = performance.now();
    try {
      const answer = await work();
      this.#requests += 1;
      this.#memoryBytes = await residentBytes(this.pid);
      return answer;
    } catch (error) {
      if (error instanceof WallClockOver) {
        return late({ status: 'timeout', limitMs: options.wallMs, ms: performance.now() - began });
      }
      // Whatever else went wrong, nobody knows what state the process is in.
      if (!(error instanceof InstanceDied)) await this.stop();
      throw error;
    }
  }
}
