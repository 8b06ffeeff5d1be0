import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CheckRequest } from '../../../lean/backend.ts';
import { startDeepLean } from './support/deep-lean.ts';

let lean: Awaited<ReturnType<typeof startDeepLean>>;
beforeAll(async () => {
  lean = await startDeepLean();
});
afterAll(() => lean.close());

/** The elaborator may take all the time it wants; the replay has the limits of the request. */
const heavy = (heartbeats: number): CheckRequest => ({
  challenge: { name: 't', header: '', context: '', statement: 'theorem t : ∀ a b : Fin 24, a * b = b * a' },
  submission: { form: 'proof', text: 'by\n  set_option maxHeartbeats 0 in\n  decide +kernel' },
  options: { wallMs: 120_000, heartbeats },
});
const light: CheckRequest = {
  challenge: { name: 't', header: '', context: '', statement: 'theorem t (a : Nat) : a + 0 = a' },
  submission: { form: 'proof', text: 'rfl' },
  options: { wallMs: 60_000, heartbeats: 200_000 },
};

test('kernel work beyond the limit of heartbeats is exhausted, and says where', async () => {
  const verdict = await lean.judge(heavy(60));
  expect(verdict).toMatchObject({
    status: 'exhausted',
    diagnostics: [{ text: expect.stringContaining('heartbeats'), pos: { line: 1, column: 45 } }],
  });
});

test('the same proof is accepted with a larger limit', async () => {
  expect(await lean.judge(heavy(200_000))).toMatchObject({ status: 'accepted' });
});

test('a stop ends kernel work without a verdict, and the next request is answered', async () => {
  expect(await lean.judge(heavy(200_000), true)).toBe('stopped');
  expect(await lean.judge(light)).toMatchObject({ status: 'accepted' });
});

test('what a challenge states is remembered, and released again, without a difference in the verdict', async () => {
  for (let round = 0; round < 3; round += 1) {
    for (let i = 0; i < 12; i += 1) {
      const context = `def f (n : Nat) : Nat := n + ${i}\n`;
      const challenge = { name: 't', header: '', context, statement: `theorem t (n : Nat) : f n = n + ${i}` };
      const request = { ...light, challenge };
      expect(await lean.judge(request)).toMatchObject({ status: 'accepted' });
      const wrong = { ...request, submission: { form: 'proof', text: 'by omega' } } as const;
      expect(await lean.judge(wrong)).toMatchObject({ status: 'rejected' });
    }
  }
});
