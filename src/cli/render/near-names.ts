import type { Verdict } from '../../model/index.ts';
import type { Paint } from './paint.ts';

/** Existing names shown for one that does not exist. */
const SHOWN = 3;

/** For each name that Lean did not know: existing ones like it, with their types. */
export const nearNameLines = (verdict: Verdict, paint: Paint): string[] => {
  if (verdict.status !== 'rejected') return [];
  return (verdict.unknown ?? []).flatMap(({ name, near }) =>
    near.length === 0
      ? []
      : [
          `Like ${paint('bold', name)}, which does not exist:`,
          ...near.slice(0, SHOWN).map((one) => `  ${paint('bold', one.name)} : ${one.type}`),
        ],
  );
};
