import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LeanService } from '../../lean/service.ts';
import { assembled, targetsOf } from '../../src/lean-text/assemble.ts';
import { scanFile } from '../../src/lean-text/scan.ts';
import { BUILT_IN_SUITES, loadSuite } from '../../src/suite/load.ts';
import { onAll, openLean, PATIENT, storedProofs } from './support.ts';

let lean: LeanService;
beforeAll(async () => {
  lean = await openLean();
});
afterAll(() => lean.close());

describe('real Lean', () => {
  test.each(BUILT_IN_SUITES)(
    'accepts the stored proof of every theorem of %s',
    async (name) => {
      const { theorems } = await loadSuite(name);
      const proofs = await storedProofs(name);
      const verdicts = await onAll(theorems, async (challenge) => {
        const verdict = await lean.screen({ challenge, options: PATIENT }, proofs.get(challenge.id)!);
        return { id: challenge.id, ...verdict };
      });
      expect(verdicts.filter((v) => v.status !== 'accepted')).toEqual([]);
    },
    600_000,
  );

  test('refuses a stored proof for another statement of its suite', async () => {
    const { theorems } = await loadSuite('basic');
    const proofs = await storedProofs('basic');
    const challenge = theorems.find((t) => t.id === 'hens_and_rabbits')!;
    const wrong = { ...challenge, statement: challenge.statement.replace('r = 12', 'r = 13') };
    const verdict = await lean.screen({ challenge: wrong, options: PATIENT }, proofs.get(challenge.id)!);
    expect(verdict.status).toBe('rejected');
  }, 300_000);

  test('elaborates a file of all theorems of basic, scanned with sorry and put together with the proofs', async () => {
    const { theorems } = await loadSuite('basic');
    const proofs = await storedProofs('basic');
    const text = theorems
      .map((t) => `namespace N_${t.id}\n\n${t.context}${t.statement} := by\n  sorry\n\nend N_${t.id}\n`)
      .join('\n');
    const file = scanFile(text, '');
    expect(targetsOf(file).map((t) => t.id)).toEqual(theorems.map((t) => `N_${t.id}.${t.name}`));
    const placed = Object.fromEntries(theorems.map((t) => [`N_${t.id}.${t.name}`, proofs.get(t.id)!]));
    const before = await lean.elaborate(text, PATIENT);
    expect(before).toMatchObject({ status: 'ok', sorries: { length: theorems.length } });
    const after = await lean.elaborate(assembled(file, placed), PATIENT);
    expect(after).toMatchObject({ status: 'ok', sorries: [] });
    expect(after.messages.filter((m) => m.severity === 'error')).toEqual([]);
  }, 300_000);
});
