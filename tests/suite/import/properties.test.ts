import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mapToCore } from '../../../src/suite/import/core/map.ts';
import { countsOf } from '../../../src/suite/import/import.ts';
import { suiteLine } from '../../../src/suite/import/record.ts';
import { fromRows, MATHLIB, theoremsOf } from './support.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9_']{0,8}$/).map((s) => `t_${s}`);
const proposition = fc.constantFrom(
  ': 1 + 1 = 2',
  '(a b : ℕ)\n    (h : a = b) : b = a',
  '{α : Type} (xs : List α) : xs ++ [] = xs',
  '(n : ℕ) : let m := n + 1; m = n + 1',
  '(n : ℕ) (h : n = 3 := by rfl) : ∃! x, x = n -- a comment\n   ∧ True',
  '(p : ℕ) (hp : p.Prime) /- := sorry -/ : Odd p ∨ p = 2',
  ': "theorem x : y := sorry" = ":= by"',
);
const keyword = fc.constantFrom('theorem', 'lemma');
const before = fc.constantFrom(
  '',
  '/-- With a `theorem` in it. -/\n',
  '@[simp] ',
  'open Nat in\n',
  'private ',
);
const ending = fc.constantFrom(
  '',
  ' :=',
  ' := by',
  ' := by\n',
  ' := by sorry',
  ' := sorry\n',
  ' := by\n  simp\n  sorry',
  ' := rfl',
);
const header = fc.constantFrom(
  '',
  MATHLIB,
  'import Std\n',
  'open Nat\n\n',
  'import Mathlib\nset_option autoImplicit true',
);

const stated = fc.record({ name, proposition, keyword, before, ending, header });
type Stated = typeof stated extends fc.Arbitrary<infer T> ? T : never;
const statementOf = (s: Stated): string => `${s.before}${s.keyword} ${s.name} ${s.proposition}`;
const rowOf = (s: Stated): object => ({
  name: s.name,
  header: s.header,
  formal_statement: statementOf(s) + s.ending,
});

const garbage = fc.oneof(
  fc.string(),
  fc.json(),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes.filter((b) => b !== 0x0a))),
  fc.constantFrom(
    '',
    '  ',
    '{"formal_statement": 3}',
    '{"statement": "theorem"}',
    '{"prop_defn": "theorem"}',
    '[1]',
  ),
);
const line = fc.oneof(
  stated.map(rowOf),
  stated.map((s) => ({ full_name: s.name, prop_defn: statementOf(s) + s.ending, deps: s.header, score: 2 })),
  stated.map((s) => ({
    problem_id: s.name,
    lean4_code: `${MATHLIB}${statementOf(s)}${s.ending}\n${statementOf({ ...s, name: `${s.name}2` })}`,
  })),
  garbage,
);

const isEmpty = (row: object | string | Buffer): boolean => {
  const text = row instanceof Buffer ? row.toString('latin1') : typeof row === 'string' ? row : '{}';
  return text.split('\n').every((part) => part.replace(/^\u00ef\u00bb\u00bf/, '').trim() === '');
};

describe('whatever the lines are', () => {
  test('each is accounted for, and what was read is imported + rejected + unchecked + bad', () =>
    fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.boolean(), async (rows, mapCore) => {
        const lines = rows.filter(
          (row) => row instanceof Buffer || typeof row !== 'string' || !row.includes('\n'),
        );
        const { outcomes } = await fromRows(lines, { mapCore });
        const counts = countsOf(outcomes);
        expect(counts.in).toBe(counts.imported + counts.rejected + counts.unchecked + counts.bad);
        const told = new Set(outcomes.map((o) => o.place.line));
        for (const [i, row] of lines.entries()) if (!isEmpty(row)) expect(told).toContain(i + 1);
        const ids = theoremsOf({ outcomes } as never).map((t) => t.id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    ));

  test('--limit takes the first, and leaves what they are', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(stated, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        async (all, limit) => {
          const rows = all.map(rowOf);
          const [whole, some] = [await fromRows(rows), await fromRows(rows, { limit })];
          expect(some.outcomes).toEqual(whole.outcomes.slice(0, limit));
          expect(some.cut).toBe(whole.outcomes.length > limit);
        },
      ),
    ));
});

describe('the text of a statement', () => {
  test('comes through as it was, but for `lemma` where no Mathlib defines it', () =>
    fc.assert(
      fc.asyncProperty(stated, fc.boolean(), async (s, mapCore) => {
        const { outcomes } = await fromRows([rowOf(s)], { mapCore });
        const [outcome] = outcomes;
        const theorem = outcome !== undefined && 'theorem' in outcome ? outcome.theorem : null;
        const core = mapCore || !s.header.includes('Mathlib');
        const statement = statementOf(core ? { ...s, keyword: 'theorem' } : s);
        expect(theorem?.statement).toBe(statement);
        expect(theorem?.changes?.includes('`lemma` as `theorem`') ?? false).toBe(
          core && s.keyword === 'lemma',
        );
      }),
    ));

  test('is not touched by the mapping to core Lean, nor are context and header beyond what it tells', () =>
    fc.assert(
      fc.property(stated, fc.boolean(), (s, autoImplicit) => {
        const context = 'open Nat\n\ndef own (n : Nat) := n\n';
        const texts = { header: 'import Mathlib\n', context, statement: statementOf(s) };
        const mapped = mapToCore(texts, autoImplicit);
        expect(mapped.statement).toBe(texts.statement);
        expect(mapped.context.endsWith(context)).toBe(true);
        expect(mapped.header).toBe('');
      }),
    ));
});

test('our own form comes back as it was, and again', () => {
  const own = fc
    .record(
      {
        id: fc.stringMatching(/^[a-zA-Zα-ω0-9_.'-]{1,20}$/).filter((id) => /^[^-].*[^-]$|^[^-]$/u.test(id)),
        name,
        proposition,
        header: fc.constantFrom('', 'import Std\n', 'import Mathlib\n'),
        context: fc.constantFrom('', 'open Nat\n\n', 'def x := 1\n', 'notation "ℕ" => Nat\n'),
        informal: fc.string({ minLength: 1 }),
        difficulty: fc.constantFrom('easy', 'very_hard'),
        category: fc.string(),
        source: fc.string(),
        split: fc.constantFrom('test', 'valid'),
        toolchain: fc.string(),
        licence: fc.string(),
        mapped: fc.constant('core'),
        changes: fc.array(fc.string(), { minLength: 1 }),
      },
      { requiredKeys: ['id', 'name', 'proposition', 'header', 'context'] },
    )
    .map(({ proposition: p, ...rest }) => ({ ...rest, statement: `theorem ${rest.name} ${p}` }));
  return fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(own, { selector: (t) => t.id, minLength: 1, maxLength: 6 }),
      async (suite) => {
        const { outcomes } = await fromRows(suite);
        // Whether a Lean has seen it is for the importing Lean to say, and a stray `ℕ` is no suite's.
        const kept = suite.filter((_, i) => outcomes[i]?.status !== 'rejected');
        const back = theoremsOf({ outcomes } as never);
        expect(back.map(({ unchecked: _, ...theorem }) => theorem)).toEqual(kept);
        const lines = back.map((theorem) => suiteLine(theorem).trimEnd());
        const again = theoremsOf(await fromRows(lines));
        expect(again.map((theorem) => suiteLine(theorem).trimEnd())).toEqual(lines);
      },
    ),
  );
});
