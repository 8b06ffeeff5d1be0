import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Home, jsonLines, makeHome } from '../support/cli.ts';
import { type GeminiServer, startGeminiServer } from '../support/gemini-server.ts';
import { Commands, NO_LEMMAS, statements, writeSuite } from './support.ts';

let home: Home;
let gemini: GeminiServer;
const commands = new Commands();
beforeEach(async () => {
  gemini = await startGeminiServer([{ kind: 'proof', proof: 'by omega', match: 'theorem c0 ' }], {
    kind: 'proof',
    proof: 'by rfl',
  });
  home = await makeHome(gemini.env());
});
afterEach(async () => {
  await commands.stop();
  await gemini.close();
  await home.remove();
});

/** Theorems that the model was asked for, one name a request. */
const asked = () => gemini.requests.map(({ user }) => /theorem (c\d+) /.exec(user)?.[1]).sort();

it('more samples after the end ask for the new ones of what is unsolved; an amended suite runs what changed', async () => {
  const suite = await writeSuite(home, 'more', 3);
  const bench = async (...more: string[]) => {
    const args = [
      'bench',
      suite,
      '--provers',
      'gemini',
      '--max-rounds',
      '1',
      '--json',
      ...NO_LEMMAS,
      ...more,
    ];
    const { stdout, stderr, exitCode } = await commands.start(home, args);
    return { done: jsonLines(stdout).at(-1), stderr, exitCode };
  };
  expect((await bench('--samples', '1')).done).toMatchObject({ solved: 1, unsolved: 2 });
  expect(asked()).toEqual(['c0', 'c1', 'c2']);

  gemini.reset([], { kind: 'proof', proof: 'by omega' });
  const wider = await bench('--samples', '2');
  expect(wider.stderr).toContain('The run goes on: 2 theorems to do, 1 outcome kept.');
  expect(wider.done).toMatchObject({ solved: 3, attempts: 5, exitCode: 0 });
  expect(asked()).toEqual(['c1', 'c2']);

  gemini.reset([], { kind: 'proof', proof: 'by omega' });
  const [first, second] = statements(3) as [object, object];
  const changed = { id: 'c2', name: 'c2', statement: 'theorem c2 (a b : Nat) (h : a < b) : a + 0 < b' };
  await writeFile(suite, [second, first, changed].map((t) => `${JSON.stringify(t)}\n`).join(''));
  const amended = await bench('--samples', '2');
  expect(amended.stderr).toMatch(
    /2 outcomes taken from bench-more-\w+, where the theorem is the same; 1 theorem to do\./,
  );
  expect(amended.done).toMatchObject({ solved: 3, exitCode: 0 });
  expect(new Set(asked())).toEqual(new Set(['c2']));
}, 240_000);
