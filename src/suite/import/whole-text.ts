import { leanText } from '../../lean-text/assemble.ts';
import { parseHeader } from '../../lean-text/imports.ts';

export type WholeText = {
  readonly text: string;
  /** Where the statement's own text begins in it; what is before it came from the header. */
  readonly from: number;
  readonly changes: readonly string[];
};

const FENCE = /^\s*```[\w-]*[ \t]*\n([\s\S]*?)\n?```\s*$/u;

/** Header and statement of a record as one Lean text. A statement that is a whole file has no need of the header. */
export function wholeText(header: string, statement: string): WholeText {
  const fenced = FENCE.exec(leanText(statement))?.[1];
  const own = fenced ?? leanText(statement);
  const changes = fenced === undefined ? [] : ['the code fence around it was removed'];
  const before = leanText(header);
  if (parseHeader(own).end > 0) {
    const kept =
      before.trim() === '' || own.replaceAll(/\s+/g, ' ').includes(before.trim().replaceAll(/\s+/g, ' '));
    const unused = 'the field `header` was not used: the statement is a file with imports of its own';
    return { text: own, from: 0, changes: kept ? changes : [...changes, unused] };
  }
  const text = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  return { text: text + own, from: text.length, changes };
}
