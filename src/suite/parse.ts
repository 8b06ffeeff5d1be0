import { tokenize } from '../lean-text/lexer.ts';
import { ProofloopError, type Theorem, theoremSchema } from '../model/index.ts';

/**
 * The rows of a JSON-lines suite; empty lines are passed over.
 *
 * @throws ProofloopError SUITE_INVALID that names the line (1-based) and what is wrong with it.
 */
export function parseSuite(text: string, named: string): Theorem[] {
  const lineOf = new Map<string, number>();
  const theorems: Theorem[] = [];
  for (const [i, row] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    if (row.trim() === '') continue;
    const line = i + 1;
    const bad = (what: string): ProofloopError =>
      new ProofloopError('SUITE_INVALID', `\`${named}\`, line ${line}: ${what}`);
    const theorem = readRow(row, bad);
    const earlier = lineOf.get(theorem.id);
    if (earlier !== undefined) throw bad(`the id \`${theorem.id}\` is already on line ${earlier}.`);
    lineOf.set(theorem.id, line);
    theorems.push(theorem);
  }
  if (theorems.length === 0) throw new ProofloopError('SUITE_INVALID', `\`${named}\` has no theorem.`);
  return theorems;
}

function readRow(row: string, bad: (what: string) => ProofloopError): Theorem {
  let json: unknown;
  try {
    json = JSON.parse(row);
  } catch (error) {
    throw bad(`no JSON (${(error as Error).message}).`);
  }
  const read = readTheorem(json);
  if ('fault' in read) throw bad(read.fault);
  return read.theorem;
}

/** A record of a suite, or a sentence that says what is wrong with it. */
export function readTheorem(json: unknown): { readonly theorem: Theorem } | { readonly fault: string } {
  const parsed = theoremSchema.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => {
      const field = issue.path.join('.');
      const value = field === '' ? json : (json as Record<string, unknown>)[field];
      const got = value === undefined ? '' : ` (got ${JSON.stringify(value).slice(0, 80)})`;
      return `${field === '' ? '' : `\`${field}\`: `}${issue.message}${got}`;
    });
    return { fault: `${issues.join('; ')}.` };
  }
  const fault = faultOf(parsed.data);
  return fault === null ? { theorem: parsed.data } : { fault };
}

/** What a reader of the row would stumble over later, in the middle of a run. */
function faultOf({ name, header, context, statement }: Theorem): string | null {
  for (const [field, value] of Object.entries({ header, context }))
    if (value !== '' && !value.endsWith('\n')) return `\`${field}\` has to end with a line end.`;
  const tokens = tokenize(statement);
  const words = tokens.filter((t) => t.kind !== 'comment');
  const keyword = words.findIndex((t) => t.text === 'theorem' || t.text === 'lemma');
  if (keyword < 0) return `\`statement\` is no theorem: ${JSON.stringify(statement.slice(0, 80))}.`;
  const declared = words[keyword + 1]?.text;
  if (declared !== name) return `\`statement\` declares \`${declared}\`, but \`name\` is \`${name}\`.`;
  if (words.at(-1)?.text === ':=' || words.some((t) => t.kind === 'word' && t.text === 'sorry'))
    return '`statement` ends before `:=`, without a proof and without `sorry`.';
  const last = tokens.at(-1);
  if (last?.text.startsWith('--') && !/\n\s*$/.test(statement))
    return '`statement` ends in a comment, which would swallow the proof.';
  return null;
}
