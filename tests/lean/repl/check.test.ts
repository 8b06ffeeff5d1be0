import { afterAll, expect, test } from '@jest/globals';
import type { LeanInstance } from '../../../lean/backend.ts';
import { InstanceDied } from '../../../lean/backend.ts';
import type { LeanJob } from '../../../lean/service.ts';
import { fixtureBackend, jobOf, proof, withoutBubblewrap } from './support.ts';

withoutBubblewrap();

const backend = fixtureBackend();
afterAll(() => backend.close());
let current: LeanInstance | null = null;
const instance = async (): Promise<LeanInstance> => {
  if (current?.alive !== true) current = await backend.start();
  return current;
};
const check = async (text: string, job: LeanJob = jobOf()) =>
  await (await instance()).check({ ...job, submission: proof(text) });

test('an accepted proof says what was and was not checked', async () => {
  const verdict = await check('rfl');
  expect(verdict).toMatchObject({
    status: 'accepted',
    axioms: [],
    assurance: { lean: '4.28.0', statement: 'printed', axioms: 'walked', kernelReplay: false },
  });
});

test('where Lean is not imported, statement and axioms are read from print, and that is said', async () => {
  const verdict = await check('rfl', jobOf({ header: '' }));
  expect(verdict).toMatchObject({
    status: 'accepted',
    assurance: {
      axioms: 'printed',
      notes: expect.arrayContaining([expect.stringContaining('does not import Lean')]),
    },
  });
});

test('positions are those of the whole file', async () => {
  const challenge = { header: 'import Lean\n', context: '\nopen Nat\n\n', statement: 'theorem t : 1 = 1' };
  expect(await check('FAIL:no', jobOf(challenge))).toMatchObject({
    status: 'rejected',
    diagnostics: [{ pos: { line: 5, column: 0 }, text: 'no' }],
  });
  expect(await check('by\n  ∀; run_tac x', jobOf(challenge))).toMatchObject({
    status: 'dishonest',
    why: 'refused token',
    diagnostics: [{ pos: { line: 6, column: 5 } }],
  });
});

test('words of metaprogramming are refused before Lean sees them, notation too', async () => {
  for (const text of [
    'by native_decide',
    'rfl\nmacro "x" : term => `(1)',
    'rfl\n#eval 1',
    'rfl\nnotation "x" => 1',
  ]) {
    const before = (await instance()).submissions;
    expect(await check(text)).toMatchObject({ status: 'dishonest', why: 'refused token' });
    expect((await instance()).submissions).toBe(before);
  }
});

test('another statement under the name is dishonest', async () => {
  const submission = { form: 'declarations', text: 'theorem t : 2 = 2 := rfl' } as const;
  const verdict = await (await instance()).check({ ...jobOf(), submission });
  expect(verdict).toMatchObject({ status: 'dishonest', why: 'statement' });
  const missing = { form: 'declarations', text: 'theorem other : 1 = 1 := rfl' } as const;
  expect(
    await (await instance()).check({
      ...jobOf({ name: 'u', statement: 'theorem u : 1 = 1' }),
      submission: missing,
    }),
  ).toMatchObject({ status: 'dishonest', why: 'statement' });
});

test('a sorry of one’s own is incomplete, one in the context is conditional', async () => {
  expect(await check('by sorry')).toMatchObject({
    status: 'incomplete',
    goals: [expect.stringContaining('1 = 1')],
  });
  const challenge = {
    context: 'theorem open_one : 0 = 0 := by sorry\n',
    statement: 'theorem t (h : open_one) : 1 = 1',
  };
  expect(await check('rfl', jobOf(challenge))).toMatchObject({ status: 'conditional', on: ['open_one'] });
  expect(await check('rfl', jobOf({ ...challenge, header: '' }))).toMatchObject({
    status: 'conditional',
    on: ['open_one'],
  });
});

test('an import that failed without an error message is a bad header all the same', async () => {
  expect(await check('rfl', jobOf({ header: 'import Std.Nowhere\nimport Std\n' }))).toMatchObject({
    status: 'badHeader',
    missing: ['Std.Nowhere'],
  });
});

test('a repl that ends when a module is missing tells of a bad header too', async () => {
  expect(await check('rfl', jobOf({ header: 'import Fatal\n' }))).toMatchObject({
    status: 'badHeader',
    missing: ['Fatal'],
    hint: expect.stringContaining('unknown module prefix'),
  });
});

test('a context or statement that Lean refuses is the challenge’s fault', async () => {
  expect(await check('rfl', jobOf({ context: 'FAIL:context\n' }))).toMatchObject({
    status: 'badChallenge',
    diagnostics: [{ text: 'context' }],
  });
});

test.each([
  ['maximum_number_of_heartbeats', 'rejected'],
  ['(deterministic)', 'rejected'],
])('words that only look like a limit (%s) are a plain error', async (words, status) => {
  expect(await check(`FAIL:${words}`)).toMatchObject({ status });
});

test.each(['shape', 'oldenv', 'unknownenv'])(
  'an answer that does not fit (%s) ends the instance',
  async (fault) => {
    await expect(check(`FAULT:${fault}`)).rejects.toThrow('does not fit the request');
    await expect(check(`FAULT:${fault}`)).rejects.toBeInstanceOf(InstanceDied);
    expect(current?.alive).toBe(false);
  },
);

test('what one theorem adds is not there for the next', async () => {
  const one = await instance();
  await one.check({ ...jobOf({ header: '' }), submission: proof('rfl') });
  const other = jobOf({ header: '', name: 'u', statement: 'theorem u (h : t) : 1 = 1' });
  await one.check({ ...other, submission: proof('by sorry') });
  expect(await one.check({ ...other, submission: proof('rfl') })).toMatchObject({ status: 'accepted' });
});

test('print options are refused at their place: they could make two statements look alike', async () => {
  const text = 'theorem t : 1 = 1 := by\n  set_option pp.explicit false in\n  rfl';
  const submission = { form: 'declarations', text } as const;
  expect(await (await instance()).check({ ...jobOf(), submission })).toMatchObject({
    status: 'dishonest',
    why: 'refused token',
    diagnostics: [{ pos: { line: 3, column: 13 }, text: expect.stringContaining('`pp.explicit`') }],
  });
});

test('the statement is read in the user’s own context, proofs found on the way in the other', async () => {
  const challenge = {
    context: 'theorem u : 0 = 0 := rfl\n',
    ownContext: 'theorem u : 0 = 0 := by sorry\n',
    statement: 'theorem t (h : u) : 1 = 1',
  };
  expect(await check('rfl', jobOf(challenge))).toMatchObject({ status: 'accepted' });
  const { ownContext } = challenge;
  expect(await check('rfl', jobOf({ ...challenge, context: ownContext }))).toMatchObject({
    status: 'conditional',
    on: ['u'],
  });
});
