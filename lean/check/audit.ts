import type { Diagnostic, Position } from '../../src/model/index.ts';
import type { Elaborated, HeaderEnv, LeanRuntime } from '../embedded/runtime/types.ts';
import { axiomsOf } from './axioms.ts';
import { createReader } from './constants.ts';
import { declaredAt } from './declared-at.ts';
import { createKernel, type Kernel, type KernelOptions } from './kernel.ts';
import { KernelLimit, Refused } from './refused.ts';
import { replay } from './replay.ts';

const TOP: Position = { line: 1, column: 0 };
const NOTHING_IS_TRUSTED: ReadonlySet<string> = new Set();

/**
 * What Lean's messages about a whole file do not tell: null if the file is as honest as they say, else an error to
 * stand beside them. There is no statement to compare with here. All new constants go through the kernel once more
 * into the header's environment, and what they rest on is walked: no axiom but Lean's three, and no `sorry` that
 * the elaborator did not report. `elaborated` has no errors. Releases nothing itself: call it in a scope.
 * Throws `Stopped` when a stop was asked for.
 */
export function auditFile(
  lean: LeanRuntime,
  header: HeaderEnv,
  text: string,
  elaborated: Elaborated,
  limits: KernelOptions,
): Diagnostic | null {
  const reader = createReader(lean);
  /** The constant that the kernel is at. */
  let at = '';
  const error = (detail: string, constant = at): Diagnostic => ({
    severity: 'error',
    pos: (constant === '' ? null : declaredAt(text, constant)) ?? TOP,
    endPos: null,
    text: `dishonest: ${detail}`,
  });
  try {
    const claimed = reader.added(lean.kernelEnv(elaborated.env));
    if (claimed.imported !== header.imported) return error('the file changes what its header imported');
    const kernel = createKernel(lean, header.kernel, limits);
    const watched: Kernel = {
      ...kernel,
      add: (declaration, name) => {
        at = name;
        kernel.add(declaration, name);
      },
    };
    replay(reader, watched, claimed.constants);
    at = '';
    const replayed = reader.added(kernel.environment()).constants;
    const found = axiomsOf(reader, replayed, replayed.keys(), NOTHING_IS_TRUSTED);
    const [axiom] = found.denied;
    if (axiom !== undefined) return error(`the file rests on the axiom ${found.denied.join(', ')}`, axiom);
    const [hidden] = elaborated.sorries.length === 0 ? found.sorryIn : [];
    if (hidden === undefined) return null;
    const name = lean.nameText(reader.name(replayed.get(hidden)!));
    return error(`${name} rests on sorryAx, and no \`sorry\` of the file says so`, name);
  } catch (thrown) {
    if (thrown instanceof Refused) return error(thrown.message);
    if (thrown instanceof KernelLimit)
      return error(
        `the kernel did not get through the file once more: it reached the limit of ${thrown.message}`,
      );
    throw thrown;
  }
}
