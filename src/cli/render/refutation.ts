import { commandText, type TheoremResult } from '../../model/index.ts';
import type { Paint } from './paint.ts';
import { indent } from './width.ts';

/** The proof of a theorem's negation, with the values for which it is false; nothing of one that is not refuted. */
export const renderRefutation = ({ theoremId, refutation }: TheoremResult, paint: Paint): string[] => {
  if (!refutation) return [];
  const { statement, submission, counterexample } = refutation;
  return [
    `${paint(['bold', 'magenta'], 'refuted')} ${paint('bold', theoremId)}${counterexample === undefined ? '' : `: false for ${counterexample}`}`,
    indent(commandText(statement, submission), '  '),
    '',
  ];
};
