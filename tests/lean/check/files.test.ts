import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEmbeddedBackend } from '../../../lean/embedded/backend.ts';
import { createPool } from '../../../lean/pool/pool.ts';
import type { LeanService } from '../../../lean/service.ts';
import { checkFiles } from '../../../src/cli/check/files.ts';
import { reasonOf } from '../../../src/cli/check/judgement.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { sourceText } from '../../support/source-text.ts';

const OPTIONS = { wallMs: 60_000, heartbeats: 200_000 };

/** `=== what | target=reason …`, then the two files. */
const cases = readFileSync(new URL('./cases/files.txt', import.meta.url), 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((block) => {
    const [title = '', ...lines] = block.split('\n');
    const [id = '', wanted = ''] = title.split('|').map((part) => part.trim());
    const [, challenge = '', submission = ''] = lines.join('\n').split(/^>>> .*\n/m);
    return [id, { wanted, challenge, submission }] as const;
  });

let lean: LeanService;
beforeAll(() => {
  lean = createPool({ backend: createEmbeddedBackend({ cacheDir: LEAN_CACHE }), slots: 1 });
});
afterAll(() => lean.close());

const checked = (challenge: string, submission: string, options = OPTIONS) =>
  checkFiles(lean, sourceText('C.lean', challenge), sourceText('S.lean', submission), options);

describe('a file against a file:', () => {
  test.each(cases)('%s', async (_, { wanted, challenge, submission }) => {
    const targets = await checked(challenge, submission);
    expect(targets.map((t) => `${t.name}=${reasonOf(t.verdict)}`).join(' ')).toBe(wanted);
  });
});

test('what is accepted tells of its axioms and of what was checked', async () => {
  const [target] = await checked(
    'axiom ax : 2 < 1\ntheorem t : 2 < 1 := sorry',
    'axiom ax : 2 < 1\ntheorem t : 2 < 1 := ax',
  );
  expect(target).toMatchObject({
    place: { file: 'S.lean', line: 2, column: 0 },
    verdict: {
      status: 'accepted',
      axioms: ['ax'],
      assurance: { statement: 'expr', axioms: 'walked', kernelReplay: true, fresh: true },
    },
  });
});

test('places are those of the submission, whatever its head and line ends', async () => {
  const submission = '\ufeff-- one\r\n-- two\r\nimport Init\r\n\r\ntheorem t : 𝔸 = 𝔸 := by native_decide\r\n';
  const [target] = await checked('variable (𝔸 : Nat)\ntheorem t : 𝔸 = 𝔸 := sorry', submission);
  expect(target!.place).toEqual({ file: 'S.lean', line: 5, column: 24 });
});

test('the place of a challenge that Lean refuses is in the challenge', async () => {
  const [target] = await checked('\n\ntheorem t : Nat.x = 1 := sorry', 'theorem t : 1 = 1 := rfl');
  expect(target!.place).toMatchObject({ file: 'C.lean', line: 3 });
});

test('an error belongs to the target that it is in', async () => {
  const challenge = 'theorem a : 1 = 1 := sorry\ntheorem b (n : Nat) : n = n + 0 := sorry\n';
  const targets = await checked(
    challenge,
    'theorem a : 1 = 1 := rfl\ntheorem b (n : Nat) : n = n + 0 := by\n  exact nonsense\n',
  );
  expect(targets.map((t) => t.place)).toEqual([
    { file: 'S.lean', line: 3, column: 8 },
    { file: 'S.lean', line: 3, column: 8 },
  ]);
});

test('time that runs out is no verdict on the proof', async () => {
  const [target] = await checked(
    'theorem t : 5^999999 % 7 = 6 := sorry',
    'theorem t : 5^999999 % 7 = 6 := by omega',
    { ...OPTIONS, wallMs: 1500 },
  );
  expect(target!.verdict.status).toBe('timeout');
  expect(target!.place).toBeNull();
});

test('a file without a sorry in a theorem has no target', async () => {
  await expect(checked('theorem t : 1 = 1 := rfl -- sorry\ndef x : Nat := sorry', '')).rejects.toMatchObject({
    code: 'NO_TARGET',
  });
});
