import type { RefuteEffort } from '../../model/index.ts';
import type { Instance } from './instances.ts';

/** `by …`, the cheapest first. `least`: tried for this many instances. */
export type Closer = { readonly tactic: string; readonly most: number };

const list = (names: readonly string[]): string => (names.length === 0 ? '' : ` [${names.join(', ')}]`);

/** What may show that a single instance is false, for a glance, a look in passing or a search in earnest. */
export function closersFor(functions: readonly string[], effort: RefuteEffort): readonly Closer[] {
  const names = functions.slice(0, 8);
  const unfold = names.length === 0 ? [] : [{ tactic: `simp${list(names)}`, glance: 6, quick: 24, full: 64 }];
  const rows = [
    { tactic: 'decide', glance: 24, quick: 120, full: 240 },
    ...unfold,
    { tactic: 'simp', glance: 0, quick: 24, full: 64 },
    { tactic: 'omega', glance: 4, quick: 8, full: 16 },
    { tactic: 'intro ⟨_, hx⟩; omega', glance: 0, quick: 8, full: 16 },
    { tactic: `grind${list(names)}`, glance: 0, quick: 0, full: 8 },
  ];
  return rows.flatMap((row) => (row[effort] === 0 ? [] : [{ tactic: row.tactic, most: row[effort] }]));
}

const filled = (parts: readonly string[], tactic: string): string =>
  parts.map((part) => (part === '?' ? `(by ${tactic})` : part)).join(' ');

/** A proof of the negation by one instance: readable, or with every argument written. */
export const byInstance = ({ all, shown }: Instance, tactic: string): readonly string[] =>
  all.length === 0
    ? [`fun h => absurd h (by ${tactic})`]
    : [
        `fun h => absurd (h ${filled(shown, tactic)}) (by ${tactic})`,
        `fun h => absurd (@h ${filled(all, tactic)}) (by ${tactic})`,
      ];

const PICK = 'counterexample ';

/** Tries several instances in one elaboration; Lean says which one it was. */
export const batch = (instances: readonly Instance[], tactic: string): string => {
  const tries = instances.map((instance, i) => {
    const h = instance.all.length === 0 ? 'h' : `(@h ${filled(instance.all, tactic)})`;
    return `  | (exact absurd ${h} (by ${tactic}); trace "${PICK}${i}")`;
  });
  return `by\n  intro h\n  first\n${tries.join('\n')}`;
};

/** The index that `batch` had Lean say, or null. */
export const picked = (messages: readonly string[]): number | null => {
  const said = messages.find((text) => text.startsWith(PICK));
  const index = Number(said?.slice(PICK.length).trim());
  return said === undefined || !Number.isInteger(index) ? null : index;
};

/** Shows the statement that is negated, as a hypothesis. */
export const SHOW = 'by\n  intro h\n  trace_state\n  fail';

/** The type of `h` in what `SHOW` had Lean print, or null. */
export const shown = (messages: readonly string[]): string | null => {
  for (const text of messages) {
    const match = /^h : ([\s\S]*)\n⊢ False/u.exec(text.trim());
    if (match !== null) return match[1]!;
  }
  return null;
};
