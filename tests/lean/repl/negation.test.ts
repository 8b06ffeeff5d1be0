import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareLean } from '../../../lean/embedded/prepare/prepare.ts';
import { createPool } from '../../../lean/pool/pool.ts';
import type { Audit } from '../../../lean/repl/audit.ts';
import { createCommandBackend } from '../../../lean/repl/backend.ts';
import { notTheNegation } from '../../../lean/repl/negation.ts';
import type { ReplSession } from '../../../lean/repl/session.ts';
import type { LeanService } from '../../../lean/service.ts';
import { negationOf } from '../../../src/lean-text/negation.ts';
import type { Theorem } from '../../../src/model/index.ts';
import { LEAN_CACHE } from '../../support/lean-cache.ts';
import { theorem } from '../../support/theorems.ts';
import { FIXTURES, fixtureProfile, proof } from './support.ts';

const LIMITS = { wallMs: 60_000, heartbeats: 200_000 };
const stated = (statement: string, more: Partial<Theorem> = {}): Theorem =>
  theorem('t', { header: 'import Lean\n', statement: `theorem t ${statement}`, ...more });

describe('the structure that Lean prints of theorem and claim', () => {
  const TYPE = '(all (const "Nat") (((const "Eq" S0) #0) #0))';
  type Known = { readonly type: string; readonly levels?: readonly string[]; readonly kind?: string };
  /** A session whose Lean knows that of the negated theorem, and answers as the audit inside Lean does. */
  const lean = (known: Known | null) =>
    ({
      command: async (cmd: string) => {
        const nonce = /"([0-9a-f]{32})"/.exec(cmd)?.[1];
        const { type = '', levels = [], kind = 'theorem' } = known ?? {};
        const found = {
          nonce,
          found: true,
          name: 't',
          kind,
          levels,
          type,
          below: [],
          sorried: [],
          axioms: [],
        };
        const text = JSON.stringify(known === null ? { nonce, found: false } : found);
        return { kind: 'done', env: 2, messages: [{ severity: 'info', text }], sorries: [] };
      },
    }) as unknown as ReplSession;
  const claim = (type: string): Audit => ({
    form: JSON.stringify({ name: 't_false', levels: [], type, below: [] }),
    ...{ isTheorem: true, sorried: [], name: 't_false', axioms: [] },
  });
  const negation = negationOf(stated('(n : Nat) : n = n'));
  const judge = (known: Known | null, claimed: string, scripted = true, of: Theorem = negation) =>
    notTheNegation(lean(known), 1, of, claim(claimed), scripted, { ...LIMITS, deadline: Infinity });

  test('is that of Not applied to the theorem, and nothing else', async () => {
    expect(await judge({ type: TYPE }, `((const "Not") ${TYPE})`)).toBeNull();
    for (const other of [
      TYPE,
      `((const "Not") ((const "Not") ${TYPE}))`,
      `((const "My.Not") ${TYPE})`,
      `(all ${TYPE} (const "False"))`,
      `(all (const "Nat") ((const "Not") ${TYPE}))`,
      `((const "Not") ${TYPE.replace('Nat', 'Int')})`,
      `(mdata ((const "Not") ${TYPE}))`,
    ])
      expect(await judge({ type: TYPE }, other)).toMatch(/not the negation of t/);
  });

  test('has one level for each universe parameter throughout, one of those that are asked for', async () => {
    const type = (level: string) => `(all (Sort S${level}) (const "C" ${level}))`;
    const known = { type: type('(u "u")'), levels: ['u'] };
    for (const level of ['0', 'S0']) expect(await judge(known, `((const "Not") ${type(level)})`)).toBeNull();
    for (const other of [type('SS0'), type('(u "u")'), '(all (Sort S0) (const "C" S0))'])
      expect(await judge(known, `((const "Not") ${other})`)).toMatch(/not the negation/);
  });

  test('is asked for only where it can be: else nothing is claimed', async () => {
    const right = `((const "Not") ${TYPE})`;
    expect(await judge({ type: TYPE }, right, false)).toMatch(/header that imports Lean/);
    expect(await judge(null, right)).toMatch(/no theorem t here/);
    expect(await judge({ type: TYPE, kind: 'axiom' }, right)).toMatch(/no theorem t here/);
    expect(await judge({ type: TYPE }, right, true, { ...negation, context: '' })).toMatch(
      /does not stand before it/,
    );
    const { negates: _, ...plain } = negation;
    expect(await judge(null, TYPE, true, plain)).toBeNull();
  });
});

/** `proofloop lean-repl` where a native repl would be: it has no code of the library for the audit, so it only prints. */
describe('a Lean behind a command that cannot run the audit', () => {
  let lean: LeanService;
  beforeAll(async () => {
    await prepareLean({ cacheDir: LEAN_CACHE });
    const command = [process.execPath, `${FIXTURES}/lean-repl.ts`, LEAN_CACHE];
    const cwd = new URL('../../..', import.meta.url).pathname;
    lean = createPool({
      backend: createCommandBackend({ ...fixtureProfile(), command, cwd, env: {} }),
      ...{ slots: 1, spare: false },
    });
  }, 300_000);
  afterAll(() => lean?.close());

  test.each(['', 'import Lean\n'])(
    'has no negation accepted, right ones either (header %j)',
    async (header) => {
      const one = negationOf(stated('(n : Nat) : n = n + 1', { header }));
      expect(
        await lean.judge({ challenge: one, options: LIMITS }, proof('fun h => absurd (h 0) (by decide)')),
      ).toMatchObject({
        status: 'badChallenge',
        diagnostics: [{ text: expect.stringContaining('header that imports Lean') }],
      });
    },
    300_000,
  );
});
