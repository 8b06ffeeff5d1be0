import { fullText, SORRY } from '../../../src/model/index.ts';
import { stateChallenge } from '../../check/challenge.ts';
import { createReader, KIND, type Reader } from '../../check/constants.ts';
import { foreignRefusal, refusesForeignSyntax } from '../../check/foreign.ts';
import { Stopped } from '../../check/refused.ts';
import type { LeanJob } from '../../service.ts';
import { findSorries } from '../elaborate/sorries.ts';
import { leanText } from '../elaborate/source.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import type { HeaderEnv, Obj } from '../runtime/types.ts';

/** A theorem as Lean understood it. What it holds is held by the innermost scope. */
export type Statement = {
  readonly reader: Reader;
  /** The target's type. */
  readonly type: Obj;
  /** The environment behind the context. */
  readonly env: Obj;
  /** Constants of the context by key. */
  readonly context: ReadonlyMap<string, Obj>;
  /** A `ContextInfo` where the theorem stands: namespaces and `open`s count in what is printed. */
  readonly info: Obj;
};

/** Null when header, context or statement do not elaborate. Throws `Stopped`, `Refused`. */
export function readStatement(
  lean: InstanceRuntime,
  header: HeaderEnv,
  { challenge, options }: LeanJob,
): Statement | null {
  const reader = createReader(lean);
  if (foreignRefusal(challenge) !== null) return null;
  const watched = { ...options, onCommand: refusesForeignSyntax(lean, challenge) };
  const stated = stateChallenge(reader, header, challenge, watched);
  if (!stated.ok) return null;
  const target = stated.constants.get(stated.target);
  if (target === undefined) return null;
  const prefix = lean.prefix(header, challenge, watched);
  let info: Obj | null = null;
  const run = lean.run(prefix.state, leanText(fullText(challenge, SORRY)), {
    goals: false,
    onCommand: watched.onCommand,
    onTrees: (found) => {
      for (const tree of found) for (const { context } of findSorries(lean, tree)) info ??= lean.inc(context);
    },
  });
  if (info !== null) lean.hold(info);
  if (run.stopped) throw new Stopped();
  if (info === null) return null;
  const env = lean.field(prefix.state.command, 0);
  const context = new Map([...stated.constants].filter(([key]) => stated.context.has(key)));
  return { reader, type: reader.type(target), env, context, info };
}

/** Definitions of the context that the term names, and those that they name, at most so many steps away. */
export function definitionsBehind(
  { reader, type, context }: Statement,
  used: (e: Obj) => Iterable<string>,
  steps: number,
): Obj[] {
  const found = new Map<string, Obj>();
  let front: Obj[] = [type];
  for (let step = 0; step < steps && front.length > 0; step++) {
    const next: Obj[] = [];
    for (const e of front)
      for (const key of used(e)) {
        const constant = context.get(key);
        if (constant === undefined || found.has(key) || reader.kind(constant) !== KIND.def) continue;
        found.set(key, constant);
        next.push(...reader.expressions(constant));
      }
    front = next;
  }
  return [...found.values()];
}
