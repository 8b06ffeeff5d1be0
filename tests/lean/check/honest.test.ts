import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LeanInstance } from '../../../lean/backend.ts';
import { createEmbeddedBackend, type EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import type { Verdict } from '../../../src/model/index.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { allCases } from './support/cases.ts';

let backend: EmbeddedBackend;
let instance: LeanInstance;
beforeAll(async () => {
  backend = createEmbeddedBackend({ cacheDir: LEAN_CACHE });
  instance = await backend.start();
});
afterAll(() => backend.close());

const honest = allCases('honest');
const check = async (id: string): Promise<Verdict> => {
  const found = honest.find((c) => c.id === id);
  if (!found) throw new Error(`no case ${id}`);
  return instance.check(found.request);
};

/* Each of the cases by itself: random-order.test.ts. */
describe('an honest proof is accepted', () => {
  test('with Windows line ends in every part', async () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    for (const { id, request } of honest.filter((c) => c.request.challenge.context !== '').slice(0, 5)) {
      const { challenge, submission, options } = request;
      const verdict = await instance.check({
        challenge: {
          ...challenge,
          header: crlf(challenge.header),
          context: crlf(challenge.context),
          statement: crlf(challenge.statement),
        },
        submission: { ...submission, text: crlf(submission.text) },
        options,
      });
      expect({ id, status: verdict.status }).toEqual({ id, status: 'accepted' });
    }
  });
});

describe('an acceptance says', () => {
  test('which axioms the new constants use', async () => {
    expect(await check('quotients')).toMatchObject({ axioms: ['Quot.sound'] });
    expect(await check('an axiom of the context')).toMatchObject({ axioms: ['magic'] });
    expect(await check('rfl')).toMatchObject({ axioms: [] });
  });

  test('what was checked and what it takes on trust', async () => {
    expect(await check('rfl')).toMatchObject({
      assurance: {
        lean: '4.28.0',
        statement: 'expr',
        axioms: 'walked',
        kernelReplay: true,
        fresh: false,
        notes: expect.arrayContaining([expect.stringContaining('4.34'), expect.stringContaining('hash')]),
      },
    });
  });

  test('that the instance was fresh, if it was', async () => {
    const another = await backend.start();
    const { request } = honest[0]!;
    expect(await another.check(request)).toMatchObject({ assurance: { fresh: true } });
    expect(await another.check(request)).toMatchObject({ assurance: { fresh: false } });
    await another.stop();
  });
});
