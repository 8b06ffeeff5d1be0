import { fingerprintOf } from '../../src/lean-text/fingerprint.ts';
import type { Attempt, Verdict } from '../../src/model/index.ts';

/**
 * What a sample does: begins anew, or repairs the attempt of number `of`. `again` = how many before it in the round do,
 * `repeated` = how often the same proof came once more in earlier rounds.
 */
export type Role =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'repair'; readonly of: number; readonly again: number; readonly repeated: number };

export type RoundToPlan = {
  /** Attempts so far, of this prover and round or earlier ones. */
  readonly attempts: readonly Attempt[];
  readonly prover: string;
  /** 1-based. */
  readonly round: number;
  readonly rounds: number;
  readonly samples: number;
  /** How many requests what is left of money and tokens is expected to last for; null = no such limit. */
  readonly requestsLeft: number | null;
};

/** Repairs of repairs; by then a line has either come near or is stuck. */
const MAX_DEPTH = 3;
/** Repairs of one attempt in a round. */
const MAX_AGAIN = 2;
/** While rounds are left, one sample of so many begins anew. */
const FRESH_OF = 3;

const FRESH: Role = { kind: 'fresh' };

/** How far from a proof a verdict is: fewer is nearer; null = nothing to learn from. */
const distance = (verdict: Verdict): number | null => {
  switch (verdict.status) {
    case 'incomplete':
      return 1;
    case 'rejected':
      return Math.min(6, 1 + verdict.diagnostics.filter((d) => d.severity === 'error').length);
    case 'exhausted':
      return 4;
    case 'timeout':
    case 'dishonest':
      return 5;
    default:
      return null;
  }
};

const firstError = (a: Attempt): string | null => {
  const { verdict } = a;
  if (verdict === null || !('diagnostics' in verdict)) return null;
  return verdict.diagnostics.find((d) => d.severity === 'error')?.text ?? null;
};

type Candidate = { readonly attempt: Attempt; readonly repeated: number; readonly score: number };

/** The same proof is one line, whichever of its attempts arrived first: the one of the earliest round and index stands for all. */
const linesOf = (own: readonly Attempt[]): Map<string, Attempt[]> => {
  const lines = new Map<string, Attempt[]>();
  for (const attempt of own) {
    if (attempt.submission === null) continue;
    const key = fingerprintOf(attempt.submission);
    lines.set(key, [...(lines.get(key) ?? []), attempt]);
  }
  return lines;
};

/**
 * Attempts worth a repair, the most promising first. Nothing here follows from the order in which answers arrived: with
 * the same answers the next round asks the same.
 */
const candidatesOf = ({ attempts, prover, round }: RoundToPlan): Candidate[] => {
  const own = attempts
    .filter((a) => a.prover === prover && a.round < round && a.round > 0)
    .sort((a, b) => a.round - b.round || a.sample - b.sample);
  const byNumber = new Map(own.map((a) => [a.n, a]));
  const depth = (a: Attempt): number => {
    let steps = 0;
    for (let at: Attempt | undefined = a; at?.repairOf != null && steps < MAX_DEPTH; steps++)
      at = byNumber.get(at.repairOf);
    return steps;
  };
  return [...linesOf(own).values()]
    .flatMap((line): Candidate[] => {
      const [attempt] = line as [Attempt, ...Attempt[]];
      const { verdict, duplicateOf, repairOf } = attempt;
      // Another prover has begun that line.
      if (verdict === null || (duplicateOf !== undefined && !byNumber.has(duplicateOf))) return [];
      const near = distance(verdict);
      const steps = depth(attempt);
      if (near === null || steps >= MAX_DEPTH) return [];
      const numbers = new Set(line.map(({ n }) => n));
      const repaired = own.filter((a) => a.repairOf != null && numbers.has(a.repairOf)).length;
      const repeated = line.length - 1;
      const parent = repairOf == null ? undefined : byNumber.get(repairOf);
      const stuck = parent !== undefined && firstError(parent) === firstError(attempt);
      const score = near + steps + 2 * repaired + 2 * repeated + (stuck ? 3 : 0);
      return [{ attempt, repeated, score }];
    })
    .sort(
      ({ attempt: a, ...x }, { attempt: b, ...y }) =>
        x.score - y.score || b.round - a.round || b.sample - a.sample,
    );
};

/** Beyond this a line is worth less than a new beginning, as long as there is room for one. */
const HOPELESS = 7;

/**
 * What each sample of a round does. Repairs refine what came nearest; new beginnings keep a wrong idea from eating the
 * budget. While rounds are left, every third sample begins anew, and a line that is stuck, was repaired before or
 * comes back with the same proof gives way. In what is likely the last round the best lines take all: a new beginning
 * would have one try only. Pure.
 */
export function planRound(plan: RoundToPlan): readonly Role[] {
  const { round, rounds, samples, requestsLeft } = plan;
  const isLast = round >= rounds || (requestsLeft !== null && requestsLeft <= samples);
  const candidates = candidatesOf(plan).filter(({ score }) => isLast || score < HOPELESS);
  const repairs = Math.min(
    candidates.length * MAX_AGAIN,
    isLast ? samples : samples - Math.floor(samples / FRESH_OF),
  );
  const roles = new Array<Role>(samples).fill(FRESH);
  const taken = new Map<number, number>();
  const free = new Set(roles.keys());
  const assign = (slot: number, { attempt, repeated }: Candidate): void => {
    const again = taken.get(attempt.n) ?? 0;
    taken.set(attempt.n, again + 1);
    free.delete(slot);
    roles[slot] = { kind: 'repair', of: attempt.n, again, repeated };
  };
  for (let i = 0; i < repairs; i++) {
    const candidate = candidates[i % candidates.length]!;
    // Its own index where that is free, so that a line keeps its index from round to round.
    const slot = free.has(candidate.attempt.sample) ? candidate.attempt.sample : Math.min(...free);
    assign(slot, candidate);
  }
  return roles;
}
