import type { LeanService } from '../../../lean/service.ts';
import type { Fault, World } from './fault.ts';
import { job, outcomeOf, ownAnswer, proof } from './requests.ts';

/** A right proof that takes Lean a good part of a second, so that a kill finds it at work. */
const CONTEXT = 'def slow : Nat → Nat → Nat | 0, a => a | n+1, a => slow n (slow n (a+1))\n';
const LONG = job(': slow 14 0 = 16383', 60_000, CONTEXT);
const LONG_PROOF = proof('by decide +kernel');
const ENDLESS = job(': 5 ^ 999999 % 7 = 6', 3_000);

export const hosts = (lean: LeanService) => {
  const { instances } = lean.status();
  const of = (spare: boolean) => [
    ...new Set(instances.filter(({ state }) => (state === 'spare') === spare).map(({ pid }) => pid)),
  ];
  return { slots: of(false), spare: of(true) };
};

const signal = (pids: readonly number[], name: NodeJS.Signals) => {
  for (const pid of pids) process.kill(pid, name);
};

/** Starts the requests, and does `deed` when all are at work. */
async function during(count: number, start: (begun: () => void) => Promise<string>, deed: () => void) {
  const all = Promise.withResolvers<void>();
  let begun = 0;
  const running = Array.from({ length: count }, () =>
    start(() => {
      begun += 1;
      if (begun === count) all.resolve();
    }),
  );
  await Promise.race([all.promise, Promise.all(running)]);
  deed();
  return await Promise.all(running);
}

const killed = (name: string, right: readonly string[], deed: (world: World) => void, count = 1): Fault => ({
  group: 'kill',
  name,
  right,
  provoke: async (world) => {
    let next = Promise.resolve({ nextMs: 0, wrong: [] as string[] });
    const outcomes = await during(
      count,
      (onStart) => outcomeOf(world.lean.screen(LONG, LONG_PROOF, { onStart })),
      () => {
        deed(world);
        next = asked(world.lean);
      },
    );
    return { outcomes, ...(await next) };
  },
});

/** A request at the moment of the fault. */
async function asked(lean: LeanService): Promise<{ nextMs: number; wrong: string[] }> {
  const began = performance.now();
  const wrong = await ownAnswer(lean, 400_000);
  return { nextMs: performance.now() - began, wrong: wrong === null ? [] : [wrong] };
}

const idle = (name: string, deed: (world: World) => void): Fault => ({
  group: 'kill',
  name,
  right: [],
  provoke: async (world) => {
    deed(world);
    return { outcomes: [] };
  },
});

export const kills: readonly Fault[] = [
  killed('kill -9 of the host with a request at work', ['accepted'], ({ lean }) =>
    signal(hosts(lean).slots, 'SIGKILL'),
  ),
  killed(
    'kill -9 of the host with two requests at work',
    ['accepted'],
    ({ lean }) => signal(hosts(lean).slots, 'SIGKILL'),
    2,
  ),
  {
    group: 'kill',
    name: 'kill -9 of whatever host the request is in, three times',
    right: ['accepted'],
    provoke: async ({ lean }) => {
      let kills = 0;
      const again = setInterval(() => {
        const busy = lean.status().instances.find(({ state }) => state === 'busy');
        if (busy === undefined || kills === 3) return;
        kills += 1;
        signal([busy.pid], 'SIGKILL');
      }, 300);
      try {
        return { outcomes: [await outcomeOf(lean.screen(LONG, LONG_PROOF))] };
      } finally {
        clearInterval(again);
      }
    },
  },
  idle('kill -9 of the idle host of the slots', ({ lean }) => signal(hosts(lean).slots, 'SIGKILL')),
  idle('kill -9 of the idle host of the spare', ({ lean }) => signal(hosts(lean).spare, 'SIGKILL')),
  idle('kill -9 of both hosts at once', ({ lean }) => {
    const { slots, spare } = hosts(lean);
    signal([...slots, ...spare], 'SIGKILL');
  }),
  {
    group: 'kill',
    name: 'host frozen (SIGSTOP) under a request, wall clock 3 s',
    right: ['timeout'],
    provoke: async ({ lean }) => {
      const began = performance.now();
      const outcomes = await during(
        1,
        (onStart) => outcomeOf(lean.screen(ENDLESS, proof('by omega'), { onStart })),
        () => signal(hosts(lean).slots, 'SIGSTOP'),
      );
      return { outcomes, overMs: performance.now() - began - ENDLESS.options.wallMs };
    },
  },
];
