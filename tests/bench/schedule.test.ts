import { expect, test } from '@jest/globals';
import { compare, compareWithin } from '../../bench/schedule/compare.ts';
import { readRecorded } from '../../bench/schedule/recorded.ts';
import { trained } from '../../bench/schedule/trained.ts';

const LANES = [1, 2, 4, 8, 16];
/** What is known of theorems that were run before. */
const KNOWN = ['perfect', 'last', 'predictor'] as const;
const rounds = await readRecorded(new URL('../../bench/schedule/times.jsonl', import.meta.url));
const learned = { predictor: await trained(rounds) };
const cells = compare(rounds, learned, LANES, KNOWN);

test('on recorded times longest-first ends within 10 % of the lower bound, for any number of lanes', () => {
  const longest = cells.filter((c) => c.order === 'longest-first');
  expect(longest).toHaveLength(KNOWN.length * LANES.length);
  expect(longest.filter((c) => c.ratio > 1.1).map((c) => [c.knowledge, c.lanes, c.ratio])).toEqual([]);
});

test.each(['last', 'predictor'])('value brings proofs sooner than the order of the file (%s)', (known) => {
  for (const lanes of LANES) {
    const [file, value] = ['file', 'value'].map(
      (o) => cells.find((c) => c.knowledge === known && c.lanes === lanes && c.order === o)!,
    );
    expect(value!.meanToProofMs).toBeLessThan(file!.meanToProofMs);
  }
});

test('the theorems chosen for a time bring at least as many proofs as those that come first', () => {
  for (const row of compareWithin(rounds, learned, [1, 4], KNOWN))
    expect(row.solved).toBeGreaterThanOrEqual(row.solvedInFileOrder);
});
