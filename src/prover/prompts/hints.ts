/**
 * Current Gemini models ignore temperature, so samples differ by what they are told to try. Sample 0 of
 * round 1 gets none: it is the plain attempt.
 */
export const STRATEGY_HINTS: readonly string[] = [
  'induction on the variable that the recursive definitions consume, generalizing the others before it',
  'state one or two helper lemmas before the theorem, prove each by its own induction, and finish with them',
  'case analysis: split every hypothesis and every `if`/`match` first, then close each case separately',
  'automation first: find facts which, given as `have`, let `omega`, `grind` or `simp_all` close the goal',
  'a `calc` chain or explicit `rw` steps with named library lemmas instead of closing tactics',
  'work backwards: `refine` the goal into its parts, prove each with `have`, and give witnesses explicitly',
  'contradiction: assume the negation, derive bounds or a smaller counterexample, and close with `omega`',
  'a term-mode proof with pattern matching (structural recursion over the data) instead of tactics',
  'strengthen the statement into a more general lemma whose induction goes through, then specialize it',
];

/** Rounds begin at another hint, so that the same sample index meets another one each round. */
const SHIFT = 4;

/**
 * What a sample is told to try; another text for each sample of a round, however many there are: first the hints one by
 * one, then two of them together, then these with a number.
 */
export function approachFor(round: number, sample: number): string {
  const n = STRATEGY_HINTS.length;
  const at = (i: number): string => STRATEGY_HINTS[((i % n) + n) % n]!;
  const serial = round === 1 ? sample - 1 : sample;
  const first = serial + SHIFT * (round - 1);
  if (serial < n) return `${at(first)}.`;
  const pair = serial - n;
  const second = first + 1 + (Math.floor(pair / n) % (n - 1));
  const both = `${at(first)}; and where that stalls, ${at(second)}.`;
  const repeat = Math.floor(pair / (n * (n - 1)));
  return repeat === 0
    ? both
    : `${both} Take a line that no earlier attempt is likely to have taken (attempt ${sample + 1}).`;
}
