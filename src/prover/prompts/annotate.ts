import type { Diagnostic, GoalAt } from '../../model/index.ts';

const MAX_MESSAGES = 6;
const CONTEXT_BEFORE = 3;
const CONTEXT_AFTER = 1;
const MAX_MESSAGE_LINES = 30;
const MAX_MESSAGE_CHARS = 1_800;
const MAX_LINE_CHARS = 240;
const MAX_SPAN_LINES = 6;

/** Cuts in the middle: Lean puts what is wrong first and the goal (`⊢ …`) last. */
export function cut(text: string): string {
  const lines = text.trim().split('\n');
  const kept =
    lines.length <= MAX_MESSAGE_LINES
      ? lines
      : [
          ...lines.slice(0, MAX_MESSAGE_LINES - 10),
          `  … (${lines.length - MAX_MESSAGE_LINES} lines left out) …`,
          ...lines.slice(-10),
        ];
  const joined = kept.join('\n');
  if (joined.length <= MAX_MESSAGE_CHARS) return joined;
  const points = [...joined];
  const head = points.slice(0, Math.floor(MAX_MESSAGE_CHARS * 0.7)).join('');
  const tail = points.slice(-Math.floor(MAX_MESSAGE_CHARS * 0.3)).join('');
  return points.length <= MAX_MESSAGE_CHARS ? joined : `${head} … ${tail}`;
}

/** Columns are code points; a tab keeps its width so that carets stay under what they mark. */
function caretLine(points: readonly string[], from: number, to: number): string {
  const pad = points
    .slice(0, Math.max(0, from))
    .map((c) => (c === '\t' ? '\t' : ' '))
    .join('');
  return `${pad}${'^'.repeat(Math.max(1, Math.min(to, points.length) - Math.max(0, from)))}`;
}

/** Indentation and trailing space of a line are no part of what is wrong with it. */
const textSpan = (points: readonly string[]): readonly [number, number] => {
  const from = points.findIndex((c) => c.trim() !== '');
  return from < 0 ? [0, 0] : [from, points.length - [...points].reverse().findIndex((c) => c.trim() !== '')];
};

/**
 * The lines around a message, with carets under what it marks; line numbers count from `firstLine`. Lines up to `shown`
 * stand in an earlier frame already.
 */
function frame(
  lines: readonly string[],
  firstLine: number,
  { pos, endPos }: Diagnostic,
  shown: number,
): { readonly text: string; readonly last: number } {
  const end = endPos !== null && endPos.line >= pos.line ? endPos : null;
  const lastMarked = Math.min(end?.line ?? pos.line, lines.length, pos.line + MAX_SPAN_LINES - 1);
  const last = Math.min(lines.length, lastMarked + CONTEXT_AFTER);
  const start = Math.min(pos.line, Math.max(firstLine, pos.line - CONTEXT_BEFORE, shown + 1));
  const width = String(last - firstLine + 1).length;
  const gutter = (n: number | null): string => `${n === null ? '' : n - firstLine + 1}`.padStart(width);
  const out: string[] = [];
  for (let n = start; n <= last; n += 1) {
    const all = [...(lines[n - 1] ?? '')];
    const points = all.slice(0, MAX_LINE_CHARS);
    out.push(`${gutter(n)} | ${points.join('')}${all.length > MAX_LINE_CHARS ? ' …' : ''}`.trimEnd());
    if (n < pos.line || n > lastMarked) continue;
    const [lead, tail] = textSpan(points);
    const from = n === pos.line ? pos.column : lead;
    const to = end === null ? pos.column + 1 : n === end.line ? end.column : tail;
    if (n === pos.line || to > from) out.push(`${gutter(null)} | ${caretLine(points, from, to)}`);
  }
  if (end !== null && end.line > lastMarked)
    out.push(`${gutter(null)} | … (marked to line ${end.line - firstLine + 1})`);
  return { text: out.join('\n'), last };
}

const SHOWS_GOAL = /^\s*⊢|\bcase\b.*\n[\s\S]*⊢/m;

/** The goal at a message, where the message does not print one itself. */
const goalFor = (d: Diagnostic, goals: readonly GoalAt[]): string => {
  if (SHOWS_GOAL.test(d.text)) return '';
  const goal =
    goals.find((g) => g.line === d.pos.line && g.column === d.pos.column) ??
    goals.find((g) => g.line === d.pos.line);
  return goal === undefined || goal.goal.trim() === '' ? '' : `\ngoal there:\n${cut(goal.goal)}`;
};

const RANK = { error: 0, warning: 1, info: 2 } as const;

export type Annotated = {
  /** Each message under the lines that it points to, the first errors first. */
  readonly shown: readonly string[];
  /** How many more there are. */
  readonly omitted: number;
  /** The messages that are shown. */
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * The messages that concern the attempt, each under the lines it points to: errors before the rest, in the
 * order of the text, the same message at the same place once. `firstLine` is the 1-based line of `text`
 * where the attempt begins; warnings are shown only where there is no error.
 */
export function annotate(
  text: string,
  firstLine: number,
  diagnostics: readonly Diagnostic[],
  goals: readonly GoalAt[] = [],
): Annotated {
  const lines = text.split('\n');
  const seen = new Set<string>();
  const own = diagnostics.filter((d) => {
    const key = `${d.pos.line}:${d.pos.column}:${d.text}`;
    if (d.severity === 'info' || d.pos.line < firstLine || d.pos.line > lines.length || seen.has(key))
      return false;
    seen.add(key);
    return true;
  });
  const errors = own.filter((d) => d.severity === 'error');
  const relevant = (errors.length > 0 ? errors : own).toSorted(
    (a, b) => RANK[a.severity] - RANK[b.severity] || a.pos.line - b.pos.line || a.pos.column - b.pos.column,
  );
  const chosen = relevant.slice(0, MAX_MESSAGES);
  let last = 0;
  const shown = chosen.map((d) => {
    const framed = frame(lines, firstLine, d, last);
    last = Math.max(last, framed.last);
    return `${framed.text}\n${d.severity}: ${cut(d.text)}${goalFor(d, goals)}`;
  });
  return { shown, omitted: relevant.length - shown.length, diagnostics: chosen };
}
