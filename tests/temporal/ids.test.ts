import { expect, test } from '@jest/globals';
import { runIdFor } from '../../src/temporal/ids.ts';

test('a run id depends on what its samples mean, and on nothing else', () => {
  const meaning = {
    kind: 'suite',
    label: 'suites/basic.jsonl',
    sha256: 'a',
    theoremIds: ['x', 'y'],
    provers: [{ name: 'local', model: null }],
    lean: 'build',
  } as const;
  const id = runIdFor(meaning);
  expect(id).toMatch(/^bench-basic-[0-9a-f]{12}$/);
  expect(runIdFor({ ...meaning, label: 'other/basic.jsonl' })).toBe(id);
  const others = [
    { ...meaning, sha256: 'b' },
    { ...meaning, theoremIds: ['x'] },
    { ...meaning, lean: 'other' },
    { ...meaning, provers: [{ name: 'gemini', model: 'm' }] },
    { ...meaning, kind: 'file' },
    { ...meaning, exhaust: true },
  ] as const;
  expect(new Set([id, ...others.map((m) => runIdFor(m))]).size).toBe(7);
  const fresh = [runIdFor(meaning, { fresh: true }), runIdFor(meaning, { fresh: true })];
  expect(new Set([id, ...fresh]).size).toBe(3);
  expect(runIdFor({ ...meaning, label: '-' })).toMatch(/^bench-input-/);
});
