import type { Activities, GenerateInput, Judged, VerifyInput } from '../../activities/api.ts';
import type { Attempt, TheoremResult } from '../../src/model/index.ts';
import { accepted, answer, proof, rejected } from './theorems.ts';

/** Activities in memory that note what they were asked; a test replaces those that it is about. */
export type Noted = {
  readonly activities: Activities;
  readonly generated: GenerateInput[];
  readonly verified: VerifyInput[];
  readonly attempts: Attempt[];
  readonly results: TheoremResult[];
  readonly states: string[];
};

/** The model answers `good` and Lean accepts exactly that, unless told otherwise. */
export const inMemory = (replace: Partial<Activities> = {}): Noted => {
  const noted = { generated: [], verified: [], attempts: [], results: [], states: [] } as unknown as Noted;
  const base: Activities = {
    lookupProof: async () => null,
    proveLocally: async () => [judged('by local', false)],
    generate: async () => answer(proof('good')),
    verify: async ({ submission }) => judged(submission.text, submission.text === 'good'),
    recordAttempt: async ({ attempt }) => void noted.attempts.push(attempt),
    recordResult: async ({ result }) => void noted.results.push(result),
    recordRunState: async ({ state }) => void noted.states.push(state),
    loadTheorems: async ({ source, offset, limit }) =>
      source.kind === 'inline' ? source.theorems.slice(offset, offset + limit) : [],
  };
  const all = { ...base, ...replace };
  return {
    ...noted,
    activities: {
      ...all,
      generate: (input) => {
        noted.generated.push(input);
        return all.generate(input);
      },
      verify: (input) => {
        noted.verified.push(input);
        return all.verify(input);
      },
    },
  };
};

export const judged = (text: string, good: boolean): Judged => ({
  submission: proof(text),
  verdict: good ? accepted : rejected(),
  cached: false,
  leanMs: 2,
  cacheMs: 1,
});
