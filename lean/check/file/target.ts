import { declaredTheorems } from '../../../src/lean-text/declarations.ts';
import type { Verdict } from '../../../src/model/index.ts';
import type { FileRequest } from '../../backend.ts';
import type { Elaborated } from '../../embedded/runtime/types.ts';
import { embeddedAssurance } from '../assurance.ts';
import { axiomsOf } from '../axioms.ts';
import { compare, MADE_UP } from '../compare.ts';
import { type Constants, KIND, type Reader } from '../constants.ts';
import { usedConstants } from '../expressions.ts';
import { Refused } from '../refused.ts';
import { writtenName } from '../unproved.ts';
import type { StatedFile } from './state-file.ts';

export type FileSides = {
  readonly stated: Extract<StatedFile, { ok: true }>;
  readonly claimed: Constants;
  readonly replayed: Constants;
  /** What some target reaches. */
  readonly reach: ReadonlySet<string>;
};

type Target = {
  readonly name: string;
  readonly key: string;
  readonly request: FileRequest;
  readonly elaborated: Elaborated;
  readonly fresh: boolean;
};

/** One target: is it still there and the same, over unchanged definitions, and what does its proof rest on? */
export function judgeTarget(reader: Reader, sides: FileSides, target: Target): Verdict {
  const { stated, claimed, replayed } = sides;
  const diagnostics = target.elaborated.messages;
  try {
    // The other targets are judged by themselves.
    const others = new Set(stated.targets.filter((key) => key !== target.key));
    const asked = {
      ok: true,
      constants: stated.constants,
      context: new Set<string>(),
      target: target.key,
    } as const;
    compare(reader, asked, { claimed, replayed }, others);
    return byAxioms(reader, sides, target);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { why, message: detail } = error;
    return { status: 'dishonest', why, detail, diagnostics, ms: 0 };
  }
}

function byAxioms(reader: Reader, { stated, replayed, reach }: FileSides, target: Target): Verdict {
  const { lean } = reader;
  const diagnostics = target.elaborated.messages;
  // What no target reaches may not rest on anything forbidden either, whatever it is there for.
  const idle = [...replayed.keys()].filter((key) => !reach.has(key) && !stated.constants.has(key));
  const ownAxioms = new Set(
    [...stated.constants].filter(([, c]) => reader.kind(c) === KIND.axiom).map(([key]) => key),
  );
  const found = axiomsOf(reader, replayed, [target.key, ...idle], ownAxioms);
  if (found.denied.length > 0)
    throw new Refused('axiom', `the proof rests on the axiom ${found.denied.join(', ')}`);
  const trusted = (key: string): boolean =>
    key !== target.key && stated.constants.has(key) && !MADE_UP.test(key);
  if (found.sorryIn.length === 0)
    return {
      status: 'accepted',
      axioms: found.allowed,
      assurance: embeddedAssurance(target.fresh),
      diagnostics,
      ms: 0,
    };
  if (!found.sorryIn.every((key) => trusted(key) || isPartOf(key, stated.targets, target.key))) {
    const place = declaredTheorems(target.request.submission).find((t) => t.name === target.name);
    const goals = target.elaborated.sorries
      .filter(({ pos }) => place === undefined || (place.firstLine <= pos.line && pos.line <= place.lastLine))
      .map((s) => s.goal);
    return { status: 'incomplete', diagnostics, goals, ms: 0 };
  }
  const names = found.sorryIn.map((key) => {
    const fallback = lean.nameText(reader.name(replayed.get(key)!));
    return writtenName(lean, target.request.challenge, key, fallback);
  });
  return { status: 'conditional', on: [...new Set(names)].sort(), diagnostics, ms: 0 };
}

/** An auxiliary of another target, e.g. `other._proof_1`. */
const isPartOf = (key: string, targets: readonly string[], own: string): boolean =>
  targets.some((other) => other !== own && key.startsWith(`${other}/`));

/** Keys of all new constants that some of `roots` rest on, themselves included. */
export function reachOf(reader: Reader, constants: Constants, roots: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const stack = [...roots];
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    const constant = constants.get(key);
    if (constant === undefined || reached.has(key)) continue;
    reached.add(key);
    stack.push(...usedConstants(reader, reader.expressions(constant)), ...reader.family(constant));
  }
  return reached;
}
