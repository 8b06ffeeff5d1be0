import { type Challenge, type Diagnostic, fullText, SORRY } from '../../src/model/index.ts';
import type { ElaborateOptions, HeaderEnv, Obj } from '../embedded/runtime/types.ts';
import { createCache, type Entry } from './cache.ts';
import { type Constants, KIND, type Reader } from './constants.ts';
import { errorsThatMatter } from './context-errors.ts';
import { usedConstants } from './expressions.ts';
import { declaredParts } from './names.ts';
import { notTheNegation } from './negation.ts';
import { Stopped } from './refused.ts';

/** The trusted text as Lean understood it: context and statement, elaborated with `sorry` as the proof. */
export type Stated =
  | {
      readonly ok: true;
      /** All constants of context and statement. */
      readonly constants: Constants;
      /** Keys of those that the context has without the statement. */
      readonly context: ReadonlySet<string>;
      readonly target: string;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Branch A of a check: elaborated from the user's own text alone (`ownContext`), in an environment that no submission
 * has touched, not even one that proved an earlier theorem of the file.
 */
export function stateChallenge(
  reader: Reader,
  header: HeaderEnv,
  challenge: Challenge,
  options: ElaborateOptions,
): Stated {
  const { ownContext = challenge.context, ...rest } = challenge;
  const own = { ...rest, context: ownContext };
  const key = JSON.stringify([header.key, options.heartbeats, own]);
  return statements(reader.lean, key, () => state(reader, header, own, options));
}

const statements = createCache<Stated>();

function state(
  reader: Reader,
  header: HeaderEnv,
  challenge: Challenge,
  options: ElaborateOptions,
): Entry<Stated> {
  const { lean } = reader;
  const prefix = lean.prefix(header, challenge, options);
  const text = fullText(challenge, SORRY);
  const elaborated = lean.elaborate(prefix.state, text, {
    heartbeats: options.heartbeats,
    goals: false,
    onCommand: options.onCommand,
  });
  if (elaborated.stopped) throw new Stopped();
  const errors = errorsThatMatter(text, [...prefix.messages, ...elaborated.messages]);
  if (errors.length > 0) return { value: { ok: false, diagnostics: errors }, kept: [] };

  const before = reader.added(lean.kernelEnv(lean.field(prefix.state.command, 0)));
  const behind = lean.kernelEnv(elaborated.env);
  const after = reader.added(behind);
  const fault = (why: string): Entry<Stated> => ({
    value: { ok: false, diagnostics: [atStatement(challenge, why)] },
    kept: [],
  });
  if (before.imported !== header.imported || after.imported !== header.imported)
    return fault('the context changes what the header imported');
  const context = new Set(before.constants.keys());

  const suffix = lean.keyOf(...declaredParts(challenge.name));
  const targets = [...after.constants].filter(
    ([key, constant]) => !context.has(key) && key.endsWith(suffix) && reader.kind(constant) === KIND.theorem,
  );
  const target = targets.find(([key]) => key === suffix) ?? targets[0];
  if (target === undefined) return fault(`the statement declares no theorem ${challenge.name}`);
  if (targets.length > 1 && target[0] !== suffix)
    return fault(`the statement declares more than one theorem ${challenge.name}`);

  const unlike = notTheNegation(reader, challenge, {
    context: before.constants,
    claimed: target[1],
    original: (of) => stateChallenge(reader, header, of, options),
  });
  if (unlike !== null) return fault(unlike);
  if (holdsSorry(reader, after.constants, context, target[1]))
    return fault('the statement itself holds a `sorry`');
  const value = { ok: true, constants: after.constants, context, target: target[0] } as const;
  return { value, kept: [behind] };
}

/** In the type of the target or in what Lean made of parts of it; the context's own `sorry`s are another matter. */
export function holdsSorry(
  reader: Reader,
  constants: Constants,
  context: ReadonlySet<string>,
  target: Obj,
): boolean {
  const sorry = reader.lean.keyOf('sorryAx');
  const seen = new Set<string>();
  const stack = [...usedConstants(reader, [reader.type(target)])];
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    if (key === sorry) return true;
    const constant = constants.get(key);
    if (constant === undefined || context.has(key) || seen.has(key)) continue;
    seen.add(key);
    stack.push(...usedConstants(reader, reader.expressions(constant)));
  }
  return false;
}

function atStatement(challenge: Challenge, text: string): Diagnostic {
  const lines = `${challenge.header}${challenge.context}`.split('\n');
  const pos = { line: lines.length, column: [...(lines.at(-1) ?? '')].length };
  return { severity: 'error', pos, endPos: null, text };
}
