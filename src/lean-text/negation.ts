import { commandText, SORRY } from '../model/lean-source.ts';
import type { Challenge, Theorem } from '../model/theorem.ts';
import { tokenize } from './lexer.ts';
import { nameParts } from './names.ts';
import { Scopes } from './scopes.ts';

/** The theorem itself, as it stands before its negation: unproved. */
const asked = (statement: string): string => `${commandText(statement, SORRY)}\n\n`;

/**
 * The theorem that says of `theorem` that it is false: `Not (type_of% @name)` behind the theorem itself, so that nothing
 * of the statement is written a second time and could be read in another way. `levels`: what its universe parameters
 * are in the instance that is negated, in their order; an instance that is false refutes the theorem.
 * That the statement really is the negation is for the checker to find (lean/check/negation.ts).
 */
export function negationOf(theorem: Theorem, levels: readonly number[] = []): Theorem {
  const { id, header, context, ownContext, statement, provenance } = theorem;
  const name = freeName(theorem);
  const at = levels.length === 0 ? '' : `.{${levels.join(', ')}}`;
  return {
    id: `${id.slice(0, 190)}-false`,
    name,
    header,
    context: context + asked(statement),
    ...(ownContext === undefined ? {} : { ownContext: ownContext + asked(statement) }),
    statement: `theorem ${name} : _root_.Not (type_of% @${reachable(theorem)}${at})`,
    ...(provenance === undefined ? {} : { provenance }),
    negates: { name: theorem.name, statement },
  };
}

/** The negation with the statement that was proved, as a result keeps it. */
export const statedNegation = (theorem: Theorem, statement: string): Theorem => ({
  ...negationOf(theorem),
  statement,
});

/** The theorem that a challenge is the negation of; null when it does not stand at the end of the context. */
export function negated(challenge: Challenge): Challenge | null {
  const { negates, header, context, ownContext = context } = challenge;
  if (negates === undefined) return null;
  const end = asked(negates.statement);
  if (!ownContext.endsWith(end)) return null;
  return {
    ...negates,
    header,
    context: ownContext.slice(0, -end.length),
    ...(challenge.provenance === undefined ? {} : { provenance: challenge.provenance }),
  };
}

const PLAIN = /^[\p{L}_][\p{L}\p{N}_']*(\.[\p{L}_][\p{L}\p{N}_']*)*$/u;

/** A name that the text does not have; it begins like the theorem's where that is a plain one. */
function freeName({ name, header, context, statement }: Theorem): string {
  const text = header + context + statement;
  const base = PLAIN.test(name) && !name.startsWith('_root_') ? `${name}_false` : 'statement_false';
  for (let n = 0; ; n += 1) {
    const made = n === 0 ? base : `${base}${n}`;
    if (!text.includes(made)) return made;
  }
}

/** The name by which the theorem is reached right behind it: a protected one only with its namespace. */
function reachable({ name, context, statement }: Theorem): string {
  const words = tokenize(statement).filter((t) => t.kind === 'word');
  const before = words.slice(
    0,
    words.findIndex((t) => t.text === 'theorem' || t.text === 'lemma'),
  );
  if (!before.some((t) => t.text === 'protected') || nameParts(name).length > 1) return name;
  const scopes = new Scopes();
  const tokens = tokenize(context).filter((t) => t.kind !== 'comment');
  for (const [i, { kind, text, column, line }] of tokens.entries()) {
    if (kind !== 'word' || column !== 0 || !['namespace', 'section', 'end'].includes(text)) continue;
    const next = tokens[i + 1];
    scopes.enter(text, next?.kind === 'word' && next.line === line ? next.text : null);
  }
  return [...scopes.namespace.map((part) => (PLAIN.test(part) ? part : `«${part}»`)), name].join('.');
}
