import { randomBytes } from 'node:crypto';
import { CHECKER_VERSION } from '../model/index.ts';
import { canonicalJson, contentKey } from '../store/keys.ts';

/** What determines the meaning of a run's samples; budgets, samples, lanes and time-outs do not. */
export type RunMeaning = {
  readonly kind: 'suite' | 'file';
  /** Suite name or file path; for people, not part of the meaning. */
  readonly label: string;
  /** sha256 of the suite's or file's bytes. */
  readonly sha256: string;
  /** The theorems asked for, in the order of the suite or the file. */
  readonly theoremIds: readonly string[];
  /** Provers in order, with the model that each asks and the variant of its prompt. */
  readonly provers: readonly {
    readonly name: string;
    readonly model: string | null;
    readonly prompt?: string;
  }[];
  /** All samples of the first round are asked. Absent: a proof ends it. */
  readonly exhaust?: true;
  /** Some of them may have been left out for the sake of these limits. Absent: none. */
  readonly chosenUnder?: { readonly withinMs: number | null; readonly usd: number | null };
  /** Lean's build hash, or another name of the Lean that judges. */
  readonly lean: string;
};

/** Letters that need no quoting in a shell or an address. */
const slug = (label: string): string =>
  (label.split('/').at(-1) ?? '')
    .replace(/\.(lean|jsonl)$/, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'input';

/**
 * The workflow id of a run: the same meaning gives the same id, so that the same command attaches.
 * `fresh` adds a random suffix: a run of its own.
 */
export const runIdFor = (meaning: RunMeaning, { fresh = false } = {}): string => {
  const { label, ...rest } = meaning;
  const hash = contentKey('run', [canonicalJson(rest), CHECKER_VERSION]).slice(0, 12);
  const verb = meaning.kind === 'suite' ? 'bench' : 'prove';
  return `${verb}-${slug(label)}-${hash}${fresh ? `-${randomBytes(3).toString('hex')}` : ''}`;
};

/** The same for all runs that differ in nothing but the theorems: those of a suite whose file is amended. */
export const seriesOf = ({ kind, label, provers, lean, exhaust }: RunMeaning): string =>
  contentKey('series', [
    canonicalJson({ kind, label, provers, lean, ...(exhaust && { exhaust }) }),
    CHECKER_VERSION,
  ]).slice(0, 12);

export { childIdFor } from '../../workflows/names.ts';
