import type { ScoredLemma } from '../../../src/model/index.ts';
import { KIND } from '../../check/constants.ts';
import { usedConstants } from '../../check/expressions.ts';
import type { LeanJob, RelevantOptions } from '../../service.ts';
import type { InstanceRuntime } from '../runtime/runtime.ts';
import type { HeaderEnv, Obj } from '../runtime/types.ts';
import { isDeprecated } from './deprecated.ts';
import { createFeatureReader, type FeatureReader } from './features.ts';
import { isHelpful } from './helpful.ts';
import type { Library } from './library.ts';
import { componentsOf, NameTable } from './names.ts';
import { createLemmaPrinter } from './printer.ts';
import { type Goal, goalOf, rank } from './rank.ts';
import { definitionsBehind, readStatement, type Statement } from './statement.ts';
import { userPart } from './written.ts';

/** What a definition is made of counts less than what the statement itself says. */
const INSIDE_DEFINITIONS = 0.4;
const STEPS = 2;

/**
 * Theorems of the header and of the context that may help with a job's statement, the best first. [] when it does not
 * elaborate. Throws `Stopped`, `Refused`. Only trusted text is elaborated.
 */
export function relevantLemmas(
  lean: InstanceRuntime,
  header: HeaderEnv,
  library: Library,
  {
    job,
    limit,
    name: text,
    stopped,
  }: RelevantOptions & { readonly job: LeanJob; readonly stopped: () => void },
): ScoredLemma[] {
  const statement = readStatement(lean, header, job);
  if (statement === null) return [];
  // The context's names do not stay where they are.
  const names = new NameTable(library.declarations.names);
  const read = createFeatureReader(lean, names);
  const goal = goalOf(library, wantedBy(statement, read));
  const print = createLemmaPrinter(lean);
  const found: ScoredLemma[] = [];
  for (const { name, type, score, from } of merged(statement, library, goal, {
    read,
    all: text !== undefined,
  })) {
    if (found.length >= limit) break;
    stopped();
    if (!hasText(lean.nameText(name), text)) continue;
    if (from === 'library' && isDeprecated(lean, header.env, name)) continue;
    const printed = print.type(statement.info, type);
    if (printed === null) continue;
    found.push({ name: writtenName(lean, print.name, name), type: printed, score, from });
  }
  return found;
}

type Candidate = Pick<ScoredLemma, 'score' | 'from'> & { readonly name: Obj; readonly type: Obj };

const hasText = (name: string, text: string | undefined): boolean =>
  text === undefined || name.toLowerCase().includes(text.toLowerCase());

/** Of context and library in one order; `all`: those too that have nothing in common with the goal. */
function merged(
  statement: Statement,
  library: Library,
  goal: Goal,
  { read, all }: { readonly read: FeatureReader; readonly all: boolean },
): Candidate[] {
  const own: Candidate[] = [...statement.context.values()]
    .filter((constant) => isUsable(statement, constant))
    .map((constant) => {
      const type = statement.reader.type(constant);
      // Few, and written for what the theorem is about, so they go before most of the library.
      const score = Math.sqrt(goal.score(read.of(type)));
      return { name: statement.reader.name(constant), type, score, from: 'context' as const };
    })
    .filter(({ score }) => all || score > 0);
  const others = rank(library, goal, all).map(
    ({ index, score }): Candidate => ({
      name: library.declarations.names.objectOf(library.theorems[index]!),
      type: library.types[index]!,
      score,
      from: 'library',
    }),
  );
  return [...own, ...others].sort((a, b) => b.score - a.score);
}

function isUsable({ reader }: Statement, constant: Obj): boolean {
  const kind = reader.kind(constant);
  if (kind !== KIND.theorem && kind !== KIND.axiom) return false;
  return isHelpful(userPart(componentsOf(reader.lean, reader.name(constant))));
}

function writtenName(lean: InstanceRuntime, print: (name: Obj) => string, name: Obj): string {
  const components = componentsOf(lean, name);
  if (components[0] !== '_private') return print(name);
  return print(lean.hold(lean.name(...userPart(components))));
}

function wantedBy(statement: Statement, read: FeatureReader): Map<number, number> {
  const { reader, type } = statement;
  const wanted = new Map<number, number>();
  const used = (e: Obj) => usedConstants(reader, [e]);
  for (const definition of definitionsBehind(statement, used, STEPS))
    for (const e of reader.expressions(definition))
      for (const key of read.of(e)) wanted.set(key, INSIDE_DEFINITIONS);
  for (const key of read.of(type)) wanted.set(key, 1);
  return wanted;
}
