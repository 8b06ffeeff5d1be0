import { dollars, duration, type Form, orNone, wholeNumber } from '../../config/values.ts';
import { type Budget, ProofloopError, type RunLimits } from '../../model/index.ts';
import { MOST_LANES } from './plan.ts';

type Change = {
  readonly to: 'budget' | 'limits';
  readonly key: string;
  readonly form: Form<unknown>;
  /** `auto` sets this instead. */
  readonly auto?: Partial<RunLimits>;
};

/** The names are those of the flags of `bench`. */
const CHANGES: Readonly<Record<string, Change>> = {
  jobs: { to: 'limits', key: 'lanes', form: wholeNumber(1), auto: { autoLanes: MOST_LANES } },
  'max-cost': { to: 'limits', key: 'costUsd', form: orNone(dollars) },
  'run-max-tokens': { to: 'limits', key: 'tokens', form: orNone(wholeNumber(1)) },
  'run-timeout': { to: 'limits', key: 'wallMs', form: orNone(duration) },
  'theorem-max-cost': { to: 'budget', key: 'costUsd', form: orNone(dollars) },
  'max-tokens': { to: 'budget', key: 'tokens', form: orNone(wholeNumber(1)) },
  'max-samples': { to: 'budget', key: 'maxSamples', form: orNone(wholeNumber(1)) },
  'max-rounds': { to: 'budget', key: 'rounds', form: wholeNumber(0) },
  samples: { to: 'budget', key: 'samples', form: wholeNumber(1) },
  timeout: { to: 'budget', key: 'wallMs', form: orNone(duration) },
};

/** `max-cost=5 jobs=4` as patches of a run's budget and limits. Throws USAGE. */
export const parseChanges = (
  texts: readonly string[],
): { readonly budget: Partial<Budget>; readonly limits: Partial<RunLimits> } => {
  const patches = { budget: {} as Record<string, unknown>, limits: {} as Record<string, unknown> };
  for (const text of texts) {
    const [name = '', value] = text.split(/=(.*)/s);
    const change = Object.hasOwn(CHANGES, name) ? CHANGES[name] : undefined;
    if (change === undefined || value === undefined)
      throw new ProofloopError('USAGE', `'${text}' is no change`, {
        fix: `Say NAME=VALUE with one of: ${Object.keys(CHANGES).join(', ')}.`,
      });
    if (change.auto !== undefined && value === 'auto') {
      Object.assign(patches[change.to], change.auto);
      continue;
    }
    const parsed = change.form('').safeParse(value);
    if (!parsed.success)
      throw new ProofloopError('USAGE', `'${text}': ${parsed.error.issues[0]?.message ?? 'not valid'}`);
    patches[change.to][change.key] = parsed.data;
  }
  return patches;
};
