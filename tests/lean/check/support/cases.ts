import { readdirSync, readFileSync } from 'node:fs';
import type { CheckRequest } from '../../../../lean/backend.ts';

/** A submission with the verdict that it has to get. */
export type Case = {
  readonly id: string;
  /** `status`, or `status: why` (for `dishonest`), or `status: names` (for `conditional`). */
  readonly expect: string;
  readonly request: CheckRequest;
};

const OPTIONS = { wallMs: 60_000, heartbeats: 200_000 };

/** `KIND.txt` and what lies in the folder `KIND`, by theme. */
export function allCases(kind: 'attacks' | 'honest'): Case[] {
  const folder = readdirSync(new URL(`../cases/${kind}/`, import.meta.url)).sort();
  const cases = [`${kind}.txt`, ...folder.map((file) => `${kind}/${file}`)].flatMap(readCases);
  const ids = cases.map((c) => c.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (twice.length > 0) throw new Error(`cases with the same id: ${twice.join(', ')}`);
  return cases;
}

/** The two whole files that a case amounts to, as `proofloop check` takes them. */
export function asFiles({ challenge, submission }: CheckRequest): { challenge: string; submission: string } {
  const { header, context, statement } = challenge;
  const end = submission.form === 'proof' ? `${statement} := ${submission.text}` : submission.text;
  return {
    challenge: `${header}${context}${statement} := sorry\n`,
    submission: `${header}${context}${end}\n`,
  };
}

/**
 * Case files: `=== id | expect [| name]` begins a case (the theorem is `t` unless named); then parts that
 * `>>> header|context|ownContext|statement|proof|declarations` begin. Without a `proof` or `declarations` the case is wrong.
 */
export function readCases(file: string): Case[] {
  const text = readFileSync(new URL(`../cases/${file}`, import.meta.url), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [title = '', ...rest] = block.split('\n');
      const [id = '', expect = '', name = 't'] = title.split('|').map((s) => s.trim());
      const parts = new Map(
        rest
          .join('\n')
          .split(/^>>> /m)
          .slice(1)
          .map((part) => {
            const end = part.indexOf('\n');
            return [part.slice(0, end).trim(), part.slice(end + 1).replace(/\n+$/, '\n')] as const;
          }),
      );
      const form = parts.has('proof') ? 'proof' : 'declarations';
      const submission = parts.get(form);
      const statement = parts.get('statement');
      if (submission === undefined || statement === undefined)
        throw new Error(`case ${id} of ${file} lacks a part`);
      const challenge = {
        name,
        header: parts.get('header') ?? '',
        context: parts.get('context') ?? '',
        ...(parts.has('ownContext') ? { ownContext: parts.get('ownContext') ?? '' } : {}),
        statement: statement.trimEnd(),
      };
      return {
        id,
        expect,
        request: { challenge, submission: { form, text: submission.trimEnd() }, options: OPTIONS },
      };
    });
}
