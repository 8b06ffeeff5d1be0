import type { Diagnostic, TextRef, Verdict } from '../src/model/index.ts';
import type { Store } from '../src/store/store.ts';

/** UTF-8 bytes of text that a history carries inline; more lies in the store. */
export const INLINE_BYTES = 32 * 1024;

/** The head of a text that has at most `max` UTF-8 bytes, cut between characters. */
export const headOf = (text: string, max: number): string => {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= max) return text;
  let end = max;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end).toString('utf8');
};

/** The text itself while small, else its head, with the whole in the store under its hash. */
export const textRef = async (store: Store, text: string, max = INLINE_BYTES): Promise<TextRef> => {
  const bytes = Buffer.byteLength(text, 'utf8');
  return bytes <= max
    ? { text, bytes, sha256: null }
    : { text: headOf(text, max), bytes, sha256: await store.putText(text) };
};

/**
 * A verdict whose texts have at most `max` bytes together: half for its diagnostics, errors before the rest; half for goals
 * and hints.
 */
export const boundedVerdict = (verdict: Verdict, max = INLINE_BYTES): Verdict => {
  const hints = verdict.status === 'rejected' ? boundedHints(verdict, max / 2) : {};
  const goals = 'goals' in verdict ? { goals: boundedTexts(verdict.goals, max / 2) } : {};
  const diagnostics =
    'diagnostics' in verdict ? { diagnostics: boundedDiagnostics(verdict.diagnostics, max / 2) } : {};
  return { ...verdict, ...diagnostics, ...goals, ...hints } as Verdict;
};

type Rejected = Extract<Verdict, { status: 'rejected' }>;

const boundedHints = (
  { openGoals, unknown }: Rejected,
  max: number,
): Pick<Rejected, 'openGoals' | 'unknown'> => {
  const goals =
    openGoals &&
    boundedTexts(
      openGoals.map(({ goal }) => goal),
      max / 2,
    );
  let left = max / 2;
  const fits = (text: string) => {
    left -= Buffer.byteLength(text, 'utf8');
    return left >= 0;
  };
  const kept = unknown
    ?.filter(({ name }) => fits(name))
    .map((one) => ({ ...one, near: one.near.filter(({ name, type }) => fits(name + type)) }));
  return {
    ...(goals && { openGoals: goals.map((goal, i) => ({ ...openGoals![i]!, goal })) }),
    ...(kept && { unknown: kept }),
  };
};

const RANK = { error: 0, warning: 1, info: 2 } as const;

const boundedDiagnostics = (all: readonly Diagnostic[], max: number): readonly Diagnostic[] => {
  const total = all.reduce((sum, d) => sum + Buffer.byteLength(d.text, 'utf8'), 0);
  if (total <= max) return all;
  let left = max;
  const kept = new Map<Diagnostic, Diagnostic>();
  for (const d of [...all].sort((a, b) => RANK[a.severity] - RANK[b.severity])) {
    if (left <= 0) break;
    const text = shortened(d.text, Math.min(left, max / 2));
    left -= Buffer.byteLength(text, 'utf8');
    kept.set(d, { ...d, text });
  }
  return all.flatMap((d) => kept.get(d) ?? []);
};

const boundedTexts = (all: readonly string[], max: number): readonly string[] => {
  let left = max;
  return all.flatMap((text) => {
    if (left <= 0) return [];
    const part = shortened(text, left);
    left -= Buffer.byteLength(part, 'utf8');
    return [part];
  });
};

const shortened = (text: string, max: number): string =>
  Buffer.byteLength(text, 'utf8') <= max ? text : `${headOf(text, max)}… (cut)`;
