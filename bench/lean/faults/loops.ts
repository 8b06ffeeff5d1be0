import type { Fault } from './fault.ts';
import { job, timed } from './requests.ts';

/** Endless elaborations. Neither heartbeats nor depth are limited, so that only the wall clock is left. */
const UNLIMITED = 'set_option maxHeartbeats 0\nset_option maxRecDepth 10000000\n';
const SLOW = 'def slow : Nat → Nat → Nat | 0, a => a | n+1, a => slow n (slow n (a+1))\n';
const SYNTH =
  'set_option synthInstance.maxHeartbeats 0\nset_option synthInstance.maxSize 100000000\nclass A (n : Nat)\ninstance step (n : Nat) [A (n+1)] : A n := ⟨⟩\n';
const MACRO = 'syntax "lp" : tactic\nmacro_rules | `(tactic| lp) => `(tactic| (skip; lp))\n';
const EMATCH =
  '(f g : Nat → Nat → Nat) (h : ∀ x y, f x y = g (f y x) (f x (g y x))) (k : ∀ x y z, g x (g y z) = f (g x y) z) : f 1 2 = 3';
const CLIMB = '(f : Nat → Nat) (h : ∀ x, f x = f (x+1)) : f 0 = 7';

const WALL_MS = 1_000;

type Loop = {
  readonly name: string;
  readonly context: string;
  readonly statement: string;
  readonly text: string;
};

/** These listen to a soft stop. */
export const SOFT_LOOPS: readonly Loop[] = [
  {
    name: 'simp loop',
    context: UNLIMITED,
    statement: CLIMB,
    text: 'by simp (config := {maxSteps := 1000000000}) [h]',
  },
  {
    name: 'grind loop',
    context: UNLIMITED,
    statement: EMATCH,
    text: 'by grind (splits := 1000) (ematch := 100000) (gen := 100000) (instances := 1000000000)',
  },
  {
    name: 'typeclass loop',
    context: UNLIMITED + SYNTH,
    statement: ': Nonempty (A 0)',
    text: '⟨inferInstance⟩',
  },
  { name: 'rw loop', context: UNLIMITED, statement: CLIMB, text: 'by repeat rw [h]' },
  {
    name: 'macro loop',
    context: MACRO + UNLIMITED,
    statement: ': False',
    text: 'by lp',
  },
  {
    name: 'kernel loop (decide +kernel)',
    context: SLOW + UNLIMITED,
    statement: ': slow 40 0 = 1',
    text: 'by decide +kernel',
  },
  {
    name: 'whnf loop (decide)',
    context: SLOW + UNLIMITED,
    statement: ': slow 25 0 = 1',
    text: 'by decide',
  },
];

const soft = SOFT_LOOPS.map(
  ({ name, context, statement, text }): Fault => ({
    group: 'loop',
    name: `${name}, no heartbeat limit, wall clock ${WALL_MS} ms`,
    right: ['timeout'],
    stays: true,
    provoke: ({ lean }) => timed(lean, job(statement, WALL_MS, context), text),
  }),
);

const hard: readonly Fault[] = [
  {
    group: 'loop',
    name: `#reduce without end, wall clock ${WALL_MS} ms`,
    right: ['timeout'],
    stays: true,
    provoke: ({ lean }) =>
      timed(lean, job('', WALL_MS, SLOW + UNLIMITED), '#reduce slow 30 0\n', 'elaborate'),
  },
  {
    group: 'loop',
    name: `bignum work: omega on 5^999999 % 7, wall clock ${WALL_MS} ms`,
    right: ['timeout'],
    provoke: ({ lean }) => timed(lean, job(': 5 ^ 999999 % 7 = 6', WALL_MS), 'by omega'),
  },
  {
    group: 'loop',
    name: `compiled loop in #eval, wall clock ${WALL_MS} ms`,
    right: ['timeout'],
    provoke: ({ lean }) =>
      timed(
        lean,
        job('', WALL_MS),
        'partial def lp (n : Nat) : Nat := lp (n + 1)\n#eval lp 0\n',
        'elaborate',
      ),
  },
];

export const loops: readonly Fault[] = [...soft, ...hard];
