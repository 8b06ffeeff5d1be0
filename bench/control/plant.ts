import { type Decision, type Held, held } from '../../src/scheduler/control/hold.ts';
import { type SlotPolicy, WINDOW_MS } from '../../src/scheduler/control/policy.ts';
import { controlSlots } from '../../src/scheduler/control/slots.ts';

/** A machine and what is asked of it: a simulation, with Lean checks that keep a core busy each. */
export type Plant = {
  readonly cores: number;
  /** Checks that want a slot at a time (seconds). */
  readonly demand: (second: number) => number;
  /** Share of the machine that others take. */
  readonly foreign: (second: number) => number;
  /** Bytes free when no instance lives, and what each takes. */
  readonly memory: (second: number) => number;
  readonly each: number;
  /** -1 to 1, for the noise of the demand. */
  readonly random: () => number;
  readonly noise: number;
};

export type Trace = {
  readonly slots: readonly number[];
  readonly load: readonly number[];
  readonly free: readonly number[];
  readonly decisions: readonly (Decision & { readonly second: number })[];
  /** Core-seconds of Lean's work that were done. */
  readonly work: number;
  readonly busy: number;
  readonly available: number;
};

/** A second a step; the controller looks every two seconds at the means of its window. `fixed`: no controller. */
export const simulate = (
  plant: Plant,
  policy: SlotPolicy,
  { seconds, start, fixed = false }: { seconds: number; start: number; fixed?: boolean },
): Trace => {
  let state: Held = held(start);
  const window = WINDOW_MS / 1000;
  const [slots, load, free, busy]: number[][] = [[], [], [], []] as number[][] as [
    number[],
    number[],
    number[],
    number[],
  ];
  const decisions: (Decision & { second: number })[] = [];
  let work = 0;
  for (let second = 0; second < seconds; second += 1) {
    const wanted = Math.max(0, plant.demand(second) * (1 + plant.noise * plant.random()));
    const atWork = Math.min(state.value, wanted);
    const left = Math.max(0, plant.cores * (1 - plant.foreign(second)));
    work += Math.min(atWork, left);
    slots!.push(state.value);
    busy!.push(atWork);
    load!.push(Math.min(1, plant.foreign(second) + atWork / plant.cores));
    free!.push(plant.memory(second) - Math.ceil(atWork) * plant.each);
    if (fixed || second % 2 === 1) continue;
    const mean = (values: readonly number[]) =>
      values.slice(-window).reduce((a, b) => a + b, 0) / Math.min(window, values.length);
    const sample = {
      at: second * 1000,
      load: mean(load!),
      freeBytes: free!.at(-1) ?? null,
      busyMs: mean(busy!) * WINDOW_MS,
      availableMs: mean(slots!) * WINDOW_MS,
    };
    const step = controlSlots(policy, state, sample);
    state = step.state;
    if (step.decision !== null) decisions.push({ ...step.decision, second });
  }
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return {
    slots: slots!,
    load: load!,
    free: free!,
    decisions,
    work,
    busy: sum(busy!),
    available: sum(slots!),
  };
};
