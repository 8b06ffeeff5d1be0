import { parseHeader } from '../../src/lean-text/imports.ts';
import type { Challenge, Diagnostic, Position } from '../../src/model/index.ts';
import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import { refusedToken } from './refuse.ts';
import { refusedSyntax, tokensInStrings } from './refuse-syntax.ts';
import { Refused } from './refused.ts';

/** Header, context and statement of a theorem that somebody else wrote are no more trusted than a proof. */
export const isForeign = (challenge: Challenge): boolean => challenge.provenance === 'foreign';

/**
 * Why a foreign challenge is not given to Lean: the first thing in it that would run a program, reach outside or leave the
 * logic. Null for one that says nothing of the kind, and for the user's own.
 */
export function foreignRefusal(challenge: Challenge): Diagnostic | null {
  if (!isForeign(challenge)) return null;
  const { header, context, ownContext = context, statement } = challenge;
  const { end } = parseHeader(header);
  for (const before of new Set([ownContext, context])) {
    const text = header.slice(0, end).replace(/[^\n]/gu, ' ') + header.slice(end) + before + statement;
    const refusal = refusedToken(text);
    if (refusal === null) continue;
    const { token, line, column, reason } = refusal;
    return { severity: 'error', pos: { line, column }, endPos: null, text: said(token, reason) };
  }
  return null;
}

/** Throws `Refused` at the first command of a foreign text whose syntax, as Lean has read it, holds what none may say. */
export function refusesForeignSyntax(
  lean: LeanRuntime,
  challenge: Challenge,
): ((syntax: Obj) => void) | undefined {
  if (!isForeign(challenge)) return undefined;
  const { header, context, statement } = challenge;
  const bytes = Buffer.from(`${header}${context}${statement}`.replaceAll('\r\n', '\n'), 'utf8');
  const ownTokens = tokensInStrings(bytes.toString('utf8'));
  return (syntax) => {
    const found = refusedSyntax(lean, syntax, (leaves) => leaves.filter((leaf) => leaf.start >= 0), {
      ownTokens,
    });
    if (found === null) return;
    throw new Refused(
      'refused token',
      said(found.token, found.reason),
      endOf(bytes.toString('utf8', 0, found.start)),
    );
  };
}

const said = (token: string, reason: string): string =>
  `\`${token}\` ${reason} (the text of this suite is not your own, so it is held to the same rules as a proof)`;

const endOf = (text: string): Position => {
  const lines = text.split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length };
};
