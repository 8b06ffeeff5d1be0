import { expect, test } from '@jest/globals';
import { rateElsewhere } from '../../../src/cli/run/elsewhere.ts';
import { load } from '../../config/site.ts';

const ours = { hostsWorker: true };
const others = { hostsWorker: false };

test('a rate is told to be the matter of the worker that serves the run, where that is another process', async () => {
  const { config } = await load({ provers: 'local,gemini', rpm: '12' });
  expect(rateElsewhere(config, others)).toContain('not the 12 of this command');
  expect(rateElsewhere(config, ours)).toBeNull();
});

test('nothing is said where no rate is set or no model is asked', async () => {
  expect(rateElsewhere((await load({ provers: 'gemini' })).config, others)).toBeNull();
  expect(rateElsewhere((await load({ provers: 'local', rpm: '12' })).config, others)).toBeNull();
});
