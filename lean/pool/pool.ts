import { setImmediate } from 'node:timers/promises';
import { leanText } from '../../src/lean-text/assemble.ts';
import { parseHeader } from '../../src/lean-text/imports.ts';
import {
  type LeanOptions,
  ProofloopError,
  type ScoredLemma,
  SORRY,
  type Submission,
  type UnknownName,
  type Verdict,
} from '../../src/model/index.ts';
import type { FileRequest, LeanBackend, LeanInstance, StartOptions } from '../backend.ts';
import type {
  ElaborateAnswer,
  LeanCall,
  LeanIdentity,
  LeanJob,
  LeanService,
  PoolStatus,
  ProofExplorer,
  RelevantOptions,
  SnippetAnswer,
  SnippetRequest,
  Tried,
} from '../service.ts';
import { attempt } from './attempt.ts';
import { SeatExplorer } from './explore.ts';
import { checkedOptions, faultDiagnostic, refusedUnseen, textFault } from './limits.ts';
import { Nursery } from './nursery.ts';
import { SeatQueue } from './queue.ts';
import { DEFAULT_RECYCLE, type RecyclePolicy } from './recycle.ts';
import { Revival } from './revival.ts';
import { Seat } from './seat.ts';
import { Spare } from './spare.ts';

export type PoolOptions = {
  readonly backend: LeanBackend;
  /** Instances that work at once; they start when they are first needed. */
  readonly slots: number;
  /** Keeps one clean instance ready beside the slots. Default true. */
  readonly spare?: boolean;
  readonly recycle?: Partial<RecyclePolicy>;
};

/** The Lean service over any backend: at most `slots` instances at work and one spare. */
export function createPool(options: PoolOptions): LeanService {
  if (!Number.isSafeInteger(options.slots) || options.slots < 1) {
    throw new ProofloopError('CONFIG_INVALID', `lean.slots is ${options.slots}; it has to be 1 or more`);
  }
  return new Pool(options);
}

type Lease = {
  readonly seat: Seat;
  readonly header: string;
  readonly signal: AbortSignal | undefined;
  readonly clean: boolean;
};

class Pool implements LeanService {
  readonly #backend: LeanBackend;
  readonly #nursery: Nursery;
  readonly #revival = new Revival(() => this.#queue.busy > 0);
  readonly #spare: Spare;
  readonly #seats: readonly Seat[];
  readonly #queue: SeatQueue<Seat>;
  readonly #recycle: RecyclePolicy;
  readonly #sweeper: NodeJS.Timeout;
  #usedAt = performance.now();
  #answered = false;
  #identity: Promise<LeanIdentity> | null = null;
  #closing: Promise<void> | null = null;

  constructor(options: PoolOptions) {
    this.#backend = options.backend;
    this.#recycle = { ...DEFAULT_RECYCLE, ...options.recycle };
    this.#nursery = new Nursery(options.backend);
    const [nursery, revival] = [this.#nursery, this.#revival];
    const spare = new Spare({ nursery, revival, enabled: options.spare ?? true, apart: () => this.#slots() });
    const hasNeighbour = (seat: Seat) =>
      this.#seats.some((other) => other !== seat && (other.instance ?? other.starting) !== null);
    this.#spare = spare;
    this.#seats = Array.from(
      { length: options.slots },
      () => new Seat({ nursery, spare, revival, hasNeighbour }),
    );
    this.#queue = new SeatQueue(this.#seats);
    const pauseMs = Math.min(30_000, Math.max(20, (this.#recycle.idleMs ?? 120_000) / 4));
    this.#sweeper = setInterval(() => this.#sweep(), pauseMs).unref();
  }

  identity(): Promise<LeanIdentity> {
    this.#identity ??= this.#backend.identity().catch((error: unknown) => {
      this.#identity = null;
      throw error;
    });
    return this.#identity;
  }

  screen(job: LeanJob, submission: Submission, call: LeanCall = {}): Promise<Verdict> {
    return this.#one(job, submission, call, false);
  }

  judge(job: LeanJob, submission: Submission, call: LeanCall = {}): Promise<Verdict> {
    return this.#one(job, submission, call, true);
  }

  async firstAccepted(job: LeanJob, candidates: readonly Submission[], call: LeanCall = {}) {
    const options = checkedOptions(job.options);
    return await this.#lease(job.challenge.header, false, call, async (lease, started) => {
      const tried: Tried[] = [];
      for (const submission of candidates) {
        call.signal?.throwIfAborted();
        const verdict = await this.#check(lease, { ...job, options }, submission, started);
        tried.push({ submission, verdict });
        if (isLastWord(verdict)) break;
      }
      return tried;
    });
  }

  async explore<T>(
    job: LeanJob,
    work: (explorer: ProofExplorer) => Promise<T>,
    call: LeanCall = {},
  ): Promise<{ readonly found: T } | null> {
    if (refusedUnseen(job, SORRY) !== null) return null;
    const { challenge } = job;
    return await this.#lease(challenge.header, false, call, async ({ seat, header, signal }, started) => {
      const instance = await seat.ready(false, header, signal);
      if (instance.proof === undefined) return null;
      const explorer = new SeatExplorer({ seat, header, challenge, signal, started });
      try {
        return { found: await work(explorer) };
      } finally {
        await explorer.close();
      }
    });
  }

  async judgeFile(request: FileRequest, call: LeanCall = {}): Promise<readonly Verdict[]> {
    const options = checkedOptions(request.options);
    const all = (verdict: Verdict) => request.targets.map(() => verdict);
    const bad = textFault(request.challenge);
    if (bad !== null) return all({ status: 'badChallenge', diagnostics: [faultDiagnostic(bad)], ms: 0 });
    const fault = textFault(request.submission);
    if (fault !== null) return all({ status: 'rejected', diagnostics: [faultDiagnostic(fault)], ms: 0 });
    const [challenge, submission] = [leanText(request.challenge), leanText(request.submission)];
    return await this.#lease(challenge, true, call, (lease, started) =>
      attempt<readonly Verdict[]>({
        ...lease,
        work: (instance) => {
          started();
          return instance.checkFile({ ...request, challenge, submission, options }, lease.signal);
        },
        crashed: (detail, ms) => all({ status: 'crashed', detail, ms }),
      }),
    );
  }

  async elaborate(text: string, options: LeanOptions, call: LeanCall = {}): Promise<ElaborateAnswer> {
    const limits = checkedOptions(options);
    const fault = textFault(text);
    if (fault !== null) return { status: 'ok', messages: [faultDiagnostic(fault)], sorries: [], ms: 0 };
    return await this.#lease(text, false, call, (lease, started) =>
      attempt<ElaborateAnswer>({
        ...lease,
        work: (instance) => {
          started();
          return instance.elaborate(text, limits, lease.signal);
        },
        crashed: (detail, ms) => ({ status: 'crashed', detail, ms, messages: [], sorries: [] }),
      }),
    );
  }

  async snippet(request: SnippetRequest, call: LeanCall & { clean?: boolean } = {}): Promise<SnippetAnswer> {
    const options = checkedOptions(request.options);
    return await this.#lease(request.text, call.clean ?? false, call, (lease, started) =>
      attempt<SnippetAnswer>({
        ...lease,
        work: (instance) => {
          started();
          return instance.snippet({ ...request, options }, lease.signal);
        },
        crashed: (detail, ms) => ({ status: 'crashed', detail, ms }),
      }),
    );
  }

  relevant(job: LeanJob, options: RelevantOptions, call: LeanCall = {}): Promise<readonly ScoredLemma[]> {
    return this.#hint<ScoredLemma>(job, call, (instance, checked) =>
      instance.relevant?.(checked, options, call.signal),
    );
  }

  nearest(
    job: LeanJob,
    names: readonly string[],
    limit: number,
    call: LeanCall = {},
  ): Promise<readonly UnknownName[]> {
    return this.#hint<UnknownName>(job, call, (instance, checked) =>
      instance.nearest?.(checked, names, limit, call.signal),
    );
  }

  status(): PoolStatus {
    const row = (instance: LeanInstance, state: string) => ({
      id: this.#nursery.numberOf(instance),
      pid: instance.pid,
      state,
      requests: instance.requests,
      headers: instance.headers.size,
    });
    const instances = this.#seats.flatMap((seat) =>
      seat.instance === null ? [] : [row(seat.instance, this.#queue.isFree(seat) ? 'idle' : 'busy')],
    );
    const spare = this.#spare.instance === null ? [] : [row(this.#spare.instance, 'spare')];
    return {
      slots: this.#seats.length,
      busy: this.#queue.busy,
      waiting: this.#queue.waiting,
      instances: [...instances, ...spare],
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearInterval(this.#sweeper);
    const reason = new ProofloopError('CANCELLED', 'the Lean service was closed');
    this.#revival.close();
    this.#queue.close(reason);
    // Together: the backend ends what is still starting, which the nursery waits for.
    await Promise.all([this.#nursery.close(reason), this.#backend.close()]);
  }

  /** What a backend may know of a trusted text; nothing when it cannot say, or the text ends Lean. */
  async #hint<T>(
    job: LeanJob,
    call: LeanCall,
    ask: (instance: LeanInstance, job: LeanJob) => Promise<readonly T[]> | undefined,
  ): Promise<readonly T[]> {
    const checked = { ...job, options: checkedOptions(job.options) };
    if (refusedUnseen(job, SORRY) !== null) return [];
    return await this.#lease(job.challenge.header, false, call, (lease, started) =>
      attempt<readonly T[]>({
        ...lease,
        work: async (instance) => {
          started();
          return (await ask(instance, checked)) ?? [];
        },
        crashed: () => [],
      }),
    );
  }

  async #one(job: LeanJob, submission: Submission, call: LeanCall, clean: boolean): Promise<Verdict> {
    const options = checkedOptions(job.options);
    const refused = refusedUnseen(job, submission);
    if (refused !== null) return refused;
    return await this.#lease(job.challenge.header, clean, call, (lease, started) =>
      this.#check(lease, { ...job, options }, submission, started),
    );
  }

  async #check(lease: Lease, job: LeanJob, submission: Submission, started: () => void): Promise<Verdict> {
    const refused = refusedUnseen(job, submission);
    if (refused !== null) return refused;
    return await attempt<Verdict>({
      ...lease,
      work: async (instance) => {
        const fresh = instance.submissions === 0;
        started();
        const verdict = await instance.check({ ...job, submission }, lease.signal);
        if (verdict.status !== 'accepted') return verdict;
        return { ...verdict, assurance: { ...verdict.assurance, fresh } };
      },
      crashed: (detail, ms) => ({ status: 'crashed', detail, ms }),
    });
  }

  /** One seat for the time of `work`. The answer does not wait until the seat is in order again; the next job does. */
  async #lease<T>(
    text: string,
    clean: boolean,
    call: LeanCall,
    work: (lease: Lease, started: () => void) => Promise<T>,
  ): Promise<T> {
    const { key, end } = parseHeader(text);
    const header = text.slice(0, end);
    const seat = await this.#queue.acquire((free) => fitness(free.instance, key, clean), call.signal);
    this.#revival.asked();
    let begun = false;
    const started = () => {
      if (!begun) call.onStart?.();
      begun = true;
      if (this.#answered) this.#spare.refill(header);
    };
    try {
      return await work({ seat, header, clean, signal: call.signal }, started);
    } finally {
      this.#usedAt = performance.now();
      // Not before the first answer, which would come later for it.
      if (begun) this.#spare.refill(header);
      this.#answered ||= begun;
      void seat.settled(this.#recycle).finally(() => this.#queue.release(seat));
    }
  }

  /** Processes that hold slots, those too that are just being started. */
  async #slots(): Promise<StartOptions> {
    // What has just been taken is seated first.
    await setImmediate();
    await Promise.allSettled(this.#seats.map((seat) => seat.starting));
    return { apartFrom: new Set(this.#seats.flatMap(({ instance }) => instance?.pid ?? [])) };
  }

  #sweep(): void {
    for (const seat of this.#seats) {
      if (!seat.isIdle(this.#recycle) || !this.#queue.take(seat)) continue;
      void seat.empty().finally(() => this.#queue.release(seat));
    }
    const idleMs = this.#recycle.idleMs;
    if (idleMs !== null && this.#queue.busy === 0 && performance.now() - this.#usedAt >= idleMs) {
      void this.#spare.dismiss();
    }
  }
}

/** Header there, then alive, then nothing; a judge looks for a clean one first. */
function fitness(instance: LeanInstance | null, key: string, clean: boolean): number {
  if (instance === null) return 0;
  const fits = (instance.headers.has(key) ? 2 : 0) + (clean && instance.submissions === 0 ? 4 : 0);
  return 1 + fits;
}

/** After these no other candidate can do better. */
const isLastWord = (verdict: Verdict): boolean =>
  verdict.status === 'accepted' || verdict.status === 'badHeader' || verdict.status === 'badChallenge';
