import type { Concurrency } from './concurrency.ts';
import type { Estimate } from './estimate.ts';
import type { LeanShare } from './lean-share.ts';

export type Kpi = {
  readonly id: 'success' | 'time' | 'capacity' | 'utilisation' | 'errors';
  readonly name: string;
  /** What is measured, in a sentence. */
  readonly definition: string;
  readonly target: string;
  readonly unit: 'share' | 'ms' | 'theorems';
  readonly value: number | null;
  /** Null: no data. */
  readonly met: boolean | null;
};

export type KpiInput = {
  readonly success: Estimate;
  /** Share of theorems that ended in an error. */
  readonly errors: number | null;
  readonly meanMs: number | null;
  readonly concurrency: Concurrency | null;
  readonly utilisation: LeanShare;
};

type Rule = Omit<Kpi, 'value' | 'met'> & {
  readonly of: (input: KpiInput) => number | null;
  readonly meets: (value: number) => boolean;
};

const RULES: readonly Rule[] = [
  {
    id: 'success',
    name: 'success rate',
    definition: 'Theorems solved, of all that came to a result.',
    target: '≥ 95 %',
    unit: 'share',
    of: ({ success }) => success.value,
    meets: (value) => value >= 0.95,
  },
  {
    id: 'time',
    name: 'mean time',
    definition: 'From start to result of a theorem, those answered from the store included.',
    target: '< 8 s',
    unit: 'ms',
    of: ({ meanMs }) => meanMs,
    meets: (value) => value < 8000,
  },
  {
    id: 'capacity',
    name: 'capacity',
    definition:
      'So many theorems, or more, were in flight for at least half of the time in which any was: what was sustained, not the peak.',
    target: '≥ 4',
    unit: 'theorems',
    of: ({ concurrency }) => concurrency?.sustained ?? null,
    meets: (value) => value >= 4,
  },
  {
    id: 'utilisation',
    name: 'utilisation',
    definition: 'Time in which Lean slots worked, of the time in which they were there.',
    target: '70 to 80 %',
    unit: 'share',
    of: ({ utilisation }) => utilisation.value,
    meets: (value) => value >= 0.7 && value <= 0.8,
  },
  {
    id: 'errors',
    name: 'error rate',
    definition: 'Theorems that ended in an error, of all that came to a result.',
    target: '< 5 %',
    unit: 'share',
    of: ({ errors }) => errors,
    meets: (value) => value < 0.05,
  },
];

export const kpisOf = (input: KpiInput): readonly Kpi[] =>
  RULES.map(({ of, meets, ...rule }) => {
    const value = of(input);
    return { ...rule, value, met: value === null ? null : meets(value) };
  });
