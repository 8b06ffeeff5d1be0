import type { Diagnostic } from '../../model/index.ts';

const MAX_MESSAGES = 6;
const CONTEXT_BEFORE = 3;
const CONTEXT_AFTER = 1;
const MAX_MESSAGE_LINES = 30;
const MAX_MESSAGE_CHARS = 1_800;

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
function caretLine(line: string, from: number, to: number): string {
  const points = [...line];
  const pad = points
    .slice(0, from)
    .map((c) => (c === '\t' ? '\t' : ' '))
    .join('');
  return `${pad}${'^'.repeat(Math.max(1, Math.min(to, points.length) - from))}`;
}

function frame(lines: readonly string[], firstLine: number, diagnostic: Diagnostic): string {
  const { pos, endPos, severity, text } = diagnostic;
  const last = Math.min(lines.length, pos.line + CONTEXT_AFTER);
  const start = Math.max(firstLine, pos.line - CONTEXT_BEFORE);
  const width = String(last - firstLine + 1).length;
  const gutter = (n: number | null): string => `${n === null ? '' : n - firstLine + 1}`.padStart(width);
  const out: string[] = [];
  for (let n = start; n <= last; n += 1) {
    const line = lines[n - 1] ?? '';
    out.push(`${gutter(n)} | ${line}`.trimEnd());
    if (n !== pos.line) continue;
    const sameLine = endPos === null || endPos.line === pos.line;
    const to = endPos !== null && sameLine ? endPos.column : endPos === null ? pos.column + 1 : Infinity;
    const more = sameLine ? '' : ` (to line ${endPos.line - firstLine + 1})`;
    out.push(`${gutter(null)} | ${caretLine(line, pos.column, to)}${more}`);
  }
  return `${out.join('\n')}\n${severity}: ${cut(text)}`;
}

const RANK = { error: 0, warning: 1, info: 2 } as const;

/**
 * The messages that concern the attempt, each under the lines it points to: errors before the rest, in the
 * order of the text, the same message at the same place once. `firstLine` is the 1-based line of `text`
 * where the attempt begins; warnings are shown only where there is no error.
 */
export function annotate(
  text: string,
  firstLine: number,
  diagnostics: readonly Diagnostic[],
): { readonly shown: readonly string[]; readonly omitted: number } {
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
  const shown = relevant.slice(0, MAX_MESSAGES).map((d) => frame(lines, firstLine, d));
  return { shown, omitted: relevant.length - shown.length };
}
