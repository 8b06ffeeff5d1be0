import type { LeanRuntime, Obj } from '../embedded/runtime/types.ts';
import { KernelLimit, Refused, Stopped } from './refused.ts';

/** Constructors of `Lean.Kernel.Exception` in order; the limits come last. */
const EXCEPTIONS = [
  'unknown constant',
  'already declared',
  'declaration type mismatch',
  'declaration has metavariables',
  'declaration has free variables',
  'function expected',
  'type expected',
  'let type mismatch',
  'expression type mismatch',
  'application type mismatch',
  'invalid projection',
  'theorem type is not a proposition',
  'other',
] as const;
const TIMEOUT = 13;
const INTERRUPTED = 16;
const LIMITS = ['heartbeats', 'memory', 'recursion depth'] as const;

export type KernelOptions = {
  /** Of one declaration, in thousands of small allocations as `maxHeartbeats` counts; 0 = no limit. */
  readonly heartbeats: number;
  /** `IO.CancelToken`, borrowed; a stop that is asked for through it is thrown as `Stopped`. */
  readonly cancelToken?: Obj | undefined;
};

/** A kernel environment that grows by declarations which the kernel has checked. */
export function createKernel(lean: LeanRuntime, start: Obj, options: KernelOptions) {
  const addDecl = lean.W('lean_add_decl');
  const find = lean.W('lean_environment_find');
  // usize has 32 bits here.
  const limit = Math.min(options.heartbeats * 1000, 0x7fff_ffff);
  const token = options.cancelToken;
  const cancel = token === undefined ? lean.box(0) : lean.hold(lean.ctor(1, [lean.inc(token)]));
  let env = start;

  return {
    environment: () => env,
    /** `declaration` is owned. `name` is for the message. */
    add(declaration: Obj, name: string): void {
      lean.hold(declaration);
      const result = lean.hold(addDecl(lean.inc(env), limit, declaration, cancel));
      if (lean.tag(result) !== 0) {
        env = lean.field(result, 0);
        return;
      }
      const fault = lean.tag(lean.field(result, 0));
      if (fault === INTERRUPTED) throw new Stopped();
      if (fault >= TIMEOUT) throw new KernelLimit(`${LIMITS[fault - TIMEOUT]} in the kernel at ${name}`);
      throw new Refused('kernel', `the kernel refuses ${name}: ${EXCEPTIONS[fault]}`);
    },
    /** The `ConstantInfo` that the environment holds under a name (borrowed), or null. */
    find(name: Obj): Obj | null {
      const found = lean.hold(find(lean.inc(env), lean.inc(name)));
      return lean.isBox(found) ? null : lean.field(found, 0);
    },
  };
}
export type Kernel = ReturnType<typeof createKernel>;
