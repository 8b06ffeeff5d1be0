/**
 * Current Gemini models ignore temperature, so samples differ by what they are told to try. Sample 0 of
 * round 1 gets none: it is the plain attempt.
 */
export const STRATEGY_HINTS: readonly string[] = [
  'induction on the variable that the recursive definitions consume, generalizing the others before it.',
  'state one or two helper lemmas before the theorem, prove each by its own induction, and finish with them.',
  'case analysis: split every hypothesis and every `if`/`match` first, then close each case separately.',
  'automation first: find facts which, given as `have`, let `omega`, `grind` or `simp_all` close the goal.',
  'a `calc` chain or explicit `rw` steps with named library lemmas instead of closing tactics.',
  'work backwards: `refine` the goal into its parts, prove each with `have`, and give witnesses explicitly.',
  'contradiction: assume the negation, derive bounds or a smaller counterexample, and close with `omega`.',
  'a term-mode proof with pattern matching (structural recursion over the data) instead of tactics.',
  'strengthen the statement into a more general lemma whose induction goes through, then specialize it.',
];

/** The hint of a sample; rounds are shifted so that the same sample index meets another hint each round. */
export function hintFor(round: number, sample: number): string {
  const index = (round - 1) * 2 + sample - (round === 1 ? 1 : 0);
  const n = STRATEGY_HINTS.length;
  return STRATEGY_HINTS[((index % n) + n) % n]!;
}
