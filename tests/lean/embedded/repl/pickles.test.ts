import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asBlock, talk } from './support.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pickles-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);

test('an environment is written, and read by another process with its open scopes', async () => {
  const written = await talk(
    asBlock({ cmd: 'namespace Deep\ndef four := 4\nscoped notation "🍀" => four\nend Deep' }),
    asBlock({ cmd: 'open Deep', env: 0 }),
    asBlock({ pickleTo: file('env'), env: 1 }),
    asBlock({ unpickleEnvFrom: file('env') }),
    asBlock({ cmd: 'example : 🍀 = 4 := rfl', env: 2 }),
  );
  expect(written).toEqual([{ env: 0 }, { env: 1 }, { env: 1 }, { env: 2 }, { env: 3 }]);
  const read = await talk(
    asBlock({ unpickleEnvFrom: file('env') }),
    asBlock({ cmd: 'example : 🍀 = 4 := rfl', env: 0 }),
  );
  expect(read).toEqual([{ env: 0 }, { env: 1 }]);
});

test('a proof state is written with the steps behind it, and the proof goes on elsewhere', async () => {
  const goals = ['a : Nat\nh : a = 2\n⊢ a + a = 4'];
  const open = { proofStatus: 'Incomplete: open goals remain', goals };
  const written = await talk(
    asBlock({ cmd: 'example : ∀ a : Nat, a = 2 → a + a = 4 := by sorry' }),
    asBlock({ tactic: 'intro a h', proofState: 0 }),
    asBlock({ pickleTo: file('state'), proofState: 1 }),
    asBlock({ unpickleProofStateFrom: file('state'), env: 0 }),
  );
  expect(written.slice(1)).toEqual([1, 2, 3].map((proofState) => ({ ...open, proofState })));
  const read = await talk(
    asBlock({ unpickleProofStateFrom: file('state') }),
    asBlock({ tactic: 'omega', proofState: 0 }),
  );
  expect(read).toEqual([
    { ...open, proofState: 0 },
    { proofStatus: 'Completed', proofState: 1, goals: [] },
  ]);
});

test('what cannot be pickled or read is answered with why', async () => {
  const olean = file('foreign.olean');
  writeFileSync(olean, Buffer.from([0x6f, 0x6c, 0x65, 0x61, 0x6e, 2, 0xff, 0]));
  writeFileSync(file('cut'), readFileSync(file('env')).subarray(0, 80));
  const answers = await talk(
    asBlock({ pickleTo: file('x'), env: 0 }),
    asBlock({ pickleTo: file('x'), proofState: 3 }),
    asBlock({ cmd: 'def x := 1' }),
    asBlock({ pickleTo: '/nowhere/at/all', env: 0 }),
    asBlock({ unpickleEnvFrom: file('none') }),
    asBlock({ unpickleEnvFrom: olean }),
    asBlock({ unpickleEnvFrom: file('cut') }),
    asBlock({ unpickleEnvFrom: file('state') }),
    asBlock({ unpickleProofStateFrom: file('env') }),
    asBlock({ unpickleProofStateFrom: file('state'), env: 9 }),
    asBlock({ unpickleEnvFrom: folder }),
    asBlock({ cmd: 'example : x = 1 := rfl', env: 0 }),
  );
  const unsupported = { message: expect.stringMatching(/^unsupported: /) };
  expect(answers).toEqual([
    { message: 'Unknown environment.' },
    { message: 'Unknown proof State.' },
    { env: 0 },
    { message: expect.stringContaining('/nowhere/at/all') },
    { message: `no such file or directory (error code: 2)\n  file: ${file('none')}` },
    unsupported,
    unsupported,
    unsupported,
    unsupported,
    { message: 'Unknown environment.' },
    { message: expect.stringContaining('directory') },
    { env: 1 },
  ]);
});
