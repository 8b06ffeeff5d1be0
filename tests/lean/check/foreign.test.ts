import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LeanBackend, LeanInstance } from '../../../lean/backend.ts';
import { foreignRefusal } from '../../../lean/check/foreign.ts';
import { createEmbeddedBackend, type EmbeddedBackend } from '../../../lean/embedded/backend.ts';
import { createPool } from '../../../lean/pool/pool.ts';
import type { Challenge } from '../../../src/model/index.ts';
import { BUILT_IN_SUITES, loadSuite } from '../../../src/suite/load.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';

const OPTIONS = { wallMs: 60_000, heartbeats: 200_000 };

const challenge = (over: Partial<Challenge>): Challenge => ({
  name: 't',
  header: '',
  context: '',
  statement: 'theorem t : 1 = 1',
  ...over,
});
const foreign = (over: Partial<Challenge>): Challenge => challenge({ ...over, provenance: 'foreign' });
const submission = { form: 'proof', text: 'rfl' } as const;

/** Programs, IO and what leaves the logic, wherever a suite could put them. */
const HOSTILE: [string, Partial<Challenge>][] = [
  [
    'a program',
    { header: 'import Lean\n', context: 'run_cmd (pure () : Lean.Elab.Command.CommandElabM Unit)\n' },
  ],
  ['an evaluation', { context: '#eval (1 : Nat)\n' }],
  ['an elaborator', { header: 'import Lean\n', context: 'elab "x" : tactic => pure ()\n' }],
  ['a program in the header', { header: 'import Init\n#eval (1 : Nat)\n' }],
  ['a program in the statement', { statement: 'theorem u : 1 = by_elab failure := rfl\ntheorem t : 1 = 1' }],
  ['a file that is read', { context: 'def s := include_str "/etc/passwd"\n' }],
  ['an axiom', { context: 'axiom magic : False\n' }],
  ['a skipped kernel', { context: 'set_option debug.skipKernelTC true\n' }],
  ['code that replaces code', { context: 'def f := 1\n@[implemented_by f] def g := 2\n' }],
  ['an initializer', { context: 'initialize x : Unit ← pure ()\n' }],
];

describe('text of a suite that is not built in', () => {
  test.each(HOSTILE)('is refused before any Lean starts: %s', async (_, over) => {
    const backend: LeanBackend = {
      identity: () => Promise.reject(new Error('not asked')),
      start: () => Promise.reject(new Error('Lean was started')),
      close: () => Promise.resolve(),
    };
    const lean = createPool({ backend, slots: 1, spare: false });
    try {
      const job = { challenge: foreign(over), options: OPTIONS };
      const refused = {
        status: 'badChallenge',
        diagnostics: [{ severity: 'error', text: expect.stringContaining('not your own') }],
      };
      expect(await lean.screen(job, submission)).toMatchObject(refused);
      expect(await lean.judge(job, submission)).toMatchObject(refused);
      await expect(lean.firstAccepted({ ...job, challenge: challenge(over) }, [submission])).rejects.toThrow(
        'Lean was started',
      );
    } finally {
      await lean.close();
    }
  });

  test('the place that is told is in the whole text', () => {
    const context = 'open Nat\n\ndef 𝔸 := 1 /- #eval -/ #eval 𝔸\n';
    expect(foreignRefusal(foreign({ header: 'import Std\n', context }))).toMatchObject({
      pos: { line: 4, column: 23 },
      text: expect.stringContaining('`#eval`'),
    });
  });

  test.each(BUILT_IN_SUITES)('the suite %s would pass as foreign, too', async (name) => {
    const { theorems } = await loadSuite(name);
    for (const theorem of theorems) expect(foreignRefusal({ ...theorem, provenance: 'foreign' })).toBeNull();
  });

  test('definitions, notation, instances, namespaces and comments are no programs', () => {
    const context = `namespace A -- #eval run_cmd axiom
structure P where x : Nat
instance : Add P := ⟨fun a b => ⟨a.x + b.x⟩⟩
local infixl:65 " ⋄ " => fun (a b : P) => a + b
macro "easy" : tactic => \`(tactic| first | rfl | omega)
set_option autoImplicit true
#check P
`;
    expect(foreignRefusal(foreign({ context }))).toBeNull();
  });
});

describe('in the embedded Lean, as it has parsed the text,', () => {
  let backend: EmbeddedBackend;
  let instance: LeanInstance;
  beforeAll(async () => {
    backend = createEmbeddedBackend({ cacheDir: LEAN_CACHE });
    instance = await backend.start();
  });
  afterAll(() => backend.close());

  const check = (asked: Challenge) => instance.check({ challenge: asked, submission, options: OPTIONS });

  test.each(HOSTILE.filter(([what]) => !/header/.test(what)))(
    'refuses %s, which the user may say',
    async (_, over) => {
      expect(await check(foreign(over))).toMatchObject({
        status: 'badChallenge',
        diagnostics: [{ text: expect.stringContaining('not your own') }],
      });
    },
  );

  test('the same text of the user is given to Lean', async () => {
    const axiom = { context: 'axiom magic : 1 = 1\n#eval (1 : Nat)\n' };
    expect(await check(challenge(axiom))).toMatchObject({ status: 'accepted' });
    expect(await check(foreign(axiom))).toMatchObject({ status: 'badChallenge' });
    expect(await check(challenge(axiom))).toMatchObject({ status: 'accepted' });
  });

  test('an honest foreign text is judged as any other', async () => {
    const context = 'namespace A\ndef f (n : Nat) := n + 1\nopen Nat in\n';
    const asked = foreign({ context, statement: 'theorem t : f 1 = succ 1' });
    expect(await check(asked)).toMatchObject({ status: 'accepted' });
  });
});
