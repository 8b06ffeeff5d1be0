import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LeanService } from '../../../lean/service.ts';
import { IN_CORE, NOT_IN_CORE } from '../../../src/prover/prompts/library.ts';
import { openLean, PATIENT } from '../../suites/support.ts';
import { theoremOf } from '../support.ts';

let lean: LeanService;
beforeAll(async () => {
  lean = await openLean();
});
afterAll(() => lean.close());

/** Whether Lean knows a tactic of this name. */
const knows = async (tactic: string): Promise<boolean> => {
  const challenge = theoremOf({ name: 't', statement: 'theorem t : True' });
  const verdict = await lean.screen(
    { challenge, options: PATIENT },
    { form: 'proof', text: `by\n  skip\n  ${tactic}` },
  );
  const diagnostics = 'diagnostics' in verdict ? verdict.diagnostics : [];
  return !diagnostics.some((d) => d.text.includes('unknown tactic'));
};

test('what the prompt says of the library is true of the Lean that judges', async () => {
  const wrong: string[] = [];
  for (const tactic of IN_CORE) if (!(await knows(tactic))) wrong.push(`${tactic} is missing`);
  for (const tactic of NOT_IN_CORE) if (await knows(tactic)) wrong.push(`${tactic} is there`);
  expect(wrong).toEqual([]);
}, 120_000);
