import type { Model } from '../../predictor/model.ts';
import { moment, plural } from '../../words/units.ts';
import type { Paint } from '../render/paint.ts';

const SHOWN = 6;

/** The features without which a prediction would be worse, the most important ones first. */
export const mostImportant = (model: Model, what: 'ms' | 'solved'): readonly (readonly [string, number])[] =>
  Object.entries(model.importance)
    .map(([name, growth]) => [name, growth[what]] as const)
    .filter(([, growth]) => growth > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN);

/** What a stored model was made of, as `predictor show` prints it. */
export const modelLines = (model: Model, version: number, current: boolean, paint: Paint): string[] => {
  const fact = (name: string, value: string) => `  ${paint('dim', name.padEnd(10))} ${value}`;
  const important = (what: 'ms' | 'solved') => {
    const names = mostImportant(model, what).map(
      ([name, growth]) => `${name} +${Math.round(100 * growth)} %`,
    );
    return names.length === 0 ? 'none: every theorem is predicted alike' : names.join(', ');
  };
  return [
    `${paint('bold', model.prover)}  version ${version}, trained ${moment(model.trainedAt)}${current ? '' : '; a run has ended since, the next prediction trains anew'}`,
    fact(
      'records',
      `${plural(model.rows, 'record')} of ${plural(model.theorems, 'theorem')} from ${plural(model.runs, 'run')}, the newest of ${moment(model.through)}`,
    ),
    fact('time', important('ms')),
    fact('success', important('solved')),
    fact('tokens', model.tokens === null ? 'none were used' : 'predicted'),
  ];
};
