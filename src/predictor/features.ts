import { nesting } from '../lean-text/brackets.ts';
import { parseHeader } from '../lean-text/imports.ts';
import { type Token, tokenize } from '../lean-text/lexer.ts';
import { DIFFICULTIES, type Theorem } from '../model/index.ts';

/** What a run allows a theorem: the same one takes longer, and is solved more often, with more of it. */
export type Setting = {
  /** Model answers at most; 0 = no model is asked. */
  readonly answers: number;
  /** Wall clock of a theorem in milliseconds; null = no limit. */
  readonly wallMs: number | null;
};

const count = (tokens: readonly Token[], ...texts: readonly string[]): number =>
  tokens.filter((t) => texts.includes(t.text)).length;

const code = (text: string): Token[] =>
  tokenize(text).filter((t) => !['comment', 'doc', 'moduleDoc'].includes(t.kind));

const deepest = (tokens: readonly Token[]): number => {
  let depth = 0;
  let most = 0;
  for (const token of tokens) {
    depth += nesting(token);
    most = Math.max(most, depth);
  }
  return most;
};

/** Binders before the colon of the statement: variables and hypotheses. */
const binders = (tokens: readonly Token[]): number => {
  let depth = 0;
  let groups = 0;
  for (const token of tokens) {
    if (depth === 0 && token.text === ':') break;
    const step = nesting(token);
    if (depth === 0 && step > 0) groups += 1;
    depth += step;
  }
  return groups;
};

const literals = (tokens: readonly Token[]): number[] =>
  tokens.filter((t) => t.kind === 'number').map((t) => Number(t.text.replaceAll('_', '')) || 0);

const constants = (tokens: readonly Token[]): number =>
  new Set(tokens.filter((t) => t.kind === 'word' && /^\p{Lu}/u.test(t.text)).map((t) => t.text)).size;

const CORE = /^(Init|Std|Lean)(\.|$)/;
const DEFINING = ['def', 'abbrev', 'inductive', 'structure', 'class', 'instance'] as const;

type Parts = {
  readonly theorem: Theorem;
  readonly tokens: readonly Token[];
  readonly context: readonly Token[];
  readonly setting: Setting;
};

/** Numbers that are known before a theorem is tried, by name. Order of magnitude where only that says something. */
const EXTRACT = {
  size: ({ tokens }) => Math.log1p(tokens.length),
  depth: ({ tokens }) => deepest(tokens),
  binders: ({ tokens }) => binders(tokens),
  quantifiers: ({ tokens }) => count(tokens, '∀', '∃', '∃!', 'fun', 'λ'),
  existence: ({ tokens }) => count(tokens, '∃', '∃!'),
  implications: ({ tokens }) => count(tokens, '→', '->', '↔', '<->'),
  connectives: ({ tokens }) => count(tokens, '∧', '∨', '¬', '/\\', '\\/'),
  equations: ({ tokens }) => count(tokens, '=', '≠', '==', '!='),
  inequalities: ({ tokens }) => count(tokens, '<', '≤', '>', '≥', '<=', '>='),
  divisions: ({ tokens }) => count(tokens, '%', '/', '∣'),
  powers: ({ tokens }) => count(tokens, '^'),
  products: ({ tokens }) => count(tokens, '*'),
  literals: ({ tokens }) => literals(tokens).length,
  largest: ({ tokens }) => Math.log1p(Math.max(0, ...literals(tokens))),
  constants: ({ tokens }) => constants(tokens),
  integers: ({ tokens }) => count(tokens, 'Int', 'ℤ', 'Rat', 'ℚ', 'ℝ', 'Real'),
  lists: ({ tokens }) => tokens.filter((t) => /^(List|Array|String)(\.|$)/.test(t.text)).length,
  context: ({ context }) => Math.log1p(context.length),
  definitions: ({ context }) => count(context, ...DEFINING),
  imports: ({ theorem }) => parseHeader(theorem.header).modules.length,
  libraries: ({ theorem }) => parseHeader(theorem.header).modules.filter((m) => !CORE.test(m)).length,
  difficulty: ({ theorem }) =>
    theorem.difficulty === undefined ? -1 : DIFFICULTIES.indexOf(theorem.difficulty),
  answers: ({ setting }) => Math.log1p(setting.answers),
  limit: ({ setting }) => Math.log10(setting.wallMs ?? 86_400_000),
} as const satisfies Record<string, (parts: Parts) => number>;

export const STATEMENT_FEATURES = Object.keys(EXTRACT) as readonly (keyof typeof EXTRACT)[];

/** The numbers of a theorem under a setting, in the order of `STATEMENT_FEATURES`. Lean is not asked. */
export const statementFeatures = (theorem: Theorem, setting: Setting): number[] => {
  const parts = { theorem, setting, tokens: code(theorem.statement), context: code(theorem.context) };
  return STATEMENT_FEATURES.map((name) => EXTRACT[name](parts));
};
