import type { ExploredGoal } from '../../../../lean/service.ts';

/** A proof as the search found it: a tactic, and the proofs of the goals that it leaves. */
export type Proof = {
  /** Where the tactic is run, with names for its hypotheses. */
  readonly goal: ExploredGoal;
  /** Kind of step. */
  readonly name: string;
  readonly tactic: string;
  readonly goals: readonly SubProof[];
};

export type SubProof = {
  /** Lean's name of the goal (`cons`), '' for none. */
  readonly tag: string;
  /** Names that the search gave to hidden hypotheses, in their order. */
  readonly names: readonly string[];
  readonly proof: Proof;
};

/** Proof text behind `:=`. */
export const proofText = (proof: Proof, names: readonly string[] = []): string => {
  const lines = [...renames(names, proof), ...linesOf(proof)];
  return lines.length === 1 && !lines[0]!.includes('\n') ? `by ${lines[0]}` : `by\n${indented(lines, '  ')}`;
};

const indented = (lines: readonly string[], by: string): string =>
  lines
    .flatMap((line) => line.split('\n'))
    .map((line) => by + line)
    .join('\n');

const says = (text: string, name: string): boolean => text.split(/[^\p{L}\p{N}_'«»]+/u).includes(name);

/** Names that nobody says later are not given. */
const isSaid = (names: readonly string[], proof: Proof): boolean => {
  const text = linesOf(proof).join('\n');
  return names.some((name) => says(text, name));
};

const renames = (names: readonly string[], proof: Proof): string[] =>
  isSaid(names, proof) ? [`rename_i ${names.join(' ')}`] : [];

/** `intros` with the names that its goal got. */
function introduced(proof: Proof): string | null {
  const [goal, ...more] = proof.goals;
  if (proof.tactic !== 'intros' || goal === undefined || more.length > 0) return null;
  return isSaid(goal.names, goal.proof) ? `intro ${goal.names.join(' ')}` : 'intros';
}

function linesOf(proof: Proof): string[] {
  const { tactic, goals } = proof;
  if (goals.length === 0) return tactic.split('\n');
  const [only, ...more] = goals;
  const intro = introduced(proof);
  if (intro !== null) return [intro, ...linesOf(only!.proof)];
  if (more.length === 0)
    return [...tactic.split('\n'), ...renames(only!.names, only!.proof), ...linesOf(only!.proof)];
  const shared = sharedCloser(goals);
  if (shared !== null && !tactic.includes('\n')) return [`${tactic} <;> ${shared}`];
  return [...tactic.split('\n'), ...goals.flatMap((goal) => branch(goal, goals))];
}

/** The one line that closes all goals, if it is one and says no names. */
function sharedCloser(goals: readonly SubProof[]): string | null {
  const [first] = goals;
  const line = first!.proof.tactic;
  const same = goals.every(
    ({ proof, names }) => proof.goals.length === 0 && proof.tactic === line && !isSaid(names, proof),
  );
  return same && !line.includes('\n') ? line : null;
}

/** `case cons x xs ih => …`, or a bullet where the goal has no name of its own. */
function branch({ tag, names, proof }: SubProof, siblings: readonly SubProof[]): string[] {
  const last = tag.slice(tag.lastIndexOf('.') + 1);
  const tags = siblings.map((s) => s.tag.slice(s.tag.lastIndexOf('.') + 1));
  const given = isSaid(names, proof) ? names : [];
  const body = linesOf(proof);
  const simple = /^[\p{L}_][\p{L}\p{N}_']*$/u.test(last) && tags.filter((t) => t === last).length === 1;
  if (!simple) {
    const all = [...(given.length > 0 ? [`rename_i ${given.join(' ')}`] : []), ...body];
    const [head, ...rest] = indented(all, '  ').split('\n');
    return [`· ${head!.trimStart()}`, ...rest];
  }
  const head = ['case', last, ...given, '=>'].join(' ');
  return body.length === 1 ? [`${head} ${body[0]}`] : [head, ...indented(body, '  ').split('\n')];
}

/** Kinds of steps of a proof, outermost first. */
export const stepNames = (proof: Proof): string[] => [
  proof.name,
  ...proof.goals.flatMap((g) => stepNames(g.proof)),
];
