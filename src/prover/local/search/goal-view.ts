import { tokenize } from '../../../lean-text/lexer.ts';

export type Hypothesis = {
  readonly name: string;
  /** As Lean prints it, on one line. */
  readonly type: string;
  /** Lean gave it a name that no text can say (`x✝`). */
  readonly hidden: boolean;
};

/** A goal as Lean prints it, taken apart. */
export type GoalView = {
  /** Of `case cons`; '' where there is none. */
  readonly tag: string;
  readonly hypotheses: readonly Hypothesis[];
  readonly target: string;
  /** Word tokens of hypotheses and target. */
  readonly words: ReadonlySet<string>;
  /** Hypotheses and target without the tag: equal for equal goals. */
  readonly key: string;
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Reads what `ppGoal` prints: hypotheses begin at the margin, what belongs to them is indented. */
export function viewOf(text: string): GoalView {
  const lines = text.split('\n');
  const tag = lines[0]?.startsWith('case ') ? lines.shift()!.slice('case '.length).trim() : '';
  const entries: string[] = [];
  for (const line of lines) {
    if (/^\s/.test(line) && entries.length > 0) entries[entries.length - 1] += ` ${line.trim()}`;
    else entries.push(line);
  }
  const hypotheses: Hypothesis[] = [];
  let target = '';
  for (const entry of entries) {
    if (entry.startsWith('⊢')) {
      target = oneLine(entry.slice(1));
      continue;
    }
    const colon = entry.indexOf(' : ');
    if (colon < 0) continue;
    const type = oneLine(entry.slice(colon + 3));
    for (const name of entry.slice(0, colon).split(' ')) {
      const hidden = name.includes('✝');
      hypotheses.push({ name, type, hidden });
    }
  }
  const key = oneLine(entries.join(' '));
  const words = new Set(tokensOf(key).filter((t) => /^[\p{L}_«]/u.test(t)));
  return { tag, hypotheses, target, words, key };
}

/** Tokens of a printed term; no white space among them. */
export const tokensOf = (text: string): string[] =>
  tokenize(text)
    .filter((t) => t.kind !== 'comment')
    .map((t) => t.text);

const RELATION = /[=<>≤≥≠∣∧∨¬→↔∀∃∈]|^(True|False)$/;

/** Whether a printed type is a proposition as far as its text shows. */
export const looksLikeProposition = (type: string): boolean =>
  RELATION.test(type.replaceAll('→', ' → ')) && !isArrow(type);

/** A function type between data: `Nat → Nat`. */
const isArrow = (type: string): boolean => /^[\p{L}\p{N}_.' ()]+( → [\p{L}\p{N}_.' ()]+)+$/u.test(type);
