import { type Challenge, type Diagnostic, fullText, SORRY } from '../../src/model/index.ts';
import type { HeaderEnv, Obj, Prefix } from '../embedded/runtime/types.ts';
import { type Constants, KIND, type Reader } from './constants.ts';
import { errorsThatMatter } from './context-errors.ts';
import { usedConstants } from './expressions.ts';
import { createKernel, type KernelOptions } from './kernel.ts';
import { declaredParts } from './names.ts';
import { KernelLimit, Refused, Stopped } from './refused.ts';
import { replay } from './replay.ts';
import { cachedStated, type Entry } from './stated-cache.ts';

/** The trusted text as Lean understood it: context and statement, elaborated with `sorry` as the proof. */
export type Stated =
  | {
      readonly ok: true;
      /** All constants of context and statement. */
      readonly constants: Constants;
      /** Keys of those that the context has without the statement. */
      readonly context: ReadonlySet<string>;
      readonly target: string;
      /** The header's kernel environment with the context replayed into it. */
      readonly base: Obj;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Branch A of a check: elaborated from the trusted text alone, in an environment that no submission has touched. */
export function stateChallenge(
  reader: Reader,
  header: HeaderEnv,
  challenge: Challenge,
  prefix: Prefix,
  options: KernelOptions,
): Stated {
  const { name, header: imports, context, statement } = challenge;
  const key = JSON.stringify([header.key, options.heartbeats, name, imports, context, statement]);
  return cachedStated(reader.lean, key, () => state(reader, header, challenge, prefix, options));
}

function state(
  reader: Reader,
  header: HeaderEnv,
  challenge: Challenge,
  prefix: Prefix,
  options: KernelOptions,
): Entry {
  const { lean } = reader;
  const text = fullText(challenge, SORRY);
  const elaborated = lean.elaborate(prefix.state, text, { heartbeats: options.heartbeats, goals: false });
  if (elaborated.stopped) throw new Stopped();
  const errors = errorsThatMatter(text, [...prefix.messages, ...elaborated.messages]);
  if (errors.length > 0) return { stated: { ok: false, diagnostics: errors }, kept: [] };

  const before = reader.added(lean.kernelEnv(lean.field(prefix.state.command, 0)));
  const behind = lean.kernelEnv(elaborated.env);
  const after = reader.added(behind);
  const fault = (why: string): Entry => ({
    stated: { ok: false, diagnostics: [atStatement(challenge, why)] },
    kept: [],
  });
  if (before.imported !== header.imported || after.imported !== header.imported)
    return fault('the context changes what the header imported');
  const context = new Set(before.constants.keys());

  const suffix = lean.keyOf(...declaredParts(challenge.name));
  const targets = [...after.constants].filter(
    ([key, constant]) => !context.has(key) && key.endsWith(suffix) && reader.kind(constant) === KIND.theorem,
  );
  const [target] = targets;
  if (target === undefined) return fault(`the statement declares no theorem ${challenge.name}`);
  if (targets.length > 1) return fault(`the statement declares more than one theorem ${challenge.name}`);

  if (holdsSorry(reader, after.constants, context, target[1]))
    return fault('the statement itself holds a `sorry`');

  const kernel = createKernel(lean, header.kernel, options);
  try {
    replay(reader, kernel, before.constants);
  } catch (error) {
    if (error instanceof Refused || error instanceof KernelLimit) return fault(error.message);
    throw error;
  }
  const base = kernel.environment();
  const stated = { ok: true, constants: after.constants, context, target: target[0], base } as const;
  return { stated, kept: [behind, base] };
}

/** In the type of the target or in what Lean made of parts of it; the context's own `sorry`s are another matter. */
function holdsSorry(
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
