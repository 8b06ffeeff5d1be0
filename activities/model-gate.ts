import { setTimeout as sleep } from 'node:timers/promises';
import { isModelFault } from '../src/prover/fault.ts';
import { afterAnswer, afterLimit, type Throttle, unthrottled } from '../src/scheduler/throttle.ts';

/** Milliseconds between looks of a request that waits. */
const LOOK_MS = 100;

export type GateChange = {
  readonly model: string;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
};

type Lane = { throttle: Throttle; underWay: number };

/** Lets so many requests to each model through at once as its provider bears; decisions are handed to `say`. */
export class ModelGate {
  readonly #most: number;
  readonly #say: (line: string) => void;
  readonly #lanes = new Map<string, Lane>();

  constructor(most: number, say: (line: string) => void) {
    this.#most = most;
    this.#say = say;
  }

  limitOf(model: string): number {
    return this.#laneOf(model).throttle.limit;
  }

  /** Runs `send` when there is room; an aborted signal rejects while it waits. `tell` hears what came of it for the model. */
  async through<T>(
    model: string,
    signal: AbortSignal,
    send: () => Promise<T>,
    tell: (change: GateChange) => void = () => {},
  ): Promise<T> {
    const lane = this.#laneOf(model);
    while (lane.underWay >= lane.throttle.limit || Date.now() < lane.throttle.notBefore)
      await sleep(LOOK_MS, undefined, { signal });
    const { epoch } = lane.throttle;
    lane.underWay += 1;
    try {
      const answer = await send();
      this.#change(model, lane, afterAnswer(lane.throttle), tell);
      return answer;
    } catch (error) {
      if (isModelFault(error) && error.code === 'MODEL_RATE_LIMIT')
        this.#change(model, lane, afterLimit(lane.throttle, epoch, Date.now(), error.retryAfterMs), tell);
      throw error;
    } finally {
      lane.underWay -= 1;
    }
  }

  #laneOf(model: string): Lane {
    const known = this.#lanes.get(model);
    if (known !== undefined) return known;
    const lane = { throttle: unthrottled(this.#most), underWay: 0 };
    this.#lanes.set(model, lane);
    return lane;
  }

  #change(model: string, lane: Lane, next: Throttle, tell: (change: GateChange) => void): void {
    const [from, to] = [lane.throttle.limit, next.limit];
    lane.throttle = next;
    if (to === from) return;
    const line =
      to < from
        ? `${model} limits the rate: at most ${to} requests at once from here, before ${from}`
        : `${model}: ${to} requests at once again`;
    this.#say(line);
    const reason =
      to < from ? `${model} refused a request for the rate (429)` : `${model} answered ${from} in a row`;
    tell({ model, from, to, reason });
  }
}
