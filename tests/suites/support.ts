import { readFile } from 'node:fs/promises';
import { createLeanService } from '../../lean/index.ts';
import type { LeanService } from '../../lean/service.ts';
import { loadConfig } from '../../src/config/load.ts';
import { tokenize } from '../../src/lean-text/lexer.ts';
import type { LeanOptions, Submission, Theorem } from '../../src/model/index.ts';

/** Wide limits: what is asked here is whether a proof is right, not how fast this machine is. */
export const PATIENT: LeanOptions = { wallMs: 120_000, heartbeats: 200_000 };

/** Real embedded Lean with the user's cache folder; the caller closes it. */
export async function openLean(): Promise<LeanService> {
  const { config } = await loadConfig({ flags: {}, env: process.env, cwd: process.cwd() });
  return createLeanService({ lean: { ...config.lean, profile: 'embedded', slots: 2 }, dirs: config.dirs });
}

/** The proofs in a JSON-lines file, by theorem id. */
export async function proofsIn(file: URL): Promise<ReadonlyMap<string, Submission>> {
  const rows = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row) as { id: string; proof: string });
  return new Map(rows.map(({ id, proof }) => [id, { form: 'proof', text: proof }]));
}

/** The proofs that were written beside the statements of a built-in suite. */
export const storedProofs = (suite: string): Promise<ReadonlyMap<string, Submission>> =>
  proofsIn(new URL(`./proofs/${suite}.jsonl`, import.meta.url));

/**
 * Context and statement with every name replaced by the number of its first occurrence and all blanks made
 * equal: the same text for theorems that differ by names only.
 */
export function upToNames({ context, statement }: Theorem): string {
  const numbers = new Map<string, number>();
  return tokenize(context + statement)
    .filter((token) => token.kind !== 'comment' && token.kind !== 'doc')
    .map((token) => {
      if (token.kind !== 'word' || SHARED.has(token.text)) return token.text;
      if (!numbers.has(token.text)) numbers.set(token.text, numbers.size);
      return `#${numbers.get(token.text)}`;
    })
    .join(' ');
}

/** Names that mean the same in every theorem. */
const SHARED = new Set(
  'theorem def inductive structure where if then else match with fun let Prop Type Nat Int Bool BitVec List'.split(
    ' ',
  ),
);

/** Runs `work` on all items, as many at a time as there are Lean slots, and keeps their order. */
export const onAll = <A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> =>
  Promise.all(items.map(work));
