import { leanText } from '../../src/lean-text/assemble.ts';
import {
  type LeanOptions,
  ProofloopError,
  type ScoredLemma,
  SORRY,
  type Submission,
  type UnknownName,
  type Verdict,
} from '../../src/model/index.ts';
import type { FileRequest, LeanBackend, LeanInstance } from '../backend.ts';
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
import { type Lease, type PoolOptions, Seats } from './seats.ts';

export type { PoolOptions };

/** The Lean service over any backend: at most `slots` instances at work and one spare. */
export function createPool(options: PoolOptions): LeanService {
  checkedSlots(options.slots);
  return new Pool(options);
}

const checkedSlots = (slots: number): number => {
  if (Number.isSafeInteger(slots) && slots >= 1) return slots;
  throw new ProofloopError('CONFIG_INVALID', `lean.slots is ${slots}; it has to be 1 or more`);
};

class Pool implements LeanService {
  readonly #backend: LeanBackend;
  readonly #seats: Seats;
  #identity: Promise<LeanIdentity> | null = null;

  constructor(options: PoolOptions) {
    this.#backend = options.backend;
    this.#seats = new Seats(options);
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
    return await this.#seats.lease(job.challenge.header, false, call, async (lease, started) => {
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
    return await this.#seats.lease(
      challenge.header,
      false,
      call,
      async ({ seat, header, signal }, started) => {
        const instance = await seat.ready(false, header, signal);
        if (instance.proof === undefined) return null;
        const explorer = new SeatExplorer({ seat, header, challenge, signal, started });
        try {
          return { found: await work(explorer) };
        } finally {
          await explorer.close();
        }
      },
    );
  }

  async judgeFile(request: FileRequest, call: LeanCall = {}): Promise<readonly Verdict[]> {
    const options = checkedOptions(request.options);
    const all = (verdict: Verdict) => request.targets.map(() => verdict);
    const bad = textFault(request.challenge);
    if (bad !== null) return all({ status: 'badChallenge', diagnostics: [faultDiagnostic(bad)], ms: 0 });
    const fault = textFault(request.submission);
    if (fault !== null) return all({ status: 'rejected', diagnostics: [faultDiagnostic(fault)], ms: 0 });
    const [challenge, submission] = [leanText(request.challenge), leanText(request.submission)];
    return await this.#seats.lease(challenge, true, call, (lease, started) =>
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
    return await this.#seats.lease(text, false, call, (lease, started) =>
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
    return await this.#seats.lease(request.text, call.clean ?? false, call, (lease, started) =>
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

  resize(slots: number): void {
    this.#seats.resize(checkedSlots(slots));
  }

  status(): PoolStatus {
    return this.#seats.status();
  }

  close(): Promise<void> {
    return this.#seats.close();
  }

  /** What a backend may know of a trusted text; nothing when it cannot say, or the text ends Lean. */
  async #hint<T>(
    job: LeanJob,
    call: LeanCall,
    ask: (instance: LeanInstance, job: LeanJob) => Promise<readonly T[]> | undefined,
  ): Promise<readonly T[]> {
    const checked = { ...job, options: checkedOptions(job.options) };
    if (refusedUnseen(job, SORRY) !== null) return [];
    return await this.#seats.lease(job.challenge.header, false, call, (lease, started) =>
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
    return await this.#seats.lease(job.challenge.header, clean, call, (lease, started) =>
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
}

/** After these no other candidate can do better. */
const isLastWord = (verdict: Verdict): boolean =>
  verdict.status === 'accepted' || verdict.status === 'badHeader' || verdict.status === 'badChallenge';
