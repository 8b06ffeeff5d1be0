import { createHash } from 'node:crypto';
import type { Challenge, LeanOptions, Submission } from '../model/index.ts';
import type { PromptSpec } from '../prover/prover.ts';

/**
 * sha256 in hex over a kind and its parts. Each part is written behind its length, so that no two lists of
 * parts give the same bytes; UTF-16 code units, because UTF-8 would merge lone surrogates.
 */
export const contentKey = (kind: string, parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of [kind, String(parts.length), ...parts])
    hash.update(`${part.length}:`, 'utf16le').update(part, 'utf16le');
  return hash.digest('hex');
};

/** JSON with sorted object keys: the same value gives the same text, whatever the order it was built in. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : v,
  ) ?? 'undefined';

export type ProofKeyParts = {
  /** `LeanIdentity.buildHash`. */
  readonly leanBuildHash: string;
  /** `CHECKER_VERSION`. */
  readonly checkerVersion: string;
  /** `parseHeader(challenge.header).key`. */
  readonly headerKey: string;
  readonly challenge: Challenge;
  /** Only what can change a deterministic verdict counts: the wall clock cannot. */
  readonly options: Pick<LeanOptions, 'heartbeats'>;
  /** Names of the checks that an accepted proof went through; their order is no difference. */
  readonly checks: readonly string[];
};
export type VerdictKeyParts = ProofKeyParts & { readonly submission: Submission };

const judgedParts = (p: ProofKeyParts): string[] => [
  p.leanBuildHash,
  p.checkerVersion,
  p.headerKey,
  p.challenge.context,
  ...(p.challenge.ownContext === undefined ? [] : [p.challenge.ownContext]),
  p.challenge.name,
  p.challenge.statement,
  canonicalJson({ heartbeats: p.options.heartbeats }),
  canonicalJson([...p.checks].sort()),
  ...(p.challenge.provenance === 'foreign' ? ['foreign'] : []),
  ...(p.challenge.negates === undefined ? [] : [canonicalJson({ negates: p.challenge.negates })]),
];

/** Key of the accepted proof of a theorem, whoever found it. */
export const proofKey = (parts: ProofKeyParts): string => contentKey('proof', judgedParts(parts));

/**
 * Key of the verdict on one submission. The header's number of lines is part of it, because a stored
 * verdict's positions count them.
 */
export const verdictKey = (parts: VerdictKeyParts): string =>
  contentKey('verdict', [
    ...judgedParts(parts),
    String(parts.challenge.header.split('\n').length),
    parts.submission.form,
    parts.submission.text,
  ]);

/** Key of a model's answer. The sample index keeps repeats distinct; `scope` tells apart what else must be. */
export const responseKey = (prompt: PromptSpec, sample: number, scope = ''): string =>
  contentKey('response', [
    prompt.model,
    canonicalJson(prompt.params),
    prompt.system,
    prompt.user,
    String(sample),
    scope,
  ]);
