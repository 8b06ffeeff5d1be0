import type { UserType } from './constructors.ts';
import type { Item } from './telescope.ts';
import { valuesOf } from './values.ts';

/** One choice of values, with what to call the refuted hypothesis with. */
export type Instance = {
  /** `a = 0, b = 1`; '' when there is nothing to choose. */
  readonly said: string;
  /** Arguments of `@h`; a hypothesis in between is `?`. */
  readonly all: readonly string[];
  /** Arguments of `h`. */
  readonly shown: readonly string[];
};

/** Values of one variable at most. */
const EACH = 10;
/** Sums of positions in the lists of values that are looked at. */
const FARTHEST = 14;

/** Choices of values for the variables of a statement, at most `most`, smaller values first. */
export function instancesOf(
  items: readonly Item[],
  types: ReadonlyMap<string, UserType>,
  most: number,
): readonly Instance[] {
  // Hypotheses behind the last variable stay where they are.
  const end = items.findLastIndex((item) => item.kind !== 'hypothesis');
  const asked = items.slice(0, end + 1);
  const variables = asked.filter((item) => item.kind === 'value').length;
  if (variables === 0) return [{ said: '', all: [], shown: [] }];
  const found: Instance[] = [];
  const visit = (i: number, chosen: ReadonlyMap<string, string>, sofar: Instance, left: number): void => {
    if (found.length >= most) return;
    const item = asked[i];
    if (item === undefined) {
      if (left === 0) found.push(sofar);
      return;
    }
    if (item.kind !== 'value') {
      const all = [...sofar.all, item.kind === 'instance' ? '_' : '?'];
      const shown = item.kind === 'instance' ? sofar.shown : [...sofar.shown, '?'];
      visit(i + 1, chosen, { ...sofar, all, shown }, left);
      return;
    }
    const type = item.type.flatMap((t) => (chosen.has(t) ? ['(', chosen.get(t)!, ')'] : [t]));
    const values = valuesOf(type, types, EACH);
    const isLast = !asked.slice(i + 1).some((other) => other.kind === 'value');
    for (const [position, value] of values.entries()) {
      if (position > left || (isLast && position !== left)) continue;
      const argument = /^-/.test(value) ? `(${value})` : value;
      const said = `${item.name} = ${value.replace(/^\((.*)\)$/, '$1')}`;
      visit(
        i + 1,
        item.name === '_' ? chosen : new Map(chosen).set(item.name, value),
        {
          said: sofar.said === '' ? said : `${sofar.said}, ${said}`,
          all: [...sofar.all, argument],
          shown: item.shown ? [...sofar.shown, argument] : sofar.shown,
        },
        left - position,
      );
    }
  };
  for (let sum = 0; sum <= FARTHEST && found.length < most; sum += 1)
    visit(0, new Map(), { said: '', all: [], shown: [] }, sum);
  return found;
}
