import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nearestNames } from '../../../lean/embedded/lemmas/nearest.ts';

const declarations = (...names: string[]) => {
  const byLast = new Map<string, { name: string; namespace: string }[]>();
  for (const name of names) {
    const at = name.lastIndexOf('.');
    const last = name.slice(at + 1);
    byLast.set(last, [...(byLast.get(last) ?? []), { name, namespace: at < 0 ? '' : name.slice(0, at) }]);
  }
  return byLast;
};
const nearest = (name: string, names: string[], about: string[] = []) =>
  nearestNames(name, declarations(...names), new Set(about)).map((one) => one.name);

test('a slip of the pen comes before another namespace, and that before other words', () => {
  const names = ['Nat.add_comm', 'Int.add_com', 'Nat.sub_comm', 'Nat.pred'];
  expect(nearest('Nat.add_com', names)).toEqual(['Nat.add_comm', 'Int.add_com']);
});

test('a name without namespace is looked for in those of the goal first', () => {
  const names = ['Fin.mul_comm', 'Int.mul_comm', 'Nat.mul_comm'];
  expect(nearest('mul_comm', names, ['Int'])[0]).toBe('Int.mul_comm');
  expect(nearest('mul_comm', names, ['Nat'])[0]).toBe('Nat.mul_comm');
});

test('most words the same is near, in whatever order', () => {
  expect(nearest('Nat.add_sub_cancel_right_of_le', ['Nat.add_sub_cancel_right', 'Nat.zero_lt'])).toEqual([
    'Nat.add_sub_cancel_right',
  ]);
});

test('whatever the name, it is never answered with itself, and every answer exists, once', () => {
  const name = fc.stringMatching(/^[a-c_]{1,6}(\.[a-c_]{1,6}){0,2}$/);
  fc.assert(
    fc.property(name, fc.uniqueArray(name, { maxLength: 30 }), (asked, names) => {
      const found = nearest(asked, names);
      expect(found).not.toContain(asked);
      expect(new Set(found).size).toBe(found.length);
      expect(names).toEqual(expect.arrayContaining(found));
    }),
  );
});
