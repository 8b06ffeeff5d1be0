import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LeanService } from '../../../../lean/service.ts';
import { SEARCH_LIMITS } from '../../../../src/prover/local/limits.ts';
import { findProof } from '../../../../src/prover/local/search/find.ts';
import type { LocalFinding } from '../../../../src/prover/prover.ts';
import { openLean, PATIENT } from '../../../suites/support.ts';
import { theoremOf } from '../../support.ts';

let lean: LeanService;
beforeAll(async () => {
  lean = await openLean();
});
afterAll(() => lean.close());

const LIMITS = { ...SEARCH_LIMITS, wallMs: 60_000 };

async function find(statement: string, context = '', limits = LIMITS): Promise<LocalFinding> {
  const challenge = theoremOf({ name: 't', statement: `theorem t ${statement}`, context });
  const experience = async () => new Map<string, number>();
  const explored = await lean.explore({ challenge, options: PATIENT }, (explorer) =>
    findProof(challenge, explorer, { limits, experience }),
  );
  return explored!.found;
}

/** Texts of a found proof, each accepted by a judge. */
async function proved(statement: string, context = ''): Promise<readonly string[]> {
  const found = await find(statement, context);
  if (found.status !== 'found') throw new Error(`${statement}: ${JSON.stringify(found)}`);
  const challenge = theoremOf({ name: 't', statement: `theorem t ${statement}`, context });
  for (const proof of found.proofs) {
    const verdict = await lean.judge({ challenge, options: PATIENT }, proof);
    expect([proof.text, verdict.status]).toEqual([proof.text, 'accepted']);
  }
  return found.proofs.map((p) => p.text);
}

const LISTS = `inductive Row where
  | nil : Row
  | cons : Nat → Row → Row

def cat : Row → Row → Row
  | .nil, ys => ys
  | .cons x xs, ys => .cons x (cat xs ys)

def back : Row → Row → Row
  | .nil, acc => acc
  | .cons x xs, acc => back xs (.cons x acc)

def size : Row → Nat
  | .nil => 0
  | .cons _ xs => size xs + 1

`;

describe('each mechanism closes what needs it', () => {
  test.each([
    ['a decision procedure', '(a b : Nat) (h : a < b) : a + 1 ≤ b', '', /^by omega$/],
    ['evaluation', ': (List.range 5).length = 5', '', /^by (rfl|decide)$/],
    ['induction on a type of the context', '(xs : Row) : cat xs .nil = xs', LISTS, /induction xs/],
    [
      'generalisation',
      '(xs ys : Row) : size (back xs ys) = size xs + size ys',
      LISTS,
      /generalizing ys|fun_induction/,
    ],
    ['residues', '(n : Nat) : n ^ 2 % 5 ≠ 2', '', /% 5/],
    ['a power too large to compute', ': 5 ^ 999999 % 7 = 6', '', /Nat\.pow_mod/],
    ['a growing power', '(n : Nat) : (4 ^ n + 2) % 3 = 0', '', /induction|pow/],
  ])('%s', async (_, statement, context, form) => {
    const [shortest] = await proved(statement, context);
    expect(shortest).toMatch(form);
  });
});

test('the proof that comes first is no longer than the one that was found', async () => {
  const [shortest, ...longer] = await proved(
    '(xs ys zs : Row) : cat (cat xs ys) zs = cat xs (cat ys zs)',
    LISTS,
  );
  expect(shortest).not.toMatch(/size|back/);
  for (const text of longer) expect(text.length).toBeGreaterThanOrEqual(shortest!.length);
});

test('the same theorem is found in the same way again', async () => {
  const statement = '(xs ys : Row) : size (cat xs ys) = size ys + size xs';
  const strip = (found: LocalFinding) => JSON.stringify(found).replace(/"(ms|heartbeats)":\d+/g, '');
  expect(strip(await find(statement, LISTS))).toBe(strip(await find(statement, LISTS)));
});

test('a false statement ends in vain, within its heartbeats', async () => {
  const found = await find('(xs ys : Row) : cat xs ys = cat ys xs', LISTS, {
    heartbeats: 2_000,
    wallMs: 60_000,
  });
  expect(found).toMatchObject({ status: 'nothing', exhausted: true });
  if (found.status === 'nothing') expect(found.report.heartbeats).toBeLessThan(2_000 + 5_000);
});

test('a statement that does not elaborate has nothing to search', async () => {
  expect(await find(': (1 : List.nonsense) = 1')).toMatchObject({ status: 'unusable' });
});
