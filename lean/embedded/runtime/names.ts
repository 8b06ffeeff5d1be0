import type { Memory } from './memory.ts';
import type { Objects } from './objects.ts';
import type { Obj } from './types.ts';

const STRING_COMPONENT = 1;

/** `Lean.Name`: boxed 0 is anonymous, tag 1 is `str prefix text`, tag 2 is `num prefix nat`. */
export function createNames(memory: Memory, objects: Objects) {
  const { W, box, isBox, tag, field, inc, dec } = memory;
  const str = W('l_Lean_Name_str___override');
  const num = W('l_Lean_Name_num___override');
  const reprNat = W('l_Nat_reprFast');

  const name = (...parts: readonly (string | number)[]): Obj =>
    parts.reduce<Obj>(
      (prefix, part) =>
        typeof part === 'number' ? num(prefix, box(part)) : str(prefix, objects.string(part)),
      box(0),
    );

  // A hash in a name may exceed 2^31: then it is a big Nat object, not a boxed scalar.
  const natText = (o: Obj): string => {
    if (isBox(o)) return String(o >>> 1);
    const text = reprNat(inc(o));
    const digits = objects.stringText(text);
    dec(text);
    return digits;
  };

  const stringKey = (text: string) => `/${JSON.stringify(text)}`;
  const nameKey = (o: Obj): string => {
    let key = '';
    for (let n = o; !isBox(n); n = field(n, 0)) {
      const part = field(n, 1);
      key = (tag(n) === STRING_COMPONENT ? stringKey(objects.stringText(part)) : `#${natText(part)}`) + key;
    }
    return key;
  };
  const keyOf = (...parts: readonly (string | number)[]): string =>
    parts.map((part) => (typeof part === 'number' ? `#${part}` : stringKey(part))).join('');

  const nameText = (o: Obj): string => {
    const parts: string[] = [];
    for (let n = o; !isBox(n); n = field(n, 0)) {
      const part = field(n, 1);
      parts.unshift(tag(n) === STRING_COMPONENT ? objects.stringText(part) : natText(part));
    }
    return parts.join('.');
  };

  return { name, nameKey, keyOf, nameText, natText };
}
