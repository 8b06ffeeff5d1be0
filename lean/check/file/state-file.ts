import { declaredTheorems } from '../../../src/lean-text/declarations.ts';
import { parseHeader } from '../../../src/lean-text/imports.ts';
import type { Diagnostic } from '../../../src/model/index.ts';
import type { FileRequest } from '../../backend.ts';
import type { HeaderEnv } from '../../embedded/runtime/types.ts';
import { holdsSorry } from '../challenge.ts';
import { type Constants, KIND, type Reader } from '../constants.ts';
import { errorsThatMatter } from '../context-errors.ts';
import { declaredParts } from '../names.ts';
import { Stopped } from '../refused.ts';

/** The trusted file as Lean understood it. */
export type StatedFile =
  | {
      readonly ok: true;
      /** All constants that it introduces. */
      readonly constants: Constants;
      /** Keys of the targets, in the order of the request. */
      readonly targets: readonly string[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Branch A of a check of whole files: the challenge alone, in an environment that no submission has touched. */
export function stateFile(reader: Reader, header: HeaderEnv, request: FileRequest): StatedFile {
  const { lean } = reader;
  const { challenge, options } = request;
  const head = challenge.slice(0, parseHeader(challenge).end);
  const prefix = lean.prefix(header, { header: head, context: '' }, options);
  const elaborated = lean.elaborate(prefix.state, challenge, {
    heartbeats: options.heartbeats,
    goals: false,
  });
  if (elaborated.stopped) throw new Stopped();
  const errors = errorsThatMatter(challenge, elaborated.messages);
  if (errors.length > 0) return { ok: false, diagnostics: errors };
  const { constants, imported } = reader.added(lean.kernelEnv(elaborated.env));
  const fault = (text: string, name?: string): StatedFile => ({
    ok: false,
    diagnostics: [{ severity: 'error', pos: placeOf(challenge, name), endPos: null, text }],
  });
  if (imported !== header.imported) return fault('the challenge changes what its header imported');

  const targets: string[] = [];
  for (const name of request.targets) {
    const suffix = lean.keyOf(...declaredParts(name));
    const found = [...constants].filter(
      ([key, constant]) => key.endsWith(suffix) && reader.kind(constant) === KIND.theorem,
    );
    const target = found.find(([key]) => key === suffix) ?? found[0];
    if (target === undefined) return fault(`the challenge declares no theorem ${name}`, name);
    if (found.length > 1 && target[0] !== suffix)
      return fault(`the challenge declares more than one theorem ${name}`, name);
    if (holdsSorry(reader, constants, new Set(), target[1]))
      return fault(`the statement of ${name} itself holds a \`sorry\``, name);
    targets.push(target[0]);
  }
  return { ok: true, constants, targets };
}

function placeOf(challenge: string, name: string | undefined) {
  const declared = declaredTheorems(challenge).find((t) => t.name === name);
  return declared === undefined ? { line: 1, column: 0 } : { line: declared.line, column: declared.column };
}
