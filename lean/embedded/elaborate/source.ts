import type { Position } from '../../../src/model/index.ts';

/** Lean counts in bytes of UTF-8 with line ends `\n`; CRLF would shift every offset behind it. */
export const leanText = (text: string): string => text.replaceAll('\r\n', '\n');

/** Byte offsets of a text as positions (1-based line, 0-based column in code points). */
export function positionsOf(text: string): (byte: number) => Position {
  const utf8 = Buffer.from(text, 'utf8');
  const starts = [0];
  for (let at = utf8.indexOf(10); at >= 0; at = utf8.indexOf(10, at + 1)) starts.push(at + 1);
  return (byte) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= byte) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: [...utf8.toString('utf8', starts[low]!, byte)].length };
  };
}
