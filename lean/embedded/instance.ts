import { parseHeader } from '../../src/lean-text/imports.ts';
import {
  fullText,
  type LeanOptions,
  ProofloopError,
  type ScoredLemma,
  type UnknownName,
  type Verdict,
} from '../../src/model/index.ts';
import type { CheckRequest, FileRequest, LeanInstance } from '../backend.ts';
import type { ElaborateAnswer, LeanJob, RelevantOptions, SnippetAnswer, SnippetRequest } from '../service.ts';
import { type BadHeader, failedImport, missingModules } from './bad-header.ts';
import { environmentKey } from './environment-key.ts';
import type { InstanceLink } from './host/link.ts';
import type { Job, Outcome } from './host/protocol.ts';
import { snapshotFor } from './prepare/snapshot-names.ts';
import type { InstanceRequest, ReplAnswer } from './repl/protocol.ts';
import type { ProofAnswer, ProofRequest } from './search/protocol.ts';

/** The host itself ends a thread that does not heed a stop; this is for a host that does not answer. */
const HOST_MS = 3_500;

const IMPORT_MS = 60_000;
const RESET_MS = 10_000;

/** How a request ended: by an answer, or because its time was up. */
type Ended = { readonly outcome: Outcome | null; readonly timedOut: boolean; readonly ms: number };

/** An instance in a host, with the limits of its requests enforced. Throws LEAN_CRASHED, LEAN_BAD_HEADER. */
export class EmbeddedInstance implements LeanInstance {
  readonly #link: InstanceLink;
  readonly #library: ReadonlySet<string>;
  readonly #headers: Set<string>;
  #submissions = 0;
  #requests = 0;

  /** `key`: the header that it begins with. */
  constructor(link: InstanceLink, library: ReadonlySet<string>, key: string) {
    this.#link = link;
    this.#library = library;
    this.#headers = new Set([key]);
  }

  get pid(): number {
    return this.#link.pid;
  }
  get alive(): boolean {
    return this.#link.alive;
  }
  get ended(): Promise<void> {
    return this.#link.gone;
  }
  get submissions(): number {
    return this.#submissions;
  }
  get requests(): number {
    return this.#requests;
  }
  get headers(): ReadonlySet<string> {
    return this.#headers;
  }
  get memoryBytes(): number | null {
    return this.#link.memoryBytes;
  }

  async check(request: CheckRequest, signal?: AbortSignal): Promise<Verdict> {
    const { challenge, submission, options } = request;
    const text = fullText(challenge, submission);
    const missing = missingModules(text, this.#library);
    if (missing) return missing;
    const unloaded = await this.#load(challenge.header, signal);
    if (unloaded) return unloaded;
    const fresh = this.#submissions === 0;
    this.#submissions += 1;
    const ended = await this.#run({ kind: 'check', request, fresh }, options.wallMs, signal);
    const { outcome, ms } = ended;
    const verdict = outcome?.kind === 'check' ? outcome.verdict : null;
    // What a stop left unfinished says nothing; an acceptance had passed every check before the stop reached it.
    if (verdict && (!ended.timedOut || verdict.status === 'accepted')) return verdict;
    return { status: 'timeout', limitMs: options.wallMs, ms };
  }

  async checkFile(request: FileRequest, signal?: AbortSignal): Promise<readonly Verdict[]> {
    const { challenge, submission, targets, options } = request;
    const all = (verdict: Verdict) => targets.map(() => verdict);
    const missing = missingModules(challenge, this.#library) ?? missingModules(submission, this.#library);
    if (missing) return all(missing);
    const unloaded = await this.#load(challenge.slice(0, parseHeader(challenge).end), signal);
    if (unloaded) return all(unloaded);
    const fresh = this.#submissions === 0;
    this.#submissions += 1;
    const ended = await this.#run({ kind: 'checkFile', request, fresh }, options.wallMs, signal);
    const { outcome, ms } = ended;
    if (outcome?.kind === 'checkFile' && !ended.timedOut) return outcome.verdicts;
    return all({ status: 'timeout', limitMs: options.wallMs, ms });
  }

  async elaborate(text: string, options: LeanOptions, signal?: AbortSignal): Promise<ElaborateAnswer> {
    const nothing = { messages: [], sorries: [] };
    const missing = missingModules(text, this.#library);
    if (missing) return { ...nothing, ...missing };
    const unloaded = await this.#load(text.slice(0, parseHeader(text).end), signal);
    if (unloaded) return { ...nothing, ...unloaded };
    this.#submissions += 1;
    const ended = await this.#run({ kind: 'elaborate', text, options }, options.wallMs, signal);
    const { outcome, ms } = ended;
    if (outcome?.kind !== 'elaborate' || ended.timedOut)
      return { ...nothing, status: 'timeout', limitMs: options.wallMs, ms };
    const { messages } = outcome;
    const sorries = outcome.sorries.map(({ pos, goal }) => ({ ...pos, goal }));
    if (outcome.exhausted) return { status: 'exhausted', diagnostics: messages, messages, sorries, ms };
    return { status: 'ok', messages, sorries, ms };
  }

  async snippet(request: SnippetRequest, signal?: AbortSignal): Promise<SnippetAnswer> {
    const { text, options } = request;
    const missing = missingModules(text, this.#library);
    if (missing) return missing;
    const unloaded = await this.#load(text.slice(0, parseHeader(text).end), signal);
    if (unloaded) return unloaded;
    this.#submissions += 1;
    const { outcome, timedOut, ms } = await this.#run(
      { kind: 'snippet', snippet: request },
      options.wallMs,
      signal,
    );
    if (outcome?.kind !== 'snippet' || timedOut) return { status: 'timeout', limitMs: options.wallMs, ms };
    const { messages, sorries, infotree, cpuMs } = outcome;
    const ran = { pid: this.pid, cpuMs, memoryBytes: this.memoryBytes };
    return { status: 'done', messages, sorries, infotree, ran, ms };
  }

  async relevant(
    job: LeanJob,
    options: RelevantOptions,
    signal?: AbortSignal,
  ): Promise<readonly ScoredLemma[]> {
    const outcome = await this.#hint(job, { kind: 'relevant', job, options }, signal);
    return outcome?.kind === 'relevant' ? outcome.lemmas : [];
  }

  async nearest(
    job: LeanJob,
    names: readonly string[],
    limit: number,
    signal?: AbortSignal,
  ): Promise<readonly UnknownName[]> {
    const outcome = await this.#hint(job, { kind: 'nearest', job, names, limit }, signal);
    return outcome?.kind === 'nearest' ? outcome.unknown : [];
  }

  async #hint({ challenge, options }: LeanJob, job: Job, signal?: AbortSignal): Promise<Outcome | null> {
    if (missingModules(challenge.header, this.#library)) return null;
    if (await this.#load(challenge.header, signal)) return null;
    return (await this.#run(job, options.wallMs, signal)).outcome;
  }

  async warm(header: string): Promise<void> {
    const missing = missingModules(header, this.#library);
    if (missing) throw new ProofloopError('LEAN_BAD_HEADER', `no module ${missing.missing.join(', ')}`);
    const unloaded = await this.#load(header);
    if (unloaded) throw new ProofloopError('LEAN_BAD_HEADER', unloaded.hint);
  }

  /** A request of the REPL protocol; null when `wallMs` (null: no limit) ran out. */
  async repl(
    request: InstanceRequest,
    wallMs: number | null,
    signal?: AbortSignal,
  ): Promise<ReplAnswer | null> {
    this.#submissions += 1;
    const { outcome } = await this.#run({ kind: 'repl', request }, wallMs, signal);
    return outcome?.kind === 'repl' ? outcome.answer : null;
  }

  /** A step of a proof search; null when `wallMs` ran out (the instance may be gone then). */
  async proof(request: ProofRequest, wallMs: number, signal?: AbortSignal): Promise<ProofAnswer | null> {
    if (request.kind === 'open') {
      const { header } = request.challenge;
      const missing = missingModules(header, this.#library) ?? (await this.#load(header, signal));
      if (missing) return { status: 'failed', error: missing.hint, used: 0 };
      this.#submissions += 1;
    }
    const { outcome, timedOut } = await this.#run({ kind: 'proof', request }, wallMs, signal);
    return outcome?.kind === 'proof' && !timedOut ? outcome.answer : null;
  }

  async reset(header: string): Promise<boolean> {
    const { file, key } = snapshotFor(header);
    if (key !== environmentKey(header)) return false;
    const { outcome } = await this.#run({ kind: 'reset', snapshot: file }, RESET_MS);
    if (outcome?.kind !== 'reset' || !outcome.done) return false;
    this.#headers.clear();
    this.#headers.add(key);
    this.#submissions = 0;
    return true;
  }

  async stop(): Promise<void> {
    await this.#link.end();
  }

  /** Imports a header that is new to the instance, on its own clock: it is no part of anybody's check. */
  async #load(header: string, signal?: AbortSignal): Promise<BadHeader | null> {
    const key = environmentKey(header);
    if (this.#headers.has(key)) return null;
    const { outcome, ms } = await this.#run({ kind: 'warm', header }, IMPORT_MS, signal);
    if (outcome?.kind === 'badHeader') return { ...failedImport(outcome.errors), ms };
    if (outcome?.kind !== 'warm')
      throw new ProofloopError('LEAN_CRASHED', `${key} was not imported within ${IMPORT_MS} ms`);
    this.#headers.add(key);
    return null;
  }

  async #run(job: Job, wallMs: number | null, signal?: AbortSignal): Promise<Ended> {
    signal?.throwIfAborted();
    const started = performance.now();
    const answer = this.#link.ask(job);
    let why: 'time' | 'cancel' | null = null;
    let kill: NodeJS.Timeout | undefined;
    const stop = (reason: 'time' | 'cancel') => {
      why ??= reason;
      if (kill) return;
      this.#link.stop();
      kill = setTimeout(() => void this.#link.end(), HOST_MS);
    };
    const cancel = () => stop('cancel');
    signal?.addEventListener('abort', cancel, { once: true });
    const clock = wallMs === null ? undefined : setTimeout(stop, wallMs, 'time');
    try {
      const outcome = await answer.catch((error: unknown) => {
        if (why === null) throw error;
        return null;
      });
      this.#requests += 1;
      if (why === 'cancel') throw signal!.reason;
      return { outcome, timedOut: why !== null, ms: performance.now() - started };
    } finally {
      clearTimeout(clock);
      clearTimeout(kill);
      signal?.removeEventListener('abort', cancel);
    }
  }
}
