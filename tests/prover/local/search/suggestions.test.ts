import { expect, test } from '@jest/globals';
import { SEARCH_LIMITS } from '../../../../src/prover/local/limits.ts';
import { findProof } from '../../../../src/prover/local/search/find.ts';
import { suggestionsIn } from '../../../../src/prover/local/search/suggestions.ts';
import { scriptedExplorer } from '../../../support/scripted-explorer.ts';
import { theoremOf } from '../../support.ts';

test('each proof that a message suggests is read, the shortest first, further lines with their own indentation', () => {
  const said = [
    'linter: nothing',
    'Try these:\n  [apply] simp only [List.map_id_fun, id_eq]\n  [apply] grind\n  [apply] rcases h with h | h\n    · omega\n  · simp',
    'Try this:\n  [apply] grind',
  ];
  expect(suggestionsIn(said)).toEqual([
    'grind',
    'simp only [List.map_id_fun, id_eq]',
    'rcases h with h | h\n  · omega\n· simp',
  ]);
  expect(suggestionsIn(['exact foo', 'Try this: nothing behind it'])).toEqual([]);
});

const GOAL = 'a b : Nat\nh : a ≤ b\n⊢ a * 3 ≤ b * 3';
const find = (answers: Readonly<Record<string, 'failed' | readonly string[] | { closedSaying: string }>>) => {
  const explorer = scriptedExplorer(GOAL, (tactic) => answers[tactic] ?? 'failed');
  const theorem = theoremOf({ statement: 'theorem t (a b : Nat) (h : a ≤ b) : a * 3 ≤ b * 3' });
  const options = {
    limits: { ...SEARCH_LIMITS, wallMs: 60_000 },
    experience: async () => new Map<string, number>(),
  };
  return findProof(theorem, explorer, options);
};

test('the proof holds what was suggested, not the question', async () => {
  const said = { closedSaying: 'Try this:\n  [apply] exact Nat.mul_le_mul_right 3 h' };
  const found = await find({ 'exact?': said, 'exact Nat.mul_le_mul_right 3 h': [] });
  expect(found).toMatchObject({
    status: 'found',
    proofs: [{ text: 'by exact Nat.mul_le_mul_right 3 h' }],
    report: { kinds: ['exact?'] },
  });
});

test('of several suggestions the shortest that really closes the goal is taken', async () => {
  const said = {
    closedSaying: 'Try these:\n  [apply] grind only [foo]\n  [apply] simp\n  [apply] simp_arith',
  };
  const found = await find({ 'try?': said, 'grind only [foo]': [] });
  expect(found).toMatchObject({ status: 'found', proofs: [{ text: 'by grind only [foo]' }] });
});

test('a suggestion that does not close the goal when it is written out is no proof', async () => {
  const said = { closedSaying: 'Try this:\n  [apply] exact foo' };
  expect(await find({ 'exact?': said })).toMatchObject({ status: 'nothing' });
  expect(await find({ 'exact?': said, 'exact foo': ['⊢ False'] })).toMatchObject({ status: 'nothing' });
});
