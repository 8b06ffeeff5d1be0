import { z } from 'zod';

/** The last values of a theorem, oldest first: times and tokens as logarithms, success as 1 and 0. */
export const pastSchema = z
  .object({
    ms: z.array(z.number()).readonly(),
    solved: z.array(z.number()).readonly(),
    tokens: z.array(z.number()).readonly(),
  })
  .readonly();
export type Past = z.infer<typeof pastSchema>;

export const NO_PAST: Past = { ms: [], solved: [], tokens: [] };

/** Older values speak of older versions of provers, prompts and machines. */
const REMEMBERED = 5;

export const withValue = (values: readonly number[], value: number | null): readonly number[] =>
  value === null ? values : [...values, value].slice(-REMEMBERED);

/** Between what others like it say and a theorem's own record: the forest counts as `strength` records of its own. */
export const pulled = (forest: number, own: readonly number[], strength: number): number =>
  (strength * forest + own.reduce((a, b) => a + b, 0)) / (strength + own.length);

type Case = { readonly forest: number; readonly own: readonly number[]; readonly y: number };

/** How much a forest is believed: as part of its distance from what is usual, and in records of a theorem's own. */
export type Trust = { readonly usual: number; readonly share: number; readonly strength: number };

const SHARES = [0, 0.25, 0.5, 0.75, 1] as const;
const STRENGTHS = [0.1, 0.25, 0.5, 1, 2, 4, 8] as const;
const USUAL_STRENGTH = 1;
/** Fewer theorems that were tried again say too little of how much a record is worth. */
const LEAST_REPEATS = 10;

export const believed = (forest: number, { usual, share }: Trust): number => usual + share * (forest - usual);

/** What is expected: the forest as far as it is believed, and the theorem's own record. */
export const expected = (forest: number, own: readonly number[], trust: Trust): number =>
  pulled(believed(forest, trust), own, trust.strength);

const best = <T>(choices: readonly T[], loss: (choice: T) => number): T =>
  choices.map((choice) => ({ choice, loss: loss(choice) })).reduce((a, b) => (b.loss < a.loss ? b : a))
    .choice;

/** The trust with which held-out predictions would have been best: none where a forest says no more than the usual value. */
export const fitTrust = (
  cases: readonly Case[],
  usual: number,
  loss: (y: number, guess: number) => number,
): Trust => {
  const total = (some: readonly Case[], trust: Trust) =>
    some.reduce((sum, c) => sum + loss(c.y, expected(c.forest, c.own, trust)), 0);
  const alone = cases.map((c) => ({ ...c, own: [] }));
  const share = best([...SHARES].reverse(), (s) =>
    total(alone, { usual, share: s, strength: USUAL_STRENGTH }),
  );
  const repeats = cases.filter((c) => c.own.length > 0);
  const strength =
    repeats.length < LEAST_REPEATS
      ? USUAL_STRENGTH
      : best(STRENGTHS, (s) => total(repeats, { usual, share, strength: s }));
  return { usual, share, strength };
};
