import type { Diagnostic, GoalAt, Position } from '../../../src/model/index.ts';
import { createGoalPrinter } from '../elaborate/goals.ts';
import { createTreeReader, TACTIC, TERM } from '../elaborate/info-tree.ts';
import { createSyntaxReader } from '../elaborate/syntax.ts';
import { LeanIoError, type LeanRuntime, type Obj } from '../runtime/types.ts';

/** Errors whose goals are looked up, goals of each, and UTF-16 code units of one. */
const MOST_ERRORS = 3;
const MOST_GOALS = 2;
const MOST_TEXT = 2_000;
/** Nodes of the trees that are looked at. */
const MOST_NODES = 20_000;

const UNSOLVED = /^unsolved goals\n/;

/** The smallest piece of a proof around a place. Everything is borrowed or held. */
type Around = { readonly length: number; readonly context: Obj; readonly info: Obj };

/**
 * The goals that a proof stood before where its first errors are: those of the smallest tactic around the place, else the
 * type that was expected of the smallest term there.
 */
export function goalsAtErrors(
  lean: LeanRuntime,
  trees: readonly Obj[],
  errors: readonly Diagnostic[],
  text: string,
): GoalAt[] {
  const offset = offsetsOf(text);
  const places = errors.slice(0, MOST_ERRORS).map((error) => ({ ...error, at: offset(error.pos) }));
  const around = smallestAround(
    lean,
    trees,
    places.filter((p) => !UNSOLVED.test(p.text)).map((p) => p.at),
  );
  const found: GoalAt[] = [];
  for (const { pos, text: said, at } of places) {
    const goals = UNSOLVED.test(said) ? [said.replace(UNSOLVED, '')] : goalsOf(lean, around.get(at));
    for (const goal of goals) {
      const cut = goal.length > MOST_TEXT ? `${goal.slice(0, MOST_TEXT)}…` : goal;
      if (!found.some((known) => known.goal === cut)) found.push({ ...pos, goal: cut });
    }
  }
  return found;
}

function smallestAround(
  lean: LeanRuntime,
  trees: readonly Obj[],
  places: readonly number[],
): Map<number, Around> {
  const reader = createTreeReader(lean);
  const { range } = createSyntaxReader(lean);
  const tactics = new Map<number, Around>();
  const terms = new Map<number, Around>();
  let left = places.length === 0 ? 0 : MOST_NODES;
  const look = (info: Obj, context: Obj): boolean => {
    left -= 1;
    if (left < 0) return false;
    const kind = lean.tag(info);
    if (kind !== TACTIC && kind !== TERM) return true;
    const data = lean.field(info, 0);
    // A tactic without goals, or a term of unknown type, says nothing.
    if (lean.isBox(lean.field(data, 2))) return true;
    const [start, end] = range(reader.syntaxOf(info));
    const best = kind === TACTIC ? tactics : terms;
    for (const at of places) {
      if (start > at || at >= end) continue;
      if (end - start <= (best.get(at)?.length ?? Number.POSITIVE_INFINITY))
        best.set(at, { length: end - start, context, info });
    }
    return true;
  };
  for (const tree of trees) reader.walk(tree, look);
  return new Map([...terms, ...tactics]);
}

function goalsOf(lean: LeanRuntime, around: Around | undefined): string[] {
  if (around === undefined) return [];
  const { context, info } = around;
  const print = createGoalPrinter(lean);
  const data = lean.field(info, 0);
  try {
    if (lean.tag(info) === TERM)
      return [print.expectedType(context, lean.field(data, 1), lean.field(lean.field(data, 2), 0))];
    const goals = lean.listItems(lean.field(data, 2)).slice(0, MOST_GOALS);
    return print.goalsIn(context, lean.field(data, 1), lean.hold(lean.list(goals.map(lean.inc))));
  } catch (error) {
    if (error instanceof LeanIoError) return [];
    throw error;
  }
}

/** Byte offset of a position in a text. */
function offsetsOf(text: string): (pos: Position) => number {
  const lines = text.split('\n');
  return ({ line, column }) => {
    const before = lines.slice(0, line - 1).reduce((sum, one) => sum + Buffer.byteLength(one) + 1, 0);
    return before + Buffer.byteLength([...(lines[line - 1] ?? '')].slice(0, column).join(''));
  };
}
