import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BlockSplitter, frame } from '../../../lean/repl/framing.ts';
import { ByteRing } from '../../../lean/repl/ring.ts';

/** Bytes cut at arbitrary places. */
const cut = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const at = [0, ...places.map((p) => p % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
};

test('blocks come out whole however their bytes arrive', () => {
  const value = fc.record({ cmd: fc.string({ unit: 'binary' }), env: fc.nat() });
  fc.assert(
    fc.property(fc.array(value), fc.boolean(), fc.array(fc.nat()), (values, returns, places) => {
      const end = returns ? '\r\n\r\n' : '\n\n';
      const pretty = returns ? JSON.stringify : (v: unknown) => JSON.stringify(v, null, 2);
      const bytes = Buffer.from(values.map((v) => pretty(v) + end).join(''));
      const splitter = new BlockSplitter();
      const blocks = cut(bytes, places).flatMap((chunk) => splitter.push(chunk));
      expect(blocks.map((block) => JSON.parse(block.toString('utf8')))).toEqual(
        JSON.parse(JSON.stringify(values)),
      );
      expect(splitter.pending).toBe(0);
    }),
  );
});

test('blank lines before, between and after blocks are no blocks', () => {
  const splitter = new BlockSplitter();
  const blocks = splitter.push(Buffer.from('\n\n\n{"env": 0}\n\n\n\n\r\n{"env":\n1}\n\nrest'));
  expect(blocks.map((block) => block.toString().trim())).toEqual(['{"env": 0}', '{"env":\n1}']);
  expect(splitter.pending).toBe(4);
});

test('a request is one line and a blank one, whatever it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (cmd) => {
      const text = frame({ cmd });
      expect(text.split('\n')).toHaveLength(3);
      expect(JSON.parse(text)).toEqual({ cmd });
    }),
  );
});

test('the ring keeps the end of a stream', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 30 })), (pieces) => {
      const ring = new ByteRing(16);
      for (const piece of pieces) ring.push(Buffer.from(piece, 'latin1'));
      const all = Buffer.from(pieces.join(''), 'latin1');
      expect(ring.text()).toBe(
        all
          .subarray(Math.max(0, all.length - 16))
          .toString('utf8')
          .trim(),
      );
    }),
  );
});
