import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Outcome } from './fault.ts';
import { job, outcomeOf, ownAnswer, proof } from './requests.ts';

const REQUESTS = 200;

/** A small generator with a seed, so that a run can be repeated (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const schedules: readonly Fault[] = [
  {
    group: 'schedule',
    name: `${REQUESTS} requests, cancelled at random`,
    right: ['own answer', 'cancelled'],
    provoke: async ({ lean }) => {
      const next = random(20_260_801);
      const wrong: string[] = [];
      const one = async (number: number): Promise<Outcome> => {
        const controller = new AbortController();
        const reason = new Error(`request ${number} is not wanted any more`);
        void sleep(next() * 2_500).then(() => controller.abort(reason));
        const asked = ownAnswer(lean, number, controller.signal).then((fault) => {
          if (fault !== null) wrong.push(fault);
          return { status: 'own answer' };
        });
        return await outcomeOf(asked, reason);
      };
      const outcomes = await Promise.all(Array.from({ length: REQUESTS }, (_, i) => one(10_000 + i)));
      return { outcomes, wrong };
    },
  },
  {
    group: 'schedule',
    name: 'bignum work, cancelled after 300 ms',
    right: ['cancelled'],
    provoke: async ({ lean }) => {
      const controller = new AbortController();
      const reason = new Error('the sibling won');
      const request = lean.screen(job(': 5 ^ 999999 % 7 = 6'), proof('by omega'), {
        signal: controller.signal,
        onStart: () => void sleep(300).then(() => controller.abort(reason)),
      });
      let over = 0;
      controller.signal.addEventListener('abort', () => {
        over = performance.now();
      });
      const outcomes = [await outcomeOf(request, reason)];
      return { outcomes, overMs: performance.now() - over };
    },
  },
];
