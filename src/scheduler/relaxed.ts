import { CRUMB, type Item } from './packing.ts';

type Left = { readonly ms: number; readonly usd: number };

/** The most value that fits into `room` if the last one may be cut (Dantzig's bound), of items sorted by value for `size`. */
const fractional = (
  sorted: readonly { readonly at: number; readonly item: Item }[],
  from: number,
  room: number,
  size: 'ms' | 'usd',
): number => {
  let value = 0;
  let left = room;
  for (const { at, item } of sorted) {
    if (at < from) continue;
    if (item[size] > left + CRUMB) return value + item.value * (Math.max(0, left) / item[size]);
    left -= item[size];
    value += item.value;
  }
  return value;
};

/**
 * What the items from an index on can add at most to what is left of the limits: no more than if all lanes were one and
 * theorems could be cut, for each limit by itself.
 */
export const upperBound = (items: readonly Item[]): ((from: number, left: Left) => number) => {
  const by = (size: 'ms' | 'usd') =>
    items
      .map((item, at) => ({ at, item }))
      .toSorted(
        (a, b) => b.item.value / Math.max(CRUMB, b.item[size]) - a.item.value / Math.max(CRUMB, a.item[size]),
      );
  const [byMs, byUsd] = [by('ms'), by('usd')];
  return (from, left) =>
    Math.min(fractional(byMs, from, left.ms, 'ms'), fractional(byUsd, from, left.usd, 'usd'));
};
