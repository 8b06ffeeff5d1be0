import { expect, test } from '@jest/globals';
import { compare, compareWithin } from '../../bench/schedule/compare.ts';
import { learnedFrom } from '../../bench/schedule/predicted.ts';
import { readRecorded } from '../../bench/schedule/recorded.ts';

const LANES = [1, 2, 4, 8, 16];
const rounds = await readRecorded(new URL('../../bench/schedule/times.jsonl', import.meta.url));
const learned = await learnedFrom(rounds);

test('on recorded times longest-first ends within 10 % of the lower bound, for any number of lanes', () => {
  const cells = compare(rounds, learned, LANES).filter((c) => c.order === 'longest-first');
  for (const knowledge of ['perfect', 'last', 'predictor'])
    expect(
      cells.filter((c) => c.knowledge === knowledge && c.ratio > 1.1).map((c) => [c.lanes, c.ratio]),
    ).toEqual([]);
});

test('value brings proofs sooner than the order of the file', () => {
  const cells = compare(rounds, learned, LANES).filter((c) => c.knowledge === 'last');
  for (const lanes of LANES) {
    const [file, value] = ['file', 'value'].map(
      (o) => cells.find((c) => c.lanes === lanes && c.order === o)!,
    );
    expect(value!.meanToProofMs).toBeLessThan(file!.meanToProofMs);
  }
});

test('the theorems chosen for a time bring at least as many proofs as those that come first', () => {
  for (const row of compareWithin(rounds, learned, [1, 4]).filter(
    (r) => r.knowledge !== 'similar' && r.knowledge !== 'predictor, new',
  ))
    expect(row.solved).toBeGreaterThanOrEqual(row.solvedInFileOrder);
});
