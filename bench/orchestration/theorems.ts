import type { Theorem } from '../../src/model/index.ts';
import type { Step } from '../../tests/support/gemini-server.ts';

/** `count` small theorems that differ in a number, so that each has its own keys; `by omega` proves each. */
export const benchTheorems = (count: number): readonly Theorem[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `bench_${i}_`,
    name: `bench_${i}_`,
    header: '',
    context: '',
    statement: `theorem bench_${i}_ (a b : Nat) (h : a ≤ b) : a + ${i} ≤ b + ${i}`,
  }));

/** What the model answers: a wrong proof first, once for each theorem, then a right one. Each takes `delayMs`. */
export const benchScript = (
  theorems: readonly Theorem[],
  delayMs: number,
): { script: Step[]; otherwise: Step } => ({
  script: theorems.map((t) => ({ kind: 'proof', proof: 'by rfl', match: t.name, delayMs })),
  otherwise: { kind: 'proof', proof: 'by omega', delayMs },
});

/** Attempts that one theorem takes with `benchScript`. */
export const ATTEMPTS = 2;
