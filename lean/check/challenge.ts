import { type Challenge, type Diagnostic, fullText, SORRY } from '../../src/model/index.ts';
import type { ElaborateOptions, HeaderEnv, Obj, Prefix } from '../embedded/runtime/types.ts';
import { type Constants, KIND, type Reader } from './constants.ts';
import { usedConstants } from './expressions.ts';
import { declaredParts } from './names.ts';
import { Stopped } from './refused.ts';
import { cachedStated } from './stated-cache.ts';

/** The trusted text as Lean understood it: context and statement, elaborated with `sorry` as the proof. */
export type Stated =
  | {
      readonly ok: true;
      /** All constants of context and statement. */
      readonly constants: Constants;
      /** Keys of those that the context has without the statement. */
      readonly context: ReadonlySet<string>;
      readonly target: string;
      /** Constants that the statement makes besides the target and that its meaning rests on. */
      readonly auxiliary: readonly string[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Branch A of a check: elaborated from the trusted text alone, in an environment that no submission has touched. */
export function stateChallenge(
  reader: Reader,
  header: HeaderEnv,
  challenge: Challenge,
  prefix: Prefix,
  options: ElaborateOptions,
): Stated {
  const { name, header: imports, context, statement } = challenge;
  const key = JSON.stringify([header.key, options.heartbeats, name, imports, context, statement]);
  return cachedStated(reader.lean, key, () => state(reader, header, challenge, prefix, options));
}

type Made = { readonly stated: Stated; readonly kernel: Obj | null };

function state(
  reader: Reader,
  header: HeaderEnv,
  challenge: Challenge,
  prefix: Prefix,
  options: ElaborateOptions,
): Made {
  const { lean } = reader;
  const elaborated = lean.elaborate(prefix.state, fullText(challenge, SORRY), { ...options, goals: false });
  if (elaborated.stopped) throw new Stopped();
  const messages = [...prefix.messages, ...elaborated.messages];
  const errors = messages.filter((m) => m.severity === 'error');
  if (errors.length > 0) return { stated: { ok: false, diagnostics: errors }, kernel: null };

  const before = reader.added(lean.kernelEnv(lean.field(prefix.state.command, 0)));
  const kernel = lean.kernelEnv(elaborated.env);
  const after = reader.added(kernel);
  const fault = (text: string): Made => ({
    stated: { ok: false, diagnostics: [atStatement(challenge, text)] },
    kernel: null,
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

  const auxiliary = statementConstants(reader, after.constants, target[0]).filter((key) => !context.has(key));
  const sorry = lean.keyOf('sorryAx');
  const inStatement = [
    reader.type(target[1]),
    ...auxiliary.flatMap((key) => reader.expressions(after.constants.get(key)!)),
  ];
  if (usedConstants(reader, inStatement).has(sorry)) return fault('the statement itself holds a `sorry`');
  const stated = { ok: true, constants: after.constants, context, target: target[0], auxiliary } as const;
  return { stated, kernel };
}

/** New constants that the type of the target reaches. */
function statementConstants(reader: Reader, constants: Constants, target: string): string[] {
  const reached = new Set<string>();
  const stack = [...usedConstants(reader, [reader.type(constants.get(target)!)])];
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    const constant = constants.get(key);
    if (constant === undefined || reached.has(key)) continue;
    reached.add(key);
    stack.push(...usedConstants(reader, reader.expressions(constant)), ...reader.family(constant));
  }
  return [...reached];
}

function atStatement(challenge: Challenge, text: string): Diagnostic {
  const lines = `${challenge.header}${challenge.context}`.split('\n');
  const pos = { line: lines.length, column: [...(lines.at(-1) ?? '')].length };
  return { severity: 'error', pos, endPos: null, text };
}
