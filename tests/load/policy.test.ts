import { expect, test } from '@jest/globals';
import { share } from '../../src/config/values.ts';
import { slotPolicyFor } from '../../src/load/policy.ts';

const lean = (maxLoad?: number): Parameters<typeof slotPolicyFor>[0] => ({
  ...{ profile: 'embedded', profiles: { embedded: { kind: 'embedded' } }, slots: 2, spare: null },
  ...{ wallMs: 1, heartbeats: 1, memoryMiB: 512 },
  ...(maxLoad !== undefined && { maxLoad }),
});

test("the guard's marks are those of the configuration, the lower one a quarter of the upper", () => {
  expect(slotPolicyFor(lean(), { cores: 4 }).load).toEqual({ high: 0.8, low: 0.2, aim: 0.75 });
  expect(slotPolicyFor(lean(0.4), { cores: 4 }).load).toEqual({ high: 0.4, low: 0.1, aim: 0.375 });
});

test('a share is a number or a percentage within its bounds', () => {
  const form = share(0.2, 1)('');
  expect(['50%', '0.5', 0.5, ' 50 % '].map((text) => form.parse(text))).toEqual([0.5, 0.5, 0.5, 0.5]);
  for (const wrong of ['80', 0.1, '101%', 'half', -1, null])
    expect(form.safeParse(wrong).success).toBe(false);
  expect(form.safeParse('80').error?.issues[0]?.message).toContain('from 20% to 100%');
});
