import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LeanInstance } from '../../../lean/backend.ts';
import { fixtureBackend, withoutBubblewrap } from './support.ts';

/** Protocol and comparison over the fixture; what real Lean says is tested with the embedded one. */

withoutBubblewrap();
const backend = fixtureBackend();
let instance: LeanInstance;
beforeAll(async () => {
  instance = await backend.start();
});
afterAll(() => backend.close());

const OPTIONS = { wallMs: 20_000, heartbeats: 200_000 };
const check = (challenge: string, submission: string, targets: readonly string[] = ['a']) =>
  instance.checkFile({ challenge, submission, targets, options: OPTIONS });

const CHALLENGE = 'import Lean\nnotation "x" => 1\ntheorem a : 1 = 1 := sorry\n';

test('assurance says what the protocol allowed', async () => {
  const scripted = await check(CHALLENGE, 'import Lean\nnotation "x" => 1\ntheorem a : 1 = 1 := rfl\n');
  expect(scripted).toMatchObject([
    {
      status: 'accepted',
      assurance: {
        statement: 'printed',
        axioms: 'walked',
        kernelReplay: false,
        notes: expect.arrayContaining([
          expect.stringContaining('no kernel replay'),
          expect.stringContaining('only those that a statement stands on'),
        ]),
      },
    },
  ]);
  const printed = await check('theorem a : 1 = 1 := sorry', 'theorem a : 1 = 1 := rfl');
  expect(printed).toMatchObject([
    {
      assurance: {
        axioms: 'printed',
        notes: expect.arrayContaining([expect.stringContaining('as Lean prints')]),
      },
    },
  ]);
});

test('what changes how text is read is refused, unless it is the challenge that says it', async () => {
  const own = 'import Lean\nnotation "x" => 1\nnotation "y" => 2\ntheorem a : 1 = 1 := rfl\n';
  expect(await check(CHALLENGE, own)).toMatchObject([
    { status: 'dishonest', why: 'refused token', diagnostics: [{ pos: { line: 3, column: 0 } }] },
  ]);
});

test('each target has its own verdict', async () => {
  const challenge = 'import Lean\ntheorem a : 1 = 1 := sorry\ntheorem b : 2 = 2 := sorry\n';
  expect(
    await check(challenge, 'import Lean\ntheorem a : 1 = 1 := rfl\ntheorem b : 2 = 2 := by sorry\n', [
      'a',
      'b',
    ]),
  ).toMatchObject([{ status: 'accepted' }, { status: 'incomplete' }]);
  expect(
    await check(challenge, 'import Lean\ntheorem a : 1 = 1 := rfl\ntheorem b : 2 = 3 := rfl\n', ['a', 'b']),
  ).toMatchObject([{ status: 'accepted' }, { status: 'dishonest', why: 'statement' }]);
  expect(await check(challenge, 'import Lean\ntheorem a : 1 = 1 := rfl\n', ['a', 'b'])).toMatchObject([
    { status: 'accepted' },
    { status: 'dishonest', why: 'statement' },
  ]);
});

test('errors, foreign imports, missing modules and bad challenges are told apart', async () => {
  const good = 'theorem a : 1 = 1 := rfl';
  expect(await check('theorem a : 1 = 1 := sorry', `${good} -- FAIL:nonsense`)).toMatchObject([
    { status: 'rejected' },
  ]);
  expect(await check('theorem a : 1 = 1 := sorry', `import Std\n${good}`)).toMatchObject([
    { status: 'dishonest', why: 'environment' },
  ]);
  expect(await check('import Nowhere\ntheorem a : 1 = 1 := sorry', good)).toMatchObject([
    { status: 'badHeader', missing: ['Nowhere'] },
  ]);
  expect(await check('theorem a : 1 = 1 := sorry -- FAIL:nonsense', good)).toMatchObject([
    { status: 'badChallenge' },
  ]);
});

test('a command that ends or hangs under a file is no verdict on it', async () => {
  const other = fixtureBackend();
  const short = await other.start();
  const request = {
    challenge: 'theorem a : 1 = 1 := sorry',
    targets: ['a'],
    options: { ...OPTIONS, wallMs: 1500 },
  };
  await expect(
    short.checkFile({ ...request, submission: 'theorem a : 1 = 1 := rfl -- FAULT:exit3' }),
  ).rejects.toMatchObject({ name: 'InstanceDied' });
  const again = await other.start();
  expect(
    await again.checkFile({ ...request, submission: 'theorem a : 1 = 1 := rfl -- FAULT:hang' }),
  ).toMatchObject([{ status: 'timeout', limitMs: 1500 }]);
  await other.close();
});
