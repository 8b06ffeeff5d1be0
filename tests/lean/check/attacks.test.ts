import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allCases } from './support/cases.ts';
import { startDeepLean } from './support/deep-lean.ts';
import { summary } from './support/summary.ts';

/* The verdicts of the judge as it is: random-order.test.ts. */
const attacks = allCases('attacks');
const named = attacks.map((attack) => [attack.id, attack] as const);

describe('without the table of refused words nothing is accepted either of', () => {
  let lean: Awaited<ReturnType<typeof startDeepLean>>;
  beforeAll(async () => {
    lean = await startDeepLean();
  });
  afterAll(() => lean.close());

  /** Some are refused for what they do beside a proof of something true. */
  const isFalse = ({ request }: (typeof attacks)[number]) =>
    !/: 2 \+ 2 = 4$/.test(request.challenge.statement);
  const refused = named.filter(([, a]) => a.expect === 'dishonest: refused token' && isFalse(a));
  test.each(refused)('%s', async (_, { request }) => {
    const verdict = await lean.judge(request);
    expect(typeof verdict === 'string' ? verdict : summary(verdict)).not.toMatch(/^(accepted|conditional)/);
  });

  test('and it is the kernel that refuses what was added with the kernel skipped', async () => {
    const skipping = attacks.filter((attack) => attack.id.startsWith('the kernel skipped'));
    for (const { request } of skipping) {
      const verdict = await lean.judge(request);
      expect(verdict).toMatchObject({ status: 'dishonest', why: 'kernel' });
    }
    expect(skipping.length).toBeGreaterThan(5);
  });
});
