import type { LeanCore } from '../runtime/core.ts';
import type { HeaderEnv, Obj } from '../runtime/types.ts';
import { readMessages } from './messages.ts';

/** Fields of a `Kernel.Environment` and of its constants. */
const CONSTANTS = 0;
const HEADER = 5;
const IMPORTED = 0;
/** `isModule` in the scalar area of an `EnvironmentHeader`, behind the 32-bit trust level. */
const IS_MODULE = 4;

export type HeaderResult =
  | { readonly ok: true; readonly header: HeaderEnv }
  | { readonly ok: false; readonly errors: readonly string[] };

/** Imports what a header names. The environment is never released: Lean marks imported data as persistent. */
export function importHeader(lean: LeanCore, key: string): HeaderResult {
  const text = key.replaceAll('; ', '\n');
  return lean.scope(() => {
    const { W, field, inc, box, hold, io } = lean;
    const input = hold(
      W('l_Lean_Parser_mkInputContext___redArg___boxed')(
        lean.string(text),
        lean.string('<header>'),
        box(1),
        box(Buffer.byteLength(text)),
      ),
    );
    const parsed = hold(io(W('l_Lean_Parser_parseHeader___boxed')(inc(input), box(0))));
    const processed = hold(
      io(
        W('l_Lean_Elab_processHeader___boxed')(
          inc(field(parsed, 0)),
          inc(lean.global('l_Lean_Options_empty')),
          inc(field(field(parsed, 1), 1)),
          inc(input),
          lean.ctor(0, [], [0, 0, 0, 0]),
          lean.array([]),
          box(1),
          box(0),
          box(0),
        ),
      ),
    );
    const errors = readMessages(lean, field(processed, 1)).filter((m) => m.severity === 'error');
    if (errors.length > 0) return { ok: false, errors: errors.map((m) => m.text) };
    const env = inc(field(processed, 0));
    const kernel = inc(lean.kernelEnv(env));
    const base = field(env, 0);
    for (const part of [field(base, 0), field(base, 1), kernel]) plainFile(lean, field(part, HEADER));
    return { ok: true, header: { key, env, kernel, imported: field(field(kernel, CONSTANTS), IMPORTED) } };
  });
}

/** The package imports as if every file began with `module`, which makes names private; this makes it a plain file. */
function plainFile(lean: LeanCore, environmentHeader: Obj): void {
  lean.setByte(environmentHeader, IS_MODULE, 0);
}
