import { CancellationScope, condition, isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import type { BatchPlan } from '../../src/model/index.ts';
import { batchCalls } from '../calls.ts';
import { faultOf } from '../failure.ts';
import type { BatchAsk, BatchEnd } from '../messages.ts';
import { oneLine } from '../text.ts';
import type { RunState } from './state.ts';

/** After the last theorem has asked, so that requests that come together go together. */
const SETTLE_MS = 1_000;
/** A job's requests come in one input of an activity. */
const MOST_REQUESTS = 5_000;

/**
 * Gathers the requests of a round over the theorems of a run and sends them as one job, when all theorems in flight
 * wait for it, or the first has waited for long. What becomes of each request is told to its theorem.
 */
export class Batches {
  readonly #state: RunState;
  readonly #plan: BatchPlan;
  readonly #waiting: BatchAsk[] = [];
  readonly #asked = new Set<string>();
  readonly #open = new Map<string, number>();
  #jobs = 0;

  constructor(state: RunState, plan: BatchPlan) {
    this.#state = state;
    this.#plan = plan;
  }

  add(ask: BatchAsk): void {
    if (this.#asked.has(ask.id)) return;
    this.#asked.add(ask.id);
    this.#waiting.push(ask);
    this.#open.set(ask.theoremId, (this.#open.get(ask.theoremId) ?? 0) + 1);
  }

  /** Serves the theorems while `body` runs them; a job that nobody waits for any more is cancelled. */
  async during<T>(body: () => Promise<T>): Promise<T> {
    const scope = new CancellationScope();
    const serving = scope.run(() => this.#serve());
    // Looked at below; a failure must not count as unhandled until then.
    serving.catch(() => {});
    try {
      return await body();
    } finally {
      scope.cancel();
      await CancellationScope.nonCancellable(() => serving.catch(() => {}));
    }
  }

  async #serve(): Promise<void> {
    const running: Promise<void>[] = [];
    try {
      for (;;) {
        await condition(() => this.#waiting.length > 0);
        await condition(() => this.#allWait(), this.#plan.lingerMs);
        await sleep(SETTLE_MS);
        for (const requests of this.#take()) running.push(this.#job(requests));
      }
    } finally {
      // Also when it is cancelled: each job is told so.
      await Promise.allSettled(running);
    }
  }

  #allWait(): boolean {
    const { inFlight } = this.#state;
    return inFlight.size > 0 && [...inFlight.keys()].every((id) => (this.#open.get(id) ?? 0) > 0);
  }

  /** What waits, by prover and in jobs of no more than their limit of bytes. */
  #take(): readonly (readonly BatchAsk[])[] {
    const jobs: BatchAsk[][] = [];
    const current = new Map<string, { requests: BatchAsk[]; bytes: number }>();
    for (const ask of this.#waiting.splice(0)) {
      let job = current.get(ask.prover);
      if (job === undefined || job.bytes + ask.bytes > ask.maxBytes || job.requests.length >= MOST_REQUESTS) {
        job = { requests: [], bytes: 0 };
        current.set(ask.prover, job);
        jobs.push(job.requests);
      }
      job.requests.push(ask);
      job.bytes += ask.bytes;
    }
    return jobs;
  }

  async #job(requests: readonly BatchAsk[]): Promise<void> {
    const prover = requests[0]?.prover ?? '';
    this.#jobs += 1;
    const { workflowId, runId } = workflowInfo();
    // The same for each try, and for no other job: by it a job is found whose creation was cut off.
    const displayName = `proofloop ${workflowId} ${runId.slice(-8)} ${this.#jobs}`;
    const refs = requests.map(({ id, sha256 }) => ({ id, sha256 }));
    let name: string | null = null;
    try {
      const made = await batchCalls.batchCreate.executeWithOptions(
        { summary: oneLine(`batch job ${this.#jobs} of ${requests.length} requests to ${prover}`) },
        [{ prover, displayName, requests: refs }],
      );
      name = made.name;
      if (!(await this.#ended(prover, name)))
        return await this.#tell(requests, () => ({ ok: false, mayBeBilled: true, why: 'it took too long' }));
      const { answered, failed } = await batchCalls.batchCollect.executeWithOptions(
        { summary: oneLine(`answers of batch job ${this.#jobs}`) },
        [{ prover, name, requests: refs }],
      );
      const bought = new Map(answered.map((one) => [one.id, one]));
      const why = new Map(failed.map((one) => [one.id, one.why]));
      await this.#tell(requests, (id) => {
        const one = bought.get(id);
        if (one === undefined) return { ok: false, mayBeBilled: false, why: why.get(id) ?? 'no answer' };
        return { ok: true, costUsd: one.costUsd, tokens: one.tokens };
      });
    } catch (error) {
      const cancelled = isCancellation(error);
      if (cancelled && name !== null) await this.#cancel(prover, name);
      if (cancelled) throw error;
      const { code, message } = faultOf(error);
      await this.#tell(requests, () => ({ ok: false, mayBeBilled: true, why: `${code}: ${message}` }));
    }
  }

  /** Waits with timers that grow, for a day if need be; false: too long, and it was cancelled. */
  async #ended(prover: string, name: string): Promise<boolean> {
    const { pollMs, waitMs } = this.#plan;
    const until = Date.now() + waitMs;
    for (let wait = Math.min(pollMs, 5_000); ; wait = Math.min(pollMs, wait * 1.5)) {
      await sleep(Math.max(1, Math.min(wait, until - Date.now())));
      const { state, detail } = await batchCalls.batchLook.executeWithOptions(
        { summary: oneLine(`look at batch job ${name}`) },
        [{ prover, name }],
      );
      this.#state.batch = `${name}: ${detail}`;
      if (state === 'ended') return true;
      if (Date.now() >= until) {
        await this.#cancel(prover, name);
        return false;
      }
    }
  }

  async #cancel(prover: string, name: string): Promise<void> {
    try {
      await CancellationScope.nonCancellable(() =>
        batchCalls.batchCancel.executeWithOptions({ summary: oneLine(`cancel batch job ${name}`) }, [
          { prover, name },
        ]),
      );
    } catch {
      // It is at its end already, or nobody can reach it: there is nothing more to do about it.
    }
  }

  async #tell(requests: readonly BatchAsk[], endOf: (id: string) => BatchEnd): Promise<void> {
    const byTheorem = new Map<string, [string, BatchEnd][]>();
    for (const { id, theoremId } of requests) {
      this.#open.set(theoremId, Math.max(0, (this.#open.get(theoremId) ?? 0) - 1));
      byTheorem.set(theoremId, [...(byTheorem.get(theoremId) ?? []), [id, endOf(id)]]);
    }
    await Promise.allSettled(
      [...byTheorem].map(([theoremId, ends]) =>
        // A theorem that has ended meanwhile cannot be told, and need not.
        this.#state.inFlight.get(theoremId)?.tell({ batch: Object.fromEntries(ends) }),
      ),
    );
  }
}
