import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareLean } from '../../../lean/embedded/prepare/prepare.ts';
import { createPool } from '../../../lean/pool/pool.ts';
import { auditScript } from '../../../lean/repl/audit-script.ts';
import { createCommandBackend } from '../../../lean/repl/backend.ts';
import { ReplProcess } from '../../../lean/repl/process.ts';
import type { LeanService } from '../../../lean/service.ts';
import type { Submission } from '../../../src/model/index.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { FIXTURES, fixtureProfile, jobOf, proof } from './support.ts';

/** The command backend over real Lean: `proofloop lean-repl` as a process of its own. */
const command = [process.execPath, `${FIXTURES}/lean-repl.ts`, LEAN_CACHE];
const cwd = new URL('../../..', import.meta.url).pathname;
const WALL_MS = 60_000;
let lean: LeanService;

beforeAll(async () => {
  // The sandboxed process sees the cache read-only.
  await prepareLean({ cacheDir: LEAN_CACHE });
  const profile = { ...fixtureProfile(), command, cwd, env: {} };
  lean = createPool({ backend: createCommandBackend(profile), slots: 1, spare: false });
});
afterAll(() => lean.close());

type Case = { readonly statement: string; readonly context?: string };
const check = ({ statement, context = '' }: Case, submission: Submission) =>
  lean.screen(jobOf({ header: '', context, statement }, WALL_MS), submission);
const declarations = (text: string): Submission => ({ form: 'declarations', text });

const ADD = { statement: 'theorem t (a b : Nat) (h : a < b) : a + 1 ≤ b' };

test('the version is asked of Lean itself', async () => {
  expect(await lean.identity()).toMatchObject({ backend: 'command', version: '4.28.0' });
});

describe('honest proofs are accepted', () => {
  test.each<[string, Case, Submission]>([
    ['omega', ADD, proof('by omega')],
    [
      'a helper lemma',
      ADD,
      declarations(
        'theorem helper (n : Nat) : n ≤ n := Nat.le_refl n\ntheorem t (a b : Nat) (h : a < b) : a + 1 ≤ b := h',
      ),
    ],
    [
      'instance arguments',
      { context: 'variable {α : Type}\n', statement: 'theorem t [Inhabited α] (x : α) : x = x' },
      declarations(
        'theorem pre [Inhabited β] (y : β) : y = y := rfl\ntheorem t [Inhabited α] (x : α) : x = x := pre x',
      ),
    ],
    [
      'a namespace',
      { context: 'namespace Foo\nopen Nat\n', statement: 'theorem t (n : Nat) : 0 + n = n' },
      proof('by simp'),
    ],
    [
      'an axiom of the context',
      { context: 'axiom ax : 2 = 2\n', statement: 'theorem t : 2 = 2' },
      proof('ax'),
    ],
    [
      'unicode, and sorry in a comment',
      { statement: 'theorem t (α : Type) (ψ : α → Prop) (h : ∀ x, ψ x) (x : α) : ψ x' },
      proof('h x -- no sorry'),
    ],
  ])('%s', async (_name, challenge, submission) => {
    expect(await check(challenge, submission)).toMatchObject({ status: 'accepted' });
  });
});

describe('what is no proof is told apart', () => {
  test.each<[string, Case, Submission, object]>([
    ['sorry', ADD, proof('by sorry'), { status: 'incomplete', goals: ['a b : Nat\nh : a < b\n⊢ a + 1 ≤ b'] }],
    [
      'open goals',
      ADD,
      proof('by\n  skip'),
      { status: 'incomplete', goals: [expect.stringContaining('⊢ a + 1 ≤ b')] },
    ],
    [
      'a wrong tactic',
      ADD,
      proof('by simp'),
      { status: 'rejected', diagnostics: [{ pos: { line: 1, column: 52 } }] },
    ],
    [
      'recursion without end',
      { statement: 'theorem t : 1 = 2' },
      proof('by\n  repeat (apply Eq.symm)'),
      { status: 'exhausted' },
    ],
    [
      'a sorry before',
      { context: 'theorem u : 3 = 3 := by sorry\n', statement: 'theorem t : 3 = 3' },
      proof('u'),
      { status: 'conditional', on: ['u'] },
    ],
    [
      'a context with an error',
      { context: 'def x : Nat := "s"\n', statement: 'theorem t : 1 = 1' },
      proof('rfl'),
      { status: 'badChallenge' },
    ],
  ])('%s', async (_name, challenge, submission, verdict) => {
    expect(await check(challenge, submission)).toMatchObject(verdict);
  });
});

describe('cheats are not accepted', () => {
  const EQ = { statement: 'theorem t : (2 : Nat) + 2 = 5' };
  test.each<[string, Case, Submission]>([
    ['another statement', EQ, declarations('theorem t : (2 : Nat) + 2 = 4 := rfl')],
    [
      'another statement behind print options',
      { statement: 'theorem t : (1 : Int) / 2 = 0 ∧ 5 - 7 = (0 : Int)' },
      declarations(
        'set_option pp.explicit false\nset_option pp.numericTypes false\ntheorem t : (1 : Nat) / 2 = 0 ∧ 5 - 7 = (0 : Nat) := by decide',
      ),
    ],
    ['a hypothesis more', EQ, declarations('theorem t (h : False) : (2 : Nat) + 2 = 5 := h.elim')],
    ['a definition of the name', EQ, declarations('def t : Nat := 5')],
    ['the name in another namespace', EQ, declarations('namespace X\ntheorem t : True := trivial\nend X')],
    ['an axiom', EQ, declarations('axiom cheat : False\ntheorem t : (2 : Nat) + 2 = 5 := cheat.elim')],
    [
      'an axiom of a standard name',
      EQ,
      declarations('axiom «Quot.sound» : False\ntheorem t : (2 : Nat) + 2 = 5 := «Quot.sound».elim'),
    ],
    ['native_decide', { statement: 'theorem t : 10 < 20' }, proof('by native_decide')],
    [
      'skipKernelTC',
      EQ,
      declarations(
        'set_option debug.skipKernelTC true in\ntheorem t : (2 : Nat) + 2 = 5 := by decide +kernel',
      ),
    ],
    [
      'a helper with sorry',
      EQ,
      declarations('theorem h : False := by sorry\ntheorem t : (2 : Nat) + 2 = 5 := h.elim'),
    ],
    ['sorryAx', EQ, proof('sorryAx _')],
    [
      'a local instance',
      { statement: 'theorem t : (2 : Nat) * 2 = 5' },
      declarations('local instance : Mul Nat := ⟨fun _ _ => 5⟩\ntheorem t : (2 : Nat) * 2 = 5 := rfl'),
    ],
    ['no theorem at all', EQ, declarations('-- nothing')],
    ['an end of the file', EQ, declarations('#exit')],
  ])('%s', async (_name, challenge, submission) => {
    const verdict = await check(challenge, submission);
    expect(['dishonest', 'rejected', 'incomplete']).toContain(verdict.status);
  });
});

test('a missing module is named, with modules of near names where there are any', async () => {
  const job = jobOf({ header: 'import Std.Data.HashMop\n' }, WALL_MS);
  expect(await lean.screen(job, proof('rfl'))).toMatchObject({
    status: 'badHeader',
    missing: ['Std.Data.HashMop'],
  });
});

test('a file is elaborated with positions and sorries of the whole text', async () => {
  const text = '-- file\nimport Init\n\ntheorem a : 1 = 1 := by sorry\n#check Nat.foo\n';
  const answer = await lean.elaborate(text, jobOf({}, WALL_MS).options);
  expect(answer).toMatchObject({
    status: 'ok',
    sorries: [{ line: 4, column: 24, goal: '⊢ 1 = 1' }],
    messages: expect.arrayContaining([
      expect.objectContaining({ severity: 'error', pos: { line: 5, column: 7 } }),
    ]),
  });
});

test('work that heartbeats do not bound ends by the clock, and the next proof is judged', async () => {
  const job = jobOf({ header: '', statement: 'theorem t : 5 ^ 999999 % 7 = 6' }, 1_500);
  expect(await lean.screen(job, proof('by omega'))).toMatchObject({ status: 'timeout', limitMs: 1_500 });
  expect(await check(ADD, proof('by omega'))).toMatchObject({ status: 'accepted' });
});

test('where Lean is imported but runs no programs, the audit by print takes over', async () => {
  const job = jobOf({ header: 'import Lean\n', statement: ADD.statement }, WALL_MS);
  expect(await lean.screen(job, proof('by omega'))).toMatchObject({
    status: 'accepted',
    assurance: { axioms: 'printed', statement: 'printed' },
  });
  expect(await lean.screen(job, declarations('theorem t : True := trivial'))).toMatchObject({
    status: 'dishonest',
  });
});

test('the audit by program elaborates in Lean 4.28 (the embedded Lean does not run programs)', async () => {
  const [file = '', ...args] = command;
  const repl = new ReplProcess({ file, args, cwd, env: fixtureProfile().env });
  await repl.request({ cmd: 'import Lean' });
  await repl.request({ cmd: 'namespace Foo\ntheorem «t x».y : 1 = 1 := rfl', env: 0 });
  const script = auditScript('«t x».y', randomBytes(4).toString('hex'));
  // It has no code of the library for it: what Lean says of that comes behind the elaboration.
  expect(await repl.request({ cmd: script, env: 1 })).toEqual({
    env: 2,
    messages: [
      expect.objectContaining({ data: expect.stringMatching(/^Unknown constant `_private\.\S+`$/) }),
    ],
  });
  await repl.kill('the test is over');
});
