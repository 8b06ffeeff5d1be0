import type { ExploredGoal } from '../../../../lean/service.ts';
import type { Runner } from './runner.ts';

/** Shorter ones are tried first, so many in all. */
const MOST = 4;
const HEARTBEATS = 3_000;
const HEAD = /^Try (?:this|these):/;
const ITEM = /^ {2}\[apply\] /;

/**
 * Proofs in the messages of `exact?` and `try?`, the shortest first. Format of Lean 4.28 (`Lean.Meta.Tactic.TryThis`): a line
 * `Try this:` or `Try these:`, then each proof behind `  [apply] `, its further lines indented.
 */
export function suggestionsIn(said: readonly string[]): string[] {
  const texts = said.filter((message) => HEAD.test(message)).flatMap(proofsOf);
  return [...new Set(texts)].toSorted((a, b) => a.length - b.length);
}

function proofsOf(message: string): string[] {
  const proofs: string[][] = [];
  for (const line of message.split('\n').slice(1)) {
    if (ITEM.test(line)) proofs.push([line.replace(ITEM, '')]);
    else proofs.at(-1)?.push(line.replace(/^ {2}/, ''));
  }
  return proofs.map((lines) => lines.join('\n').trimEnd());
}

/** The shortest of what was suggested that closes the goal when it is written out; null when none does. */
export async function firstThatCloses(
  goal: ExploredGoal,
  said: readonly string[],
  runner: Runner,
): Promise<string | null> {
  for (const tactic of suggestionsIn(said).slice(0, MOST)) {
    const step = await runner.run(goal, tactic, HEARTBEATS);
    if (step.status === 'goals' && step.goals.length === 0) return tactic;
  }
  return null;
}
