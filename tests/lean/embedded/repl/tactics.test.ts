import { describe, expect, test } from '@jest/globals';
import { asBlock, talk } from './support.ts';

const OPEN = 'Incomplete: open goals remain';
const NOWHERE = { line: 0, column: 0 };

type Step = readonly [tactic: string, proofState: number, answer: object];

/** Each begins with the proof state 0 of the statement's `sorry`; answers are whole. */
const PROOFS: readonly (readonly [what: string, statement: string, steps: readonly Step[]])[] = [
  [
    'goals split and close one by one',
    'theorem swap (a b : Prop) (h : a ∧ b) : b ∧ a := by sorry',
    [
      [
        'constructor',
        0,
        {
          proofStatus: OPEN,
          proofState: 1,
          goals: ['case left\na b : Prop\nh : a ∧ b\n⊢ b', 'case right\na b : Prop\nh : a ∧ b\n⊢ a'],
        },
      ],
      [
        'exact h.2',
        1,
        { proofStatus: OPEN, proofState: 2, goals: ['case right\na b : Prop\nh : a ∧ b\n⊢ a'] },
      ],
      ['exact h.1', 2, { proofStatus: 'Completed', proofState: 3, goals: [] }],
      ['all_goals simp_all', 1, { proofStatus: 'Completed', proofState: 4, goals: [] }],
    ],
  ],
  [
    'a sorry in a term has a goal too, and hypotheses are closed over in the end',
    'example (n : Nat) (h : n = 4) : n + 1 = 5 := sorry',
    [['(subst h; rfl)', 0, { proofStatus: 'Completed', proofState: 1, goals: [] }]],
  ],
  [
    'a sorry in a tactic gets a proof state of its own, before that of the step',
    'example (n : Nat) : n = n := by sorry',
    [
      [
        'have h : n < n + 1 := by sorry',
        0,
        {
          proofStatus: OPEN,
          proofState: 2,
          goals: ['n : Nat\nh : n < n + 1\n⊢ n = n'],
          sorries: [{ proofState: 1, goal: 'n : Nat\n⊢ n < n + 1' }],
        },
      ],
      ['rfl', 2, { proofStatus: 'Incomplete: contains sorry', proofState: 3, goals: [] }],
      [
        'exact Nat.lt_succ_self n',
        1,
        { proofStatus: 'Incomplete: contains metavariable(s)', proofState: 4, goals: [] },
      ],
    ],
  ],
  [
    'messages of a step are its own, and have no place in a text',
    'example : True := by sorry',
    [
      [
        'exact nothing_of_this_name',
        0,
        {
          proofStatus: 'Incomplete: contains sorry',
          proofState: 1,
          goals: [],
          messages: [
            {
              severity: 'error',
              pos: NOWHERE,
              endPos: NOWHERE,
              data: 'Unknown identifier `nothing_of_this_name`',
            },
          ],
        },
      ],
      ['trace "seen"', 0, { proofStatus: OPEN, proofState: 2, goals: ['⊢ True'], traces: ['seen'] }],
      ['trivial', 2, { proofStatus: 'Completed', proofState: 3, goals: [] }],
    ],
  ],
  [
    'what Lean refuses makes no proof state',
    'example (p : Prop) : p := by sorry',
    [
      ['wibble', 0, { message: 'Lean error:\n<input>:1:1: unknown tactic' }],
      ['assumption', 0, { message: 'Lean error:\nTactic `assumption` failed\n\np : Prop\n⊢ p' }],
      ['skip', 7, { message: 'Unknown proof state.' }],
      ['by_cases h : p', 0, { proofStatus: OPEN, proofState: 1, goals: expect.any(Array) }],
    ],
  ],
  [
    'the theorem cannot be proved by itself',
    'theorem circle : 0 = 1 := by sorry',
    [
      [
        'exact circle',
        0,
        {
          proofStatus: expect.stringMatching(/^Error: kernel type check failed: \(kernel\)/),
          proofState: 1,
          goals: [],
        },
      ],
    ],
  ],
];

describe('tactics', () => {
  test.each(PROOFS)('%s', async (_, cmd, steps) => {
    const requests = steps.map(([tactic, proofState]) => asBlock({ tactic, proofState }));
    const [first, ...answers] = await talk(asBlock({ cmd }), ...requests);
    expect(first).toMatchObject({ env: 0, sorries: [{ proofState: 0 }] });
    expect(answers).toEqual(steps.map(([, , answer]) => answer));
  });

  test('run on every tactic of a proof and on its root goals', async () => {
    const cmd = 'theorem two (n : Nat) (h : n = 1) : n + 1 = 2 := by\n  rw [h]\nexample : 1 < 2 := by decide';
    const answers = await talk(
      asBlock({ cmd, allTactics: true, rootGoals: true }),
      asBlock({ tactic: 'omega', proofState: 0 }),
      asBlock({ tactic: 'simp [h]', proofState: 2 }),
    );
    const root = { line: 1, column: 49 };
    expect(answers[0]).toMatchObject({
      sorries: [
        { proofState: 0, goal: 'n : Nat\nh : n = 1\n⊢ n + 1 = 2', pos: root, endPos: root },
        { proofState: 1, goal: '⊢ 1 < 2' },
      ],
      tactics: [
        { proofState: 2, tactic: 'rw [h]', usedConstants: expect.arrayContaining(['Eq', 'Nat', 'Eq.mpr']) },
        { tactic: 'decide', usedConstants: expect.arrayContaining(['of_decide_eq_true']) },
      ],
    });
    expect(answers.slice(1)).toMatchObject([
      { proofState: 4, proofStatus: 'Completed' },
      { proofState: 5, proofStatus: 'Completed' },
    ]);
  });
});
