import type { Challenge, Diagnostic } from '../../src/model/index.ts';
import type { HeaderEnv, LeanRuntime, Obj, Prefix } from '../embedded/runtime/types.ts';
import { createCache, type Entry } from './cache.ts';
import type { Reader } from './constants.ts';
import { errorsThatMatter } from './context-errors.ts';
import { createKernel, type KernelOptions } from './kernel.ts';
import { KernelLimit, Refused } from './refused.ts';
import { replay } from './replay.ts';

/** Where branch B starts: the context with the proofs that stand in it, replayed into the header's kernel environment. */
export type Base =
  | { readonly ok: true; readonly kernel: Obj; readonly keys: ReadonlySet<string> }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const bases = createCache<Base>();

/** The context is replayed once for all attempts at a theorem. */
export function baseOf(
  reader: Reader,
  header: HeaderEnv,
  challenge: Challenge,
  prefix: Prefix,
  options: KernelOptions,
): Base {
  const text = challenge.header + challenge.context;
  const key = JSON.stringify([header.key, options.heartbeats, text]);
  return bases(reader.lean, key, () => {
    const errors = errorsThatMatter(text, prefix.messages);
    if (errors.length > 0) return { value: { ok: false, diagnostics: errors }, kept: [] };
    return replayed(reader, header, prefix, options);
  });
}

function replayed(reader: Reader, header: HeaderEnv, prefix: Prefix, options: KernelOptions): Entry<Base> {
  const { constants } = reader.added(contextKernel(reader.lean, prefix));
  const kernel = createKernel(reader.lean, header.kernel, options);
  try {
    replay(reader, kernel, constants);
  } catch (error) {
    if (!(error instanceof Refused || error instanceof KernelLimit)) throw error;
    const pos = { line: 1, column: 0 };
    const text = `the context does not stand up to the kernel: ${error.message}`;
    return { value: { ok: false, diagnostics: [{ severity: 'error', pos, endPos: null, text }] }, kept: [] };
  }
  const value = { ok: true, kernel: kernel.environment(), keys: new Set(constants.keys()) } as const;
  return { value, kept: [value.kernel] };
}

/** The kernel environment behind a context. Held. */
export const contextKernel = (lean: LeanRuntime, prefix: Prefix): Obj =>
  lean.kernelEnv(lean.field(prefix.state.command, 0));
