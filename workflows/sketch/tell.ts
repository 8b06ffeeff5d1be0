import type { StepEnd, StepsEnd } from './steps.ts';

/** `2 of 3 steps proved; step h2 is false for n = 0`. */
export const noteOf = (ended: StepsEnd): string => {
  const proved = ended.filter((one) => one.kind === 'proved').length;
  const rest = ended.flatMap((one) => (one.kind === 'proved' ? [] : [lineOf(one)]));
  return [`${proved} of ${ended.length} steps proved`, ...rest].join('; ');
};

const lineOf = (one: Exclude<StepEnd, { kind: 'proved' }>): string => {
  const name = `step ${one.step.name}`;
  switch (one.kind) {
    case 'refuted': {
      const { counterexample } = one.refutation;
      return counterexample === undefined ? `${name} is refuted` : `${name} is false for ${counterexample}`;
    }
    case 'unproved':
      return `${name} is unproved${one.why === '' ? '' : ` (${one.why})`}`;
    case 'left':
      return `${name} was left`;
  }
};

const LONGEST = 600;

/** The same for the model: what each step states, and what is known of it. */
export const factsOf = (ended: StepsEnd): string => ended.map(factOf).join('\n');

const factOf = (one: StepEnd): string => {
  const stated = one.step.theorem.statement.replace(/\s+/g, ' ').slice(0, LONGEST);
  const head = `Step ${one.step.name} (as a theorem: ${stated})`;
  switch (one.kind) {
    case 'proved':
      return `${head} is proved.`;
    case 'refuted': {
      const { counterexample, submission } = one.refutation;
      const how = counterexample === undefined ? 'its negation is proved' : `it fails for ${counterexample}`;
      return `${head} is FALSE: ${how} (${submission.text.slice(0, LONGEST)}).`;
    }
    case 'unproved':
      return `${head} could not be proved${one.why === '' ? '' : `: ${one.why}`}. Break it down, or choose another way.`;
    case 'left':
      return `${head} was not tried to the end.`;
  }
};
