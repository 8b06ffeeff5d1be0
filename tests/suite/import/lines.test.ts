import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Line, linesOf } from '../../../src/suite/import/lines.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const read = async (text: string | Uint8Array, size = 7, max?: number): Promise<Line[]> => {
  const lines: Line[] = [];
  for await (const line of linesOf(inPieces(Buffer.from(text), size), max)) lines.push(line);
  return lines;
};

test('however the bytes come, the lines are those of the text', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary' }).map((s) => s.replaceAll(/[\n\r\ufeff]/g, '').toWellFormed())),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('\n', '\r\n'),
      async (lines, size, end) => {
        const told = await read(lines.map((l) => l + end).join(''), size);
        expect(told).toEqual(lines.map((text, i) => ({ line: i + 1, text })));
      },
    ),
  ));

test('a line that is too long is a fault of its own', async () => {
  const told = await read(`a\n${'x'.repeat(100)}\nb`, 9, 50);
  expect(told).toEqual([
    { line: 1, text: 'a' },
    { line: 2, fault: 'the line has 100 bytes; 50 are the most that is read as a record' },
    { line: 3, text: 'b' },
  ]);
});

test('bytes that are no UTF-8 are a fault of their line', async () => {
  const told = await read(Buffer.concat([Buffer.from('a\n'), Buffer.from([0xff, 0x0a]), Buffer.from('b\n')]));
  expect(told).toEqual([
    { line: 1, text: 'a' },
    { line: 2, fault: 'it is not UTF-8 text' },
    { line: 3, text: 'b' },
  ]);
});
