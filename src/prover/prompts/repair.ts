import type { GoalAt, Theorem, UnknownName } from '../../model/index.ts';
import { commandText, fullText } from '../../model/index.ts';
import type { Feedback } from '../prover.ts';
import { annotate, cut } from './annotate.ts';
import { block } from './frames.ts';

const MAX_CODE_CHARS = 12_000;
const MAX_GOALS = 3;
const MAX_UNKNOWN = 6;
const MAX_NEAR = 4;
const MAX_TYPE_CHARS = 200;

/** A very long attempt without its middle; what is wrong in it stands in the frames below. */
const bounded = (code: string): string => {
  const points = [...code];
  if (points.length <= MAX_CODE_CHARS) return code;
  const half = MAX_CODE_CHARS / 2;
  return `${points.slice(0, half).join('')}\n-- … ${points.length - MAX_CODE_CHARS} characters left out …\n${points.slice(-half).join('')}`;
};

const oneLine = (text: string): string => {
  const points = [...text.replace(/\s+/g, ' ').trim()];
  return points.length <= MAX_TYPE_CHARS ? points.join('') : `${points.slice(0, MAX_TYPE_CHARS).join('')} …`;
};

/** What exists under names like those that Lean did not know. */
function unknownPart(unknown: readonly UnknownName[]): string {
  const lines = unknown
    .slice(0, MAX_UNKNOWN)
    .flatMap(({ name, near }) => [
      `${name} does not exist${near.length === 0 ? ', and nothing like it.' : '; there are:'}`,
      ...near.slice(0, MAX_NEAR).map((l) => `  ${l.name} : ${oneLine(l.type)}`),
    ]);
  return `Names that Lean does not know, with existing ones like them:\n${block('', lines.join('\n'))}`;
}

/** Goals that no message shows at its place. */
function goalsPart(goals: readonly GoalAt[], firstLine: number): string {
  const texts = goals.slice(0, MAX_GOALS).map((g) => `line ${g.line - firstLine + 1}:\n${cut(g.goal)}`);
  return `Open goals:\n${block('', texts.join('\n\n'))}`;
}

const repeatedPart = (times: number): string =>
  `This same proof was given ${times === 1 ? 'once more' : `${times} more times`} after it had been refused. It stays refused: give one that differs in substance.`;

/** The failed proof, and what Lean said at its place in it. */
export function repairPart(theorem: Theorem, feedback: Feedback): string {
  const { submission, diagnostics, why, openGoals = [], unknown = [], repeated = 0 } = feedback;
  const text = fullText(theorem, submission).trimEnd();
  const firstLine = `${theorem.header}${theorem.context}`.split('\n').length;
  const { shown, omitted, diagnostics: told } = annotate(text, firstLine, diagnostics, openGoals);
  const parts = [
    'An earlier attempt was refused:',
    block('lean4', bounded(commandText(theorem.statement, submission))),
    `Why: ${oneLine(why)}.${repeated > 0 ? ` ${repeatedPart(repeated)}` : ''}`,
  ];
  if (shown.length > 0)
    parts.push(
      `What Lean says at its place, first errors first (lines count from the attempt's first):\n${block('', shown.join('\n\n'))}`,
    );
  if (omitted > 0) parts.push(`${omitted} more ${omitted === 1 ? 'message' : 'messages'} left out.`);
  const elsewhere = openGoals.filter(
    (g) => g.line >= firstLine && g.goal.trim() !== '' && !told.some((d) => d.pos.line === g.line),
  );
  if (elsewhere.length > 0) parts.push(goalsPart(elsewhere, firstLine));
  if (unknown.length > 0) parts.push(unknownPart(unknown));
  return parts.join('\n\n');
}
