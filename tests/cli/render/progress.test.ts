import { expect, test } from '@jest/globals';
import { plain } from '../../../src/cli/render/paint.ts';
import { countsLine, liveLines, plainLine, resultLine } from '../../../src/cli/render/progress.ts';
import { columns } from '../../../src/cli/render/width.ts';
import { atWork, progress, result } from '../samples.ts';

test('the drawing has a line for each theorem in work and one that counts', () => {
  const p = progress({
    running: [atWork(), atWork({ theoremId: 'b', phase: 'model', round: 2, attempts: 40 })],
  });
  const lines = liveLines(p, 12_300, 0, 100, plain);
  expect(lines).toEqual([
    '⠋ mul_comm  local prover in Lean',
    '⠋ b         round 2, asks the model, 40 tried',
    '1 of 3: 1 solved; 2 in work; 12.3 s',
  ]);
});

test('no line of the drawing is wider than the terminal', () => {
  const p = progress({ running: [atWork({ theoremId: 'x'.repeat(300) })] });
  for (const line of liveLines(p, 1, 7, 40, plain)) expect(columns(line)).toBeLessThanOrEqual(40);
});

test('a paused run and paused theorems say so', () => {
  const p = progress({ state: 'paused', running: [atWork({ paused: true })] });
  expect(countsLine(p, 1000)).toBe('1 of 3: 1 solved; paused; 1.0 s');
  expect(liveLines(p, 1000, 0, 80, plain)[0]).toContain('paused');
});

test('a log line names what is in work, three at most', () => {
  const running = ['a', 'b', 'c', 'd', 'e'].map((theoremId) => atWork({ theoremId }));
  const line = plainLine(progress({ running }), 1000);
  expect(line).toContain('a (local prover in Lean)');
  expect(line).toContain('and 2 more');
  expect(line).not.toContain('d (');
});

test('a result line tells who solved it, or why nobody did', () => {
  expect(resultLine(result(), plain)).toBe('✓ add_comm  solved  local, 3 tried, 1.5 s');
  expect(resultLine(result({ cached: true, attempts: 0 }), plain)).toBe(
    '✓ add_comm  solved  from the store, 1.5 s',
  );
  expect(resultLine(result({ outcome: 'unsolved', stoppedBy: 'time', prover: null }), plain)).toBe(
    '✗ add_comm  unsolved  stopped by the time limit, 3 tried, 1.5 s',
  );
  const starved = { outcome: 'unsolved', stoppedScope: 'run', prover: null, attempts: 0 } as const;
  expect(resultLine(result({ ...starved, stoppedBy: 'cost' }), plain)).toBe(
    '✗ add_comm  unsolved  no money of the run free for a request, 1.5 s',
  );
});
