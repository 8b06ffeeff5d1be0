import { expect, it } from '@jest/globals';
import { isRight, SIMULATED } from '../../bench/stress/model.ts';
import { stress } from '../../bench/stress/run.ts';
import { simpleTheorems } from '../../bench/stress/theorems.ts';

const COUNT = 500;

it('500 theorems, their workers killed at random: every theorem has exactly one result', async () => {
  const report = await stress(
    {
      theorems: simpleTheorems(COUNT),
      plan: {
        provers: [SIMULATED],
        budget: { rounds: 1, samples: 2, tokens: null, costUsd: null, wallMs: null },
        lean: { wallMs: 20_000, heartbeats: 200_000 },
        cache: true,
        onModelFailure: 'fail',
      },
      ...{ lanes: 24, maxCostUsd: 10, real: false },
      ...{ victims: 2, killMs: [8_000, 16_000], lookMs: 500 },
    },
    () => {},
  );
  expect(report).toMatchObject({ theorems: COUNT, results: COUNT, begun: COUNT });
  expect(report.kills).toBeGreaterThan(0);
  const solved = Array.from({ length: COUNT }, (_, i) => i).filter((i) => isRight(i, 1)).length;
  expect(report.outcomes).toEqual({ solved, unsolved: COUNT - solved });
  expect(report.run.mostEvents).toBeLessThan(6_000);
  // Not all are solved, which is what its exit code says.
  expect(report.cliExit).toBe(2);
}, 600_000);
