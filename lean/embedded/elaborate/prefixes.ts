import type { CommandState, LeanRuntime, Prefix } from '../runtime/types.ts';

const KEPT = 8;

/** States behind trusted contexts, the least recently used one released first. */
export function createPrefixCache(lean: Pick<LeanRuntime, 'inc' | 'dec'>) {
  const kept = new Map<string, Prefix>();
  const count = (state: CommandState, by: (o: number) => unknown) => {
    by(state.command);
    by(state.parser);
  };
  return (key: string, make: () => Prefix): Prefix => {
    const found = kept.get(key);
    if (found) {
      kept.delete(key);
      kept.set(key, found);
      return found;
    }
    const made = make();
    count(made.state, lean.inc);
    kept.set(key, made);
    const [oldest] = kept;
    if (kept.size > KEPT && oldest) {
      kept.delete(oldest[0]);
      count(oldest[1].state, lean.dec);
    }
    return made;
  };
}
