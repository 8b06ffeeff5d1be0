import type { Activities, GenerateInput, Judged, VerifyInput } from '../../activities/api.ts';
import { earlierActivities } from '../../activities/earlier.ts';
import { lookActivities } from '../../activities/look.ts';
import type { Attempt, TheoremResult } from '../../src/model/index.ts';
import { held } from '../../src/scheduler/control/hold.ts';
import type { Store } from '../../src/store/store.ts';
import { accepted, answer, canary, GUARD, proof, rejected } from './theorems.ts';

/** What one test's activities were asked. */
export type Noted = {
  readonly generated: GenerateInput[];
  readonly verified: VerifyInput[];
  readonly attempts: Attempt[];
  readonly results: TheoremResult[];
  readonly states: string[];
};

/** The model answers `good`, Lean accepts exactly that, and nothing is known before. */
const base: Activities = {
  lookupProof: async () => null,
  proveLocally: async () => [judged('by local', false)],
  quote: async () => ({ usd: 0.01, tokens: 15, stored: false }),
  generate: async () => answer(proof('good')),
  canary: async () => canary(),
  batchCreate: async ({ displayName }) => ({ name: `batches/${displayName}`, found: false }),
  batchLook: async () => ({ state: 'ended', detail: 'JOB_STATE_SUCCEEDED' }),
  batchCollect: async ({ requests }) => ({
    answered: requests.map(({ id }) => ({
      id,
      costUsd: 0.005,
      tokens: { input: 10, cachedInput: 0, output: 5, thoughts: 0 },
    })),
    failed: [],
  }),
  batchCancel: async () => {},
  hints: async () => ({ lemmas: [], leanMs: 1 }),
  checkSketch: async ({ submission }) => ({ judged: judged(submission.text, false), why: null, steps: [] }),
  refute: async () => ({ refutation: null, leanMs: 1 }),
  verify: async ({ submission }) => judged(submission.text, submission.text === 'good'),
  choosePrompts: async ({ stages }) => stages.map(() => null),
  recordAttempt: async () => {},
  recordResult: async () => {},
  recordRunState: async () => {},
  beginRun: async ({ input }) => ({ ...GUARD, storeId: input.storeId }),
  adviseLanes: async ({ lanes, state }) => ({ lanes, state: state ?? held(lanes) }),
  // Of what was noted, unless a test says otherwise; see `scripted`.
  earlierWork: async () => null,
  ...lookActivities(),
  loadTheorems: async ({ source, offset, limit }) =>
    source.kind === 'inline' ? source.theorems.slice(offset, offset + limit) : [],
};

export const judged = (text: string, good: boolean): Judged => ({
  submission: proof(text),
  verdict: good ? accepted : rejected(`refused: ${text}`),
  cached: false,
  leanMs: 2,
  cacheMs: 1,
});

/**
 * Activities in memory for many tests on one worker. A test is named by its theorem's id, up to the first dot,
 * which is also what follows `run-` in its run id; it replaces the activities that it is about.
 */
export const scripted = (shared: Partial<Pick<Activities, 'loadTheorems' | 'beginRun'>> = {}) => {
  const scripts = new Map<string, { readonly activities: Activities; readonly noted: Noted }>();
  const theoremOf = new Map<Attempt, string>();

  const script = (test: string, replace: Partial<Activities> = {}): Noted => {
    const noted: Noted = { generated: [], verified: [], attempts: [], results: [], states: [] };
    scripts.set(test, { activities: { ...base, ...replace }, noted });
    return noted;
  };
  const of = (id: string) => {
    // A retried run has its own id with a suffix, and so has one of a schedule.
    const found = scripts.get(id.replace(/^run-|-r[0-9a-f]{4}$|-\d{8}T\d{6}Z$/g, '').split('.')[0] ?? '');
    if (found === undefined) throw new Error(`no script for '${id}'`);
    return found;
  };
  const activities: Activities = {
    lookupProof: (input) => of(input.theorem.id).activities.lookupProof(input),
    proveLocally: (input) => of(input.theorem.id).activities.proveLocally(input),
    quote: (input) => of(input.theorem.id).activities.quote(input),
    generate: (input) => {
      const { activities, noted } = of(input.theorem.id);
      noted.generated.push(input);
      return activities.generate(input);
    },
    verify: (input) => {
      const { activities, noted } = of(input.theorem.id);
      noted.verified.push(input);
      return activities.verify(input);
    },
    choosePrompts: (input) => of(input.theorem.id).activities.choosePrompts(input),
    hints: (input) => of(input.theorem.id).activities.hints(input),
    checkSketch: (input) => of(input.theorem.id).activities.checkSketch(input),
    refute: (input) => of(input.theorem.id).activities.refute(input),
    batchCreate: (input) => of(testOf(input.displayName)).activities.batchCreate(input),
    batchLook: (input) => of(testOf(input.name)).activities.batchLook(input),
    batchCollect: (input) => of(testOf(input.name)).activities.batchCollect(input),
    batchCancel: (input) => of(testOf(input.name)).activities.batchCancel(input),
    canary: (input) => of(input.runId).activities.canary(input),
    recordAttempt: async (input) => {
      of(input.theoremId).noted.attempts.push(input.attempt);
      theoremOf.set(input.attempt, input.theoremId);
      await of(input.theoremId).activities.recordAttempt(input);
    },
    earlierWork: (input) => {
      const { activities, noted } = of(input.theoremId);
      if (activities.earlierWork !== base.earlierWork) return activities.earlierWork(input);
      return earlierActivities(notedStore(noted, theoremOf)).earlierWork(input);
    },
    lookAtTheorems: (input) => base.lookAtTheorems(input),
    recordResult: async (input) => {
      of(input.result.theoremId).noted.results.push(input.result);
      await of(input.result.theoremId).activities.recordResult(input);
    },
    recordRunState: async (input) => {
      // An upsert, which is repeated when the last task of a run is.
      const { states } = of(input.runId).noted;
      if (states.at(-1) !== input.state) states.push(input.state);
      await of(input.runId).activities.recordRunState(input);
    },
    beginRun: (input) => (shared.beginRun ?? base.beginRun)(input),
    adviseLanes: (input) => of(input.runId).activities.adviseLanes(input),
    loadTheorems: (input) => (shared.loadTheorems ?? base.loadTheorems)(input),
  };
  return { script, activities };
};

/** What a store would answer that was written what the test noted. */
const notedStore = ({ results, attempts }: Noted, theoremOf: ReadonlyMap<Attempt, string>) =>
  ({
    getResult: async (_run, id) => results.findLast((r) => r.theoremId === id) ?? null,
    listAttempts: async (_run, id) => attempts.filter((attempt) => theoremOf.get(attempt) === id),
  }) satisfies Pick<Store, 'getResult' | 'listAttempts'> as unknown as Store;

/** A batch job's display name holds the id of its run. */
const testOf = (name: string): string => /run-[\w-]+/.exec(name)?.[0] ?? name;

/** A promise and its two ends, to order what tests and activities do without waiting for time to pass. */
export const gate = <T = void>() => Promise.withResolvers<T>();
