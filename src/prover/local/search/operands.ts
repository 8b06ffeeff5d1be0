import { tokensOf } from './goal-view.ts';
import { joined } from './terms.ts';

const OPEN: ReadonlySet<string> = new Set(['(', '[', '⟨', '{']);
const CLOSE: ReadonlySet<string> = new Set([')', ']', '⟩', '}']);

/** What stands left and right of an infix operator, where that is a word, a numeral or in brackets. */
export function operandsOf(
  text: string,
  operator: string,
): { readonly left: string; readonly right: string }[] {
  const tokens = tokensOf(text);
  const simple = (t: string | undefined) => t !== undefined && /^[\p{L}\p{N}_]/u.test(t);
  const group = (from: number, by: 1 | -1, begins: ReadonlySet<string>): string | null => {
    if (simple(tokens[from])) return tokens[from]!;
    let depth = 0;
    for (let i = from; i >= 0 && i < tokens.length; i += by) {
      if (begins.has(tokens[i]!)) depth += 1;
      else if ((by === 1 ? CLOSE : OPEN).has(tokens[i]!)) depth -= 1;
      if (depth === 0)
        return i === from ? null : joined(tokens.slice(Math.min(from, i), Math.max(from, i) + 1));
    }
    return null;
  };
  return tokens.flatMap((t, i) => {
    if (t !== operator) return [];
    const left = group(i - 1, -1, CLOSE);
    const right = group(i + 1, 1, OPEN);
    return left === null || right === null ? [] : [{ left, right }];
  });
}
