import { distance } from 'fastest-levenshtein';
import {
  type FilePiece,
  type LeanFile,
  ProofloopError,
  type Skipped,
  type TargetPiece,
} from '../model/index.ts';
import { type Command, splitCommands } from './commands.ts';
import { parseHeader } from './imports.ts';
import { type Token, tokenize } from './lexer.ts';
import { fullName, plainName } from './names.ts';
import { proofShape } from './proof.ts';

type Target = TargetPiece & { readonly start: number; readonly end: number; readonly full: string };

/**
 * Cuts a user's Lean file into pieces; the targets are the theorems and lemmas whose whole proof is `sorry`.
 * Every other `sorry` is listed as skipped with its line and the reason.
 *
 * @param sha256 of the file's bytes, kept in the result.
 * @param filter names to keep, as written in the file or with their namespace; none = all.
 * @throws ProofloopError THEOREM_NOT_FOUND for a name that the file does not have, NO_TARGET for one that
 * is there but has no `sorry` proof.
 */
export function scanFile(text: string, sha256: string, filter: string | readonly string[] = []): LeanFile {
  const header = parseHeader(text).end;
  const commands = splitCommands(tokenize(text).filter((token) => token.start >= header));
  const targets: Target[] = [];
  const skipped: Skipped[] = [];
  const ids = new Set<string>();
  for (const command of commands) {
    const found = readCommand(text, command, ids);
    if (found === null) continue;
    if ('kind' in found) targets.push(found);
    else skipped.push(...found);
  }
  const wanted = typeof filter === 'string' ? [filter] : filter;
  const selected = wanted.length === 0 ? targets : select(targets, wanted, commands, skipped);
  const left = targets.filter((target) => !selected.includes(target));
  return {
    pieces: cut(text, header, selected),
    skipped: [
      ...skipped,
      ...left.map(({ full, line }) => ({ name: full, line, reason: 'not selected' })),
    ].sort((a, b) => a.line - b.line),
    sha256,
  };
}

/** A target, the `sorry`s that are left alone, or null where there is none. */
function readCommand(text: string, command: Command, ids: Set<string>): Target | Skipped[] | null {
  const sorries = command.tokens.filter((t) => t.kind === 'word' && t.text === 'sorry');
  if (sorries.length === 0) return null;
  const name = declaredName(command);
  const full = name === null ? null : fullName(command.namespace, name);
  const skip = (reason: string): Skipped[] => sorries.map(({ line }) => ({ name: full, line, reason }));
  const { keyword } = command;
  if (keyword !== 'theorem' && keyword !== 'lemma') return skip(`proofloop does not fill a \`${keyword}\``);
  if (name === null || full === null) return skip('the theorem has no name');
  if (command.inMutual) return skip('it stands in a `mutual` block');
  const shape = proofShape(command);
  if (shape.kind === 'other') return skip(shape.reason);
  const [first] = command.tokens as [Token];
  const doc = command.tokens.slice(0, command.at).findLast((t) => t.kind === 'doc');
  return {
    kind: 'target',
    id: uniqueId(full, ids),
    name,
    statement: text.slice(first.start, shape.assign.start),
    placeholder: text.slice(shape.assign.start, shape.sorry.end),
    line: (command.tokens[command.at] as Token).line,
    ...(doc === undefined ? {} : { informal: doc.text.slice(3, -2).trim() }),
    start: first.start,
    end: shape.sorry.end,
    full,
  };
}

function declaredName({ tokens, at }: Command): string | null {
  const token = tokens.slice(at + 1).find((t) => t.kind !== 'comment');
  return token?.kind === 'word' ? token.text : null;
}

/** The full name in the letters that an id may have; the same name twice gets `+2`. */
function uniqueId(full: string, taken: Set<string>): string {
  const base = [...full.replaceAll(/[^\p{L}\p{N}_.'«»+-]/gu, '-')].slice(0, 180).join('').slice(0, 190);
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}+${n}`;
  taken.add(id);
  return id;
}

function cut(text: string, header: number, targets: readonly Target[]): FilePiece[] {
  const pieces: FilePiece[] = [];
  if (header > 0) pieces.push({ kind: 'header', text: text.slice(0, header) });
  let at = header;
  for (const { start, end, full: _, ...target } of targets) {
    if (start > at) pieces.push({ kind: 'text', text: text.slice(at, start) });
    pieces.push(target);
    at = end;
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) });
  return pieces;
}

function select(
  targets: readonly Target[],
  wanted: readonly string[],
  commands: readonly Command[],
  skipped: readonly Skipped[],
): Target[] {
  const spellings = (name: string, full: string): string[] => [plainName(name), full];
  const selected = new Set<Target>();
  for (const raw of wanted) {
    const name = plainName(raw.replace(/^_root_\./, ''));
    const hits = targets.filter((target) => spellings(target.name, target.full).includes(name));
    for (const hit of hits) selected.add(hit);
    if (hits.length > 0) continue;
    const declared = commands.flatMap((command) => {
      const own = command.keyword === 'theorem' || command.keyword === 'lemma' ? declaredName(command) : null;
      return own === null ? [] : [spellings(own, fullName(command.namespace, own))];
    });
    const known = declared.find((names) => names.includes(name));
    if (known === undefined)
      throw notFound(
        raw,
        declared.map((names) => names[1] as string),
      );
    const reason = skipped.find((s) => s.name === known[1])?.reason ?? 'it has no `sorry`';
    throw new ProofloopError('NO_TARGET', `Theorem \`${raw}\` is not one to prove: ${reason}.`);
  }
  return targets.filter((target) => selected.has(target));
}

function notFound(name: string, known: readonly string[]): ProofloopError {
  const near = [...new Set(known)]
    .map((candidate) => ({ candidate, far: Math.min(...tails(candidate).map((t) => distance(name, t))) }))
    .filter(({ far }) => far <= Math.max(2, name.length / 3))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ candidate }) => `\`${candidate}\``);
  const hint = near.length === 0 ? '' : ` Near names: ${near.join(', ')}.`;
  return new ProofloopError('THEOREM_NOT_FOUND', `No theorem \`${name}\` in the file.${hint}`);
}

/** `A.b.c` -> `A.b.c`, `b.c`, `c`. */
function tails(name: string): string[] {
  const parts = name.split('.');
  return parts.map((_, i) => parts.slice(i).join('.'));
}
