import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LeanInstance } from '../../../lean/backend.ts';
import { createEmbeddedBackend, type EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import { declaredTheorems } from '../../../src/lean-text/declarations.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { allCases, asFiles, type Case } from './support/cases.ts';
import { summary } from './support/summary.ts';

/* One instance judges everything, each attack before and after honest proofs: none leaves a trace for the next one. */

let backend: EmbeddedBackend;
let instance: LeanInstance;
beforeAll(async () => {
  backend = createEmbeddedBackend({ cacheDir: LEAN_CACHE });
  instance = await backend.start();
});
afterAll(() => backend.close());

const everything = [...allCases('honest'), ...allCases('attacks')];

test('in any order the verdicts on all cases are the same', async () => {
  // The seed of a failure is in its message; fast-check shrinks nothing here, since one run is one long history.
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(everything, { minLength: everything.length, maxLength: everything.length }),
      async (order) => {
        const wrong: string[] = [];
        for (const { id, expect: wanted, request } of order) {
          const got = summary(await instance.check(request));
          if (got !== wanted) wrong.push(`${id}: ${got} instead of ${wanted}`);
        }
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 1, endOnFailure: true },
  );
}, 300_000);

/** Cases whose two sides differ from the file that they make: proofs put in place before, errors of the challenge's own. */
const asFile = (c: Case): boolean =>
  c.request.challenge.ownContext === undefined && c.expect !== 'badChallenge' && !NOT_AS_FILES.has(c.id);
const NOT_AS_FILES = new Set(['a definition of the context holds a sorry', 'a file is read']);

test('as whole files honest proofs are accepted, and no attack is', async () => {
  const wrong: string[] = [];
  for (const { id, expect: wanted, request } of everything.filter(asFile)) {
    const files = asFiles(request);
    const targets = declaredTheorems(files.challenge)
      .filter((t) => t.open)
      .slice(-1)
      .map((t) => t.name);
    const [verdict] = await instance.checkFile({ ...files, targets, options: request.options });
    const got = summary(verdict!);
    if ((got === 'accepted') !== (wanted === 'accepted')) wrong.push(`${id}: ${got} instead of ${wanted}`);
  }
  expect(wrong).toEqual([]);
}, 300_000);
