import type { World } from './world.ts';

const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  Nat: ['2', '0', '1'],
  Bool: ['true', 'false'],
  Int: ['-1', '2', '0'],
  'List Nat': ['[2, 1]', '[1]', '[]'],
  'List Bool': ['[true, false]', '[]'],
};
const DEEP = 3;

/** A few closed terms of a type, none where the text does not show how to make one. */
export function samplesOf(type: string, world: World, deep = DEEP): readonly string[] {
  const built = BUILT_IN[type];
  if (built !== undefined) return built;
  const own = world.types.get(type);
  if (own === undefined || own.predicate || deep === 0) return [];
  const made = own.constructors.flatMap((c) => {
    const args = c.arguments.map((a) => samplesOf(a, world, deep - 1)[0]);
    if (args.some((a) => a === undefined)) return [];
    const text = `${type}.${c.name}`;
    return [{ text: args.length === 0 ? text : `(${text} ${args.join(' ')})`, size: args.length }];
  });
  return made
    .toSorted((a, b) => b.text.length - a.text.length)
    .slice(0, 3)
    .map((m) => m.text);
}
