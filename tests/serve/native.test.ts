import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { prepareLean } from '../../lean/embedded/prepare/prepare.ts';
import { FIXTURES } from '../lean/repl/support.ts';
import { makeHome } from '../support/cli.ts';
import { LEAN_CACHE } from '../support/lean-cache.ts';
import { errors, QUICK, type Serving, serve, severities, WRONG } from './support.ts';

/** Over a command that speaks the repl protocol: `proofloop lean-repl` in the place of a Lake project's. */
let at: Serving;
let program: string;
beforeAll(async () => {
  await prepareLean({ cacheDir: LEAN_CACHE });
  const home = await makeHome();
  program = join(home.dir, 'repl.sh');
  const node = JSON.stringify(process.execPath);
  await writeFile(program, `#!/bin/sh\nexec ${node} "${FIXTURES}/lean-repl.ts" "${LEAN_CACHE}"\n`, {
    mode: 0o755,
  });
  at = await serve(['--slots', '1', '--lean-command', program, '--allow-unsandboxed']);
});
afterAll(() => at.end());

test('snippets are judged as far as the protocol allows', async () => {
  const results = await at.check([
    QUICK,
    WRONG,
    'import Lean\n\ntheorem t : True := by\n  sorry',
    'namespace Foo\nvariable (n : Nat)\nopen Nat in\ntheorem t : n = n := rfl\ninstance : Inhabited Nat := ⟨1⟩\nend Foo\n#check Foo.t',
    'import Mathlib\ntheorem t : True := trivial',
  ]);
  expect(results.map((r) => severities(r).join())).toEqual(['', 'error', 'warning', 'info', 'error']);
  expect(results[2]!.response!.sorries).toEqual([
    { proofState: 0, pos: { line: 4, column: 2 }, endPos: { line: 4, column: 7 }, goal: '⊢ True' },
  ]);
});

test.each([
  ['theorem t : 2 + 2 = 5 := sorryAx _ true', 25],
  ['theorem t : 2 + 2 = 5 := by exact «sorryAx» _ true', 34],
  ['macro "x" : tactic => `(tactic| sorry)', 0],
  ['#eval 1', 0],
  ['axiom x : False', 0],
  ['set_option debug.skipKernelTC true', 0],
])('%s is refused at column %i', async (code, column) => {
  const [result] = await at.check([code]);
  expect(errors(result)).toEqual([expect.stringMatching(/^dishonest: /)]);
  expect(result!.response!.messages![0]!.pos).toEqual({ line: 1, column });
});

test('health is 503 once Lean does not start any more, and 200 again when it does', async () => {
  const good = await readFile(program, 'utf8');
  await writeFile(program, '#!/bin/sh\nexit 1\n');
  let answer = await fetch(`${at.url}/health`);
  // There is a spare one: each that answers is killed, until there is none.
  while (answer.status === 200) {
    const [known] = await at.check([QUICK], { debug: true });
    if (known?.diagnostics) process.kill(Number(known.diagnostics.repl_uuid), 'SIGKILL');
    answer = await fetch(`${at.url}/health`);
  }
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ status: 'unavailable', reason: expect.any(String) });
  const [result] = await at.check([QUICK]);
  expect(result!.error).toMatch(/LEAN_/);
  await writeFile(program, good);
  expect((await fetch(`${at.url}/health`)).status).toBe(200);
  expect((await at.check([QUICK]))[0]!.response).toEqual({ env: 0 });
});
