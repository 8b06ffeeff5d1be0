import { setTimeout as sleep } from 'node:timers/promises';
import type { LeanService } from '../../../lean/service.ts';
import type { Fault, World } from './fault.ts';
import { ownAnswer } from './requests.ts';

/** A row of the table. Times in milliseconds. */
export type Observation = {
  readonly group: Fault['group'];
  readonly done: string;
  /** Outcomes with their number. */
  readonly happened: Readonly<Record<string, number>>;
  readonly rightClass: boolean;
  /** Answers that were lost, belonged to another request, or came cut. */
  readonly wrong: readonly string[];
  readonly overMs: number | null;
  /** From the outcome (or the kill) to the answer of the next request. */
  readonly nextMs: number;
  /** From the same moment until every slot and the spare are there again. */
  readonly wholeMs: number;
  readonly strength: string;
  readonly instance: 'the same' | 'another';
};

export type Expected = { readonly slots: number; readonly spare: number };
const WHOLE_MS = 60_000;
let number = 500_000;

const count = (lean: LeanService): Expected => {
  const { instances } = lean.status();
  const spare = instances.filter(({ state }) => state === 'spare').length;
  return { slots: instances.length - spare, spare };
};
const isWhole = (lean: LeanService, { slots, spare }: Expected): boolean => {
  const now = count(lean);
  return now.slots === slots && now.spare === spare && lean.status().busy === 0;
};

/** Fills every slot. */
export async function filled(lean: LeanService, expected: Expected): Promise<void> {
  const ends = performance.now() + WHOLE_MS;
  while (!isWhole(lean, expected) && performance.now() < ends) {
    if (count(lean).slots < expected.slots)
      await Promise.all(Array.from({ length: expected.slots }, () => ownAnswer(lean, ++number)));
    await sleep(20);
  }
}

/** Plays one fault and looks at what becomes of it, of the next request, and of the pool. */
export async function observe(fault: Fault, world: World, expected: Expected): Promise<Observation> {
  const { lean } = world;
  if (!fault.cold) await filled(lean, expected);
  const ids = () => lean.status().instances.flatMap(({ id, state }) => (state === 'spare' ? [] : [id]));
  const before = ids();
  const { outcomes, overMs, wrong = [], ...measured } = await fault.provoke(world);
  const after = performance.now();
  const next = await ownAnswer(lean, ++number);
  const nextMs = measured.nextMs ?? performance.now() - after;
  if (fault.cold) await filled(lean, expected);
  while (!isWhole(lean, expected) && performance.now() - after < WHOLE_MS) await sleep(5);
  const wholeMs = performance.now() - after;
  const strength = count(lean);
  const same = ids().every((id) => before.includes(id));
  const others = await Promise.all(
    Array.from({ length: 2 * expected.slots }, () => ownAnswer(lean, ++number)),
  );
  return {
    group: fault.group,
    done: fault.name,
    happened: Object.fromEntries(
      [...new Set(outcomes)].sort().map((o) => [o, outcomes.filter((other) => other === o).length]),
    ),
    rightClass: outcomes.every((outcome) => fault.right.includes(outcome)),
    wrong: [...wrong, ...[next, ...others].filter((answer) => answer !== null)],
    overMs: overMs === undefined ? null : Math.round(overMs),
    nextMs: Math.round(nextMs),
    wholeMs: Math.round(wholeMs),
    strength: `${strength.slots} of ${expected.slots} slots, ${strength.spare} of ${expected.spare} spare`,
    instance: same ? 'the same' : 'another',
  };
}
