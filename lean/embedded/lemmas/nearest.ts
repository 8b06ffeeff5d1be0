import { distance } from 'fastest-levenshtein';
import type { Known } from './declarations.ts';

/** Share of a component that may differ. */
const FAR = 0.34;
/** Share of the words of a component (`add_sub_cancel`) that have to be the same. */
const SAME_WORDS = 0.6;
const WORDS_APART = 0.4;
/** What another namespace costs, beside the share of the last component that differs. */
const OTHER_NAMESPACE = 0.35;
const AKIN = 0.15;
const OF_THE_GOAL = 0.1;

/** How much worse than the nearest one another may be. */
const WORSE = 0.3;

type Near<T> = { readonly known: T; readonly cost: number };

/**
 * Existing names like one that does not exist, the nearest first: the same last component in another namespace, one that
 * is a few letters off, or one of mostly the same words. `about`: namespaces of what the goal is about.
 */
export function nearestNames<T extends Pick<Known, 'name' | 'namespace'>>(
  name: string,
  known: Iterable<readonly [last: string, declarations: readonly T[]]>,
  about: ReadonlySet<string>,
): T[] {
  const parts = name.split('.');
  const last = parts.at(-1) ?? '';
  const namespace = parts.slice(0, -1).join('.');
  const words = new Set(last.split('_'));
  const near: Near<T>[] = [];
  for (const [other, declarations] of known) {
    const apart = componentCost(last, words, other);
    if (apart === null) continue;
    for (const one of declarations) {
      if (one.name === name) continue;
      near.push({ known: one, cost: apart + namespaceCost(namespace, one.namespace, about) });
    }
  }
  const best = near.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY);
  return near
    .filter(({ cost }) => cost <= best + WORSE)
    .sort(
      (a, b) =>
        a.cost - b.cost ||
        a.known.name.length - b.known.name.length ||
        (a.known.name < b.known.name ? -1 : a.known.name > b.known.name ? 1 : 0),
    )
    .map((one) => one.known);
}

function componentCost(last: string, words: ReadonlySet<string>, other: string): number | null {
  if (last === other) return 0;
  const longer = Math.max(last.length, other.length);
  const most = Math.max(1, longer * FAR);
  if (Math.abs(last.length - other.length) <= most) {
    const far = distance(last, other);
    if (far <= most && far < longer) return far / longer;
  }
  if (words.size < 2) return null;
  const others = new Set(other.split('_'));
  const same = [...words].filter((word) => others.has(word)).length;
  const share = same / (words.size + others.size - same);
  return share >= SAME_WORDS ? (1 - share) * WORDS_APART + FAR / 2 : null;
}

function namespaceCost(asked: string, found: string, about: ReadonlySet<string>): number {
  if (asked === found) return 0;
  const root = found.split('.', 1)[0]!;
  if (asked === '') return about.has(root) ? OF_THE_GOAL : OTHER_NAMESPACE;
  if (found.startsWith(`${asked}.`) || asked.startsWith(`${found}.`) || found.endsWith(`.${asked}`))
    return AKIN;
  return about.has(root) ? OTHER_NAMESPACE - OF_THE_GOAL : OTHER_NAMESPACE;
}
