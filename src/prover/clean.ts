import { tokenize } from '../lean-text/lexer.ts';
import type { Challenge, Submission } from '../model/index.ts';
import { bareProof } from './clean/bare.ts';
import { codeCandidates } from './clean/code.ts';
import { commandsOf, findTarget, type Target, unwrapped } from './clean/commands.ts';
import { stripHeader } from './clean/header.ts';
import { fromLean3 } from './clean/lean3.ts';
import { significant } from './clean/tokens.ts';

export type Cleaned =
  | { readonly submission: Submission; readonly unusable: null }
  | { readonly submission: null; readonly unusable: string };

const unusable = (why: string): Cleaned => ({ submission: null, unusable: why });

/**
 * A model's answer as a submission: the one place that reads answers. The statement is never changed: where
 * the answer restates it up to white space, the trusted text takes its place; where the answer states
 * something else, its text goes to the checker as it is. `whole` false: the answer was cut, so only a closed
 * code block is read. Total: never throws.
 */
export function clean(answer: string, challenge: Challenge, { whole = true } = {}): Cleaned {
  let why = whole ? 'no Lean code in the answer' : 'no whole code block in the cut answer';
  for (const code of codeCandidates(answer, challenge.name, whole)) {
    const cleaned = cleanCode(code, challenge);
    if (cleaned.submission !== null) return cleaned;
    why = cleaned.unusable;
  }
  return unusable(why);
}

/** The same for text that is known to be Lean code. */
export function cleanCode(text: string, challenge: Challenge): Cleaned {
  const code = stripHeader(text, challenge.context);
  if (significant(tokenize(code)).length === 0) return unusable('the code block is empty');
  const commands = commandsOf(code);
  const target = findTarget(commands, code, challenge);
  if (target !== null) return { submission: assemble(target, challenge), unusable: null };
  if (commands.some((c) => c.declares)) {
    return unusable(`the answer declares other things, but no theorem "${challenge.name}"`);
  }
  const proof = bareProof(code);
  return proof === null
    ? unusable('the code block holds no proof')
    : { submission: { form: 'proof', text: proof }, unusable: null };
}

function assemble(target: Target, challenge: Challenge): Submission {
  const helpers = fromLean3(unwrapped(target.before).trim());
  const hasHelpers = significant(tokenize(helpers)).length > 0;
  if (target.stated === 'otherwise') {
    return { form: 'declarations', text: join(helpers, hasHelpers, fromLean3(target.text.trim())) };
  }
  const trimmed = challenge.statement.trimEnd();
  // A comment that ends the statement must not swallow the proof.
  const statement = /--[^\n]*$/.test(trimmed) ? `${trimmed}\n` : trimmed;
  if (target.stated === 'by cases') {
    const text = `${statement}${target.proof.trimEnd()}`;
    return { form: 'declarations', text: join(helpers, hasHelpers, text) };
  }
  const proof = bareProof(target.proof) ?? target.proof.trim();
  if (!hasHelpers) return { form: 'proof', text: proof };
  return { form: 'declarations', text: join(helpers, hasHelpers, `${statement} := ${proof}`) };
}

const join = (helpers: string, hasHelpers: boolean, text: string): string =>
  hasHelpers ? `${helpers}\n\n${text}` : text;
