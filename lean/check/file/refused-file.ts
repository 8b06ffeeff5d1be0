import { parseHeader } from '../../../src/lean-text/imports.ts';
import type { Position, Verdict } from '../../../src/model/index.ts';
import type { FileRequest } from '../../backend.ts';
import type { LeanRuntime, Obj } from '../../embedded/runtime/types.ts';
import { type RefuseOptions, refusedToken } from '../refuse.ts';
import { refusedSyntax, tokensInStrings } from '../refuse-syntax.ts';
import { Refused } from '../refused.ts';
import type { Leaf } from '../syntax-tokens.ts';
import { type Forgiven, withoutForgiven } from './forgiven.ts';

type Files = Pick<FileRequest, 'challenge' | 'submission'>;
type Dishonest = Extract<Verdict, { status: 'dishonest' }>;

/** The verdict on a file whose own words none may say, or which imports what the challenge does not; null if neither. */
export function refusedFile(files: Files, forgiven: Forgiven, options: RefuseOptions = {}): Dishonest | null {
  const foreign = foreignImport(files);
  if (foreign !== null) return foreign;
  const { end } = parseHeader(files.submission);
  const text = withoutForgiven(files.submission, forgiven);
  const refusal = refusedToken(text.slice(0, end).replace(/[^\n]/gu, ' ') + text.slice(end), options);
  if (refusal === null) return null;
  const { token, line, column, reason } = refusal;
  return dishonest('refused token', `\`${token}\` ${reason}`, { line, column });
}

/** The challenge says what is imported: another module could bring notation and instances that nobody has looked at. */
function foreignImport({ challenge, submission }: Files): Dishonest | null {
  const [asked, given] = [parseHeader(challenge), parseHeader(submission)];
  const own = new Set(['Init', ...asked.modules]);
  const extra = given.modules.filter((module) => !own.has(module));
  const top = { line: 1, column: 0 };
  if (extra.length > 0)
    return dishonest(
      'environment',
      `the submission imports ${extra.join(', ')}, which the challenge does not`,
      top,
    );
  const bare = (key: string): boolean => /(^|; )prelude(;|$)/.test(key);
  if (bare(given.key) && !bare(asked.key))
    return dishonest('environment', 'the submission says `prelude`, which the challenge does not', top);
  return null;
}

const dishonest = (why: Dishonest['why'], detail: string, pos: Position): Dishonest => ({
  status: 'dishonest',
  why,
  detail,
  diagnostics: [{ severity: 'error', pos, endPos: null, text: detail }],
  ms: 0,
});

/** Throws `Refused` at the first command whose syntax, as Lean has read it, holds what none may say. */
export function refusesFileSyntax(
  lean: LeanRuntime,
  submission: string,
  { spans, names }: Forgiven,
): (syntax: Obj) => void {
  const bytes = Buffer.from(submission, 'utf8');
  const inBytes = spans.map((s) => ({
    start: Buffer.byteLength(submission.slice(0, s.start)),
    end: Buffer.byteLength(submission.slice(0, s.end)),
  }));
  const starts = new Set(inBytes.map((s) => s.start));
  /** A command is the trusted one only if Lean has it begin where that begins. */
  const untrusted = (leaves: readonly Leaf[]): readonly Leaf[] => {
    const written = leaves.filter((leaf) => leaf.start >= 0 && !names.has(leaf.text));
    const first = written.find((leaf) => leaf.kind !== 'doc');
    if (first === undefined || !starts.has(first.start)) return written;
    return written.filter((leaf) => !inBytes.some((s) => s.start <= leaf.start && leaf.end <= s.end));
  };
  const ownTokens = tokensInStrings(submission);
  return (syntax) => {
    const found = refusedSyntax(lean, syntax, untrusted, { ownTokens });
    if (found === null) return;
    const lines = bytes.toString('utf8', 0, found.start).split('\n');
    const pos = { line: lines.length, column: [...(lines.at(-1) ?? '')].length };
    throw new Refused('refused token', `\`${found.token}\` ${found.reason}`, pos);
  };
}
