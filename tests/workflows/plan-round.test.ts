import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Attempt, Verdict } from '../../src/model/index.ts';
import { planRound, type RoundToPlan } from '../../workflows/theorem/plan-round.ts';
import { proof } from '../support/theorems.ts';

const rejected = (...errors: string[]): Verdict => ({
  status: 'rejected',
  diagnostics: errors.map((text) => ({
    severity: 'error',
    pos: { line: 1, column: 0 },
    endPos: null,
    text,
  })),
  ms: 1,
});
const attempt = (n: number, round: number, sample: number, more: Partial<Attempt> = {}): Attempt => ({
  n,
  prover: 'model',
  round,
  sample,
  submission: proof(`try ${n}`),
  verdict: rejected(`error ${n}`),
  answer: null,
  cachedVerdict: false,
  leanMs: 1,
  error: null,
  ...more,
});
const plan = (more: Partial<RoundToPlan>) =>
  planRound({ attempts: [], prover: 'model', round: 2, rounds: 9, samples: 1, requestsLeft: null, ...more });
const short = (more: Partial<RoundToPlan>) =>
  plan(more).map((role) => (role.kind === 'fresh' ? 'fresh' : `${role.of}${role.again > 0 ? '+' : ''}`));

describe('what the samples of a round do', () => {
  test('without anything to learn from, all begin anew', () => {
    expect(short({ samples: 3 })).toEqual(['fresh', 'fresh', 'fresh']);
    const unusable = attempt(1, 1, 0, { submission: null, verdict: null });
    expect(short({ attempts: [unusable] })).toEqual(['fresh']);
    expect(short({ attempts: [attempt(1, 1, 0, { prover: 'other' })] })).toEqual(['fresh']);
  });

  test('each line keeps its index, and every third sample begins anew while rounds are left', () => {
    const attempts = [0, 1, 2].map((sample) => attempt(sample + 1, 1, sample));
    expect(short({ attempts, samples: 3 }).toSorted()).toEqual(['2', '3', 'fresh']);
    expect(short({ attempts, samples: 3 })[2]).toBe('3');
  });

  test('the last round goes to the best lines alone', () => {
    const attempts = [0, 1, 2].map((sample) => attempt(sample + 1, 1, sample));
    expect(short({ attempts, samples: 3, rounds: 2 })).toEqual(['1', '2', '3']);
    expect(short({ attempts: attempts.slice(0, 1), samples: 3, rounds: 2 })).toEqual(['1', '1+', 'fresh']);
  });

  test('the last requests that the money pays for count as the last round', () => {
    const attempts = [0, 1, 2].map((sample) => attempt(sample + 1, 1, sample));
    expect(short({ attempts, samples: 3, requestsLeft: 3 })).toEqual(['1', '2', '3']);
    expect(short({ attempts, samples: 3, requestsLeft: 9 })).toContain('fresh');
  });

  test('what came nearest to a proof is repaired first', () => {
    const attempts = [
      attempt(1, 1, 0, { verdict: rejected('a', 'b', 'c', 'd') }),
      attempt(2, 1, 1, { verdict: rejected('a') }),
      attempt(3, 1, 2, { verdict: { status: 'incomplete', diagnostics: [], goals: ['⊢ p'], ms: 1 } }),
      attempt(4, 1, 3, { verdict: { status: 'timeout', limitMs: 1, ms: 1 } }),
    ];
    expect(short({ attempts })).toEqual(['3']);
    expect(short({ attempts, samples: 2 }).toSorted()).toEqual(['2', '3']);
  });

  test('a line that is stuck gives way to a new beginning, until it is the last chance', () => {
    const same = rejected('a', 'b', 'c');
    const attempts = [
      attempt(1, 1, 0, { verdict: same }),
      attempt(2, 2, 0, { verdict: same, repairOf: 1 }),
      attempt(3, 3, 0, { verdict: same, repairOf: 2 }),
    ];
    expect(short({ attempts, round: 4 })).toEqual(['1']);
    expect(short({ attempts: attempts.slice(1), round: 4 })).toEqual(['fresh']);
    expect(short({ attempts: attempts.slice(1), round: 4, rounds: 4 })).not.toEqual(['fresh']);
  });

  test('a proof that came again after it was refused counts against its line', () => {
    const again = { duplicateOf: 2, repairOf: 2, submission: proof('try 2') };
    const attempts = [attempt(1, 1, 0), attempt(2, 1, 1), attempt(3, 2, 1, again)];
    expect(short({ attempts, round: 3 })).toEqual(['1']);
    expect(plan({ attempts, round: 3, rounds: 3, samples: 2 })).toContainEqual({
      ...{ kind: 'repair', of: 2, again: 0, repeated: 1 },
    });
  });

  test('the same answers lead to the same round, in whatever order they arrived', () => {
    const sample = fc.record({ errors: fc.integer({ min: 1, max: 3 }), text: fc.nat(3), link: fc.nat(20) });
    const rounds = fc.array(fc.array(sample, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(rounds, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (past, ranks) => {
        const arrived = (order: readonly number[]): Attempt[] => {
          const all: Attempt[] = [];
          for (const [r, row] of past.entries()) {
            const before = all.toSorted((a, b) => a.round - b.round || a.sample - b.sample);
            const turn = [...row.keys()].sort((a, b) => order[r * 4 + a]! - order[r * 4 + b]! || a - b);
            for (const i of turn) {
              const { errors, text, link } = row[i]!;
              const submission = proof(`try ${text}`);
              // Judged already: not at work at the same time, so known as the same.
              const known = before.find((a) => a.submission?.text === submission.text);
              all.push(
                attempt(all.length + 1, r + 1, i, {
                  submission,
                  verdict: known?.verdict ?? rejected(...['a', 'b', 'c'].slice(0, errors)),
                  ...(known !== undefined && { duplicateOf: known.n }),
                  repairOf: before[link % (before.length + 1)]?.n ?? null,
                }),
              );
            }
          }
          return all;
        };
        const planned = (attempts: readonly Attempt[]) =>
          plan({ attempts, round: past.length + 1, samples: 4 }).map((role) => {
            if (role.kind === 'fresh') return role;
            const of = attempts.find((a) => a.n === role.of);
            return { ...role, of: [of?.round, of?.sample] };
          });
        expect(planned(arrived(ranks))).toEqual(planned(arrived(ranks.map((_, i) => i))));
      }),
    );
  });

  test('whatever happened before: as many roles as samples, of attempts that are there, each pair once', () => {
    const verdicts = fc.constantFrom<Verdict | null>(
      null,
      rejected('a'),
      rejected('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      { status: 'timeout', limitMs: 1, ms: 1 },
      { status: 'crashed', detail: 'x', ms: 1 },
    );
    const past = fc
      .array(
        fc.record({
          round: fc.integer({ min: 1, max: 5 }),
          sample: fc.nat(5),
          verdict: verdicts,
          link: fc.nat(9),
        }),
      )
      .map((list) =>
        list.map(({ round, sample, verdict, link }, i) =>
          attempt(i + 1, round, sample, { verdict, repairOf: link === 0 ? null : Math.min(link, i + 1) }),
        ),
      );
    fc.assert(
      fc.property(
        past,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 12 }),
        (attempts, round, rounds, samples) => {
          const roles = plan({ attempts, round, rounds, samples });
          expect(roles).toHaveLength(samples);
          const repairs = roles.flatMap((r) => (r.kind === 'repair' ? [r] : []));
          for (const { of } of repairs) expect(attempts.find((a) => a.n === of)?.round).toBeLessThan(round);
          expect(new Set(repairs.map((r) => `${r.of}/${r.again}`)).size).toBe(repairs.length);
          if (samples >= 3 && round < rounds) expect(repairs.length).toBeLessThan(samples);
          expect(plan({ attempts, round, rounds, samples })).toEqual(roles);
        },
      ),
    );
  });
});
