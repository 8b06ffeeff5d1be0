import { expect, test } from '@jest/globals';
import { plain } from '../../../src/cli/render/paint.ts';
import { eventLines } from '../../../src/cli/render/tuning.ts';
import type { RunEvent } from '../../../src/model/index.ts';

const START = 1_000_000;
const asked = { reason: 'set: the night is long', by: 'ada@lab' };

test('what was changed is told with its time, its unit, its reason, and who asked for it', () => {
  const events: RunEvent[] = [
    { at: START - 5, what: 'state', from: 'running', to: 'cancelled', reason: 'cancel', by: 'ada@lab' },
    { at: START + 2_000, what: 'lanes', from: 2, to: 3, reason: 'slots idle', by: 'run' },
    { at: START + 61_000, what: 'max-cost', from: 1, to: 5, ...asked },
    { at: START + 61_000, what: 'run-timeout', from: null, to: 28_800_000, ...asked },
    { at: START + 61_000, what: 'auto-lanes', from: null, to: 64, ...asked },
    { at: START + 61_000, what: 'max-tokens', from: 20_000, to: null, ...asked },
  ];
  expect(eventLines(events, START, plain)).toEqual([
    '  earlier state running → cancelled: cancel (ada@lab)',
    '   +2.0 s lanes 2 → 3: slots idle (run)',
    '  +61.0 s money of the run $1.00 → $5.00: set: the night is long (ada@lab)',
    '  +61.0 s time of the run no limit → 8 h 00 min: set: the night is long (ada@lab)',
    '  +61.0 s lanes tuned up to fixed → 64: set: the night is long (ada@lab)',
    '  +61.0 s tokens of a theorem 20 000 → no limit: set: the night is long (ada@lab)',
  ]);
});
