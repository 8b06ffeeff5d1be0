import type { Theorem } from '../model/theorem.ts';
import { nameParts } from './names.ts';

/** A goal as Lean prints it, taken apart. */
export type PrintedGoal = {
  readonly hypotheses: readonly Hypothesis[];
  readonly target: string;
};
export type Hypothesis = {
  readonly names: readonly string[];
  readonly type: string;
  /** Of a `let` variable. */
  readonly value: string | null;
};

/** Null for what is not a printed goal. Continued lines are indented. */
export function readGoal(text: string): PrintedGoal | null {
  const lines = text.split('\n').filter((line) => !/^case [^:]*$/.test(line));
  const from = lines.findIndex((line) => line.startsWith('⊢'));
  if (from < 0) return null;
  const entries: string[] = [];
  for (const line of lines.slice(0, from)) {
    if (/^\s/.test(line) && entries.length > 0) entries[entries.length - 1] += `\n${line}`;
    else entries.push(line);
  }
  const hypotheses = entries.map((entry): Hypothesis | null => {
    const match = /^([^:]+?) :\s([\s\S]*)$/u.exec(entry);
    if (match === null) return null;
    const [, names = '', rest = ''] = match;
    const at = valueAt(rest);
    return {
      names: names.trim().split(/\s+/),
      type: (at < 0 ? rest : rest.slice(0, at)).trim(),
      value: at < 0 ? null : rest.slice(at + 2).trim(),
    };
  });
  if (hypotheses.includes(null)) return null;
  const target = lines.slice(from).join('\n').slice(1).trim();
  return { hypotheses: hypotheses as Hypothesis[], target };
}

/** Index of a `:=` outside of brackets, or -1. */
function valueAt(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    if ('([{⟨'.includes(text[i]!)) depth += 1;
    else if (')]}⟩'.includes(text[i]!)) depth -= 1;
    else if (depth === 0 && text.startsWith(':=', i)) return i;
  }
  return -1;
}

/** A goal as a theorem that stands before the one it comes from, and how the goal is closed by it. */
export type Extracted = {
  /** Up to but without `:=`. */
  readonly statement: string;
  /** Hypotheses and conclusion without the name: equal for equal statements. */
  readonly signature: string;
  /** Names to give to inaccessible hypotheses before `term` is written, oldest first. */
  readonly renames: readonly string[];
  readonly term: string;
};

const INACCESSIBLE = /[^\s()[\]{}⟨⟩,:.]*✝[⁰¹²³⁴⁵⁶⁷⁸⁹]*/gu;

/** Puts all that a goal depends on into binders. What Lean makes of the text is for Lean to say. */
export function extractGoal(name: string, goal: PrintedGoal, theorem: Theorem): Extracted {
  const fresh = freshNames(goal);
  const read = (text: string) => text.replace(INACCESSIBLE, (found) => fresh.get(found) ?? found);
  const firstLet = goal.hypotheses.findIndex((h) => h.value !== null);
  const before = goal.hypotheses.slice(0, firstLet < 0 ? undefined : firstLet);
  const behind = firstLet < 0 ? [] : goal.hypotheses.slice(firstLet);
  const named = ({ names }: Hypothesis) => names.map((n) => fresh.get(n) ?? n);
  const binder = (h: Hypothesis) =>
    isInstance(h) ? `[${named(h)[0]} : ${read(h.type)}]` : `(${named(h).join(' ')} : ${read(h.type)})`;
  const chain = behind.map((h) =>
    h.value === null ? `∀ ${binder(h)},` : `let ${named(h)[0]} : ${read(h.type)} := ${read(h.value)};`,
  );
  const signature = `${before.map((h) => ` ${binder(h)}`).join('')} :\n    ${[...chain, read(goal.target)].join('\n    ')}`;
  const levels = levelsOf(goal, theorem);
  const universes = levels.length === 0 ? '' : `.{${levels.join(', ')}}`;
  const given = goal.hypotheses
    .filter((h) => h.value === null && !isInstance(h))
    .flatMap((h) => h.names.map((n) => fresh.get(n) ?? n));
  const renames = goal.hypotheses.flatMap((h) =>
    h.names.flatMap((n) => (n.includes('✝') ? [fresh.get(n) ?? '_'] : [])),
  );
  const term = [name, ...given].join(' ');
  return {
    statement: `theorem ${name}${universes}${signature}`,
    signature: universes + signature,
    renames,
    term,
  };
}

const isInstance = ({ names }: Hypothesis): boolean => /^_?inst(✝|$)/u.test(names[0] ?? '');

/** For each inaccessible name one that nothing else has. */
function freshNames({ hypotheses }: PrintedGoal): ReadonlyMap<string, string> {
  const all = hypotheses.flatMap((h) => h.names);
  const taken = new Set(all);
  const fresh = new Map<string, string>();
  for (const name of all) {
    if (!name.includes('✝')) continue;
    const base = name.replace(/✝.*/u, '').replace(/[^\p{L}\p{N}_']/gu, '') || 'x';
    let n = 1;
    while (taken.has(`${base}_${n}`)) n += 1;
    taken.add(`${base}_${n}`);
    fresh.set(name, `${base}_${n}`);
  }
  return fresh;
}

/** Universe levels that the goal names and the context does not declare. */
function levelsOf({ hypotheses, target }: PrintedGoal, { context }: Theorem): string[] {
  const text = [...hypotheses.flatMap((h) => [h.type, h.value ?? '']), target].join('\n');
  const places = [...text.matchAll(/\b(?:Type|Sort)\s+(\([^)]*\)|[\p{L}_][\p{L}\p{N}_]*)|\.\{([^}]*)\}/gu)];
  const named = places.flatMap((m) => (m[1] ?? m[2] ?? '').match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  const declared = new Set(
    [...context.matchAll(/^universe ([^\n]*)/gmu)].flatMap((m) => (m[1] ?? '').trim().split(/\s+/)),
  );
  return [...new Set(named)].filter((level) => !/^i?max$/.test(level) && !declared.has(level));
}

/** A name that begins like the theorem's, for a lemma beside it that `text` does not have. */
export function lemmaName({ name }: Theorem, step: string, text: string): string {
  const plain =
    nameParts(name).every((part) => /^[\p{L}_][\p{L}\p{N}_']*$/u.test(part)) && !name.startsWith('_root_');
  const base = `${plain ? name : 'step'}_${step.replace(/[^\p{L}\p{N}_']/gu, '') || 'step'}`;
  for (let n = 0; ; n += 1) {
    const made = n === 0 ? base : `${base}_${n}`;
    if (!text.includes(made)) return made;
  }
}
