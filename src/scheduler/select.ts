import { CRUMB, type Item, type Limits, Packing } from './packing.ts';
import { upperBound } from './relaxed.ts';

export type Selection = {
  /** For each lane what it runs, so that no lane ends after the limit. */
  readonly lanes: readonly (readonly Item[])[];
  readonly value: number;
  /** No choice is worth more. */
  readonly bound: number;
  /** None is better. */
  readonly exact: boolean;
};

/** Beyond that many theorems the choice is the greedy one. */
const SMALL = 200;
/** Looks at theorems in the search, all nodes together: a fraction of a second. */
const STEPS = 2e6;

/**
 * The best theorems under a limit of time, of money, or both: a knapsack over identical lanes. Depth-first branch and
 * bound over the theorems in the order of their value for what they take of the limits; it starts from the greedy choice
 * and cuts what the fractional knapsack says cannot be better. If its steps run out the best found stands, and `bound`
 * says how far from the best it can be.
 */
export const select = (items: readonly Item[], asked: Limits): Selection => {
  // Without a limit of time there is nothing to pack.
  const limits = {
    ...asked,
    lanes: asked.ms === Infinity ? 1 : Math.max(1, Math.min(asked.lanes, items.length)),
  };
  const share = ({ ms, usd }: Item) => ms / (limits.ms * limits.lanes) + usd / Math.max(CRUMB, limits.usd);
  const density = (item: Item) => item.value / Math.max(CRUMB, share(item));
  const all = items
    .filter(({ ms, usd }) => ms <= limits.ms && usd <= limits.usd)
    .toSorted((a, b) => density(b) - density(a));
  const boundFor = upperBound(all);
  const packing = new Packing(limits);
  const bound = boundFor(0, packing.left);

  // With the dearest first the choice is never worth less than the best single theorem.
  const greedy = [all, all.toSorted((a, b) => b.value - a.value)].map((in_) => new Packing(limits).fill(in_));
  let best = greedy.reduce((a, b) => (b.value > a.value + CRUMB ? b : a));
  let steps = all.length > SMALL ? 0 : STEPS;
  const done = () => steps <= 0 || best.value >= bound - CRUMB;
  const search = (i: number): void => {
    if (packing.value > best.value + CRUMB) best = packing.copy();
    const item = all[i];
    if (item === undefined || done()) return;
    steps -= all.length + limits.lanes;
    if (packing.value + boundFor(i, packing.left) <= best.value + CRUMB) return;
    for (const lane of packing.open(item)) {
      const takeOut = packing.put(item, lane);
      search(i + 1);
      takeOut();
      if (done()) return;
    }
    search(i + 1);
  };
  search(0);

  const { value, lanes } = best.copy().fill(all);
  return {
    lanes: Array.from({ length: limits.lanes }, (_, lane) => all.filter((item) => lanes.get(item) === lane)),
    value,
    bound: Math.max(value, bound),
    exact: steps > 0 || value >= bound - CRUMB,
  };
};
