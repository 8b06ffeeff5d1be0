import {
  type Accepted,
  type AttemptPlan,
  type Budget,
  type Canary,
  type ModelAnswer,
  type ProveTheoremInput,
  type Refutation,
  SORRY,
  type Submission,
  type Theorem,
  type Verdict,
} from '../../src/model/index.ts';

/** Small domain values for tests. */

export const theorem = (id: string, more: Partial<Theorem> = {}): Theorem => ({
  id,
  name: id,
  header: '',
  context: '',
  statement: `theorem ${id} : 1 + 1 = 2`,
  ...more,
});

export const proof = (text: string): Submission => ({ form: 'proof', text });

export const plan = (budget: Partial<Budget> = {}, more: Partial<AttemptPlan> = {}): AttemptPlan => ({
  provers: ['model'],
  budget: { rounds: 3, samples: 1, tokens: null, costUsd: null, wallMs: null, ...budget },
  lean: { wallMs: 5_000, heartbeats: 200_000 },
  cache: true,
  onModelFailure: 'fail',
  ...more,
});

export const GUARD = { storeId: 'store', workflowVersion: '1' };

export const proveInput = (id: string, more: Partial<ProveTheoremInput> = {}): ProveTheoremInput => ({
  runId: `run-${id}`,
  theorem: theorem(id),
  plan: plan(),
  guard: GUARD,
  suite: 'tests',
  ...more,
});

export const accepted: Accepted = {
  status: 'accepted',
  axioms: [],
  assurance: {
    checker: 'test',
    lean: '4',
    statement: 'expr',
    axioms: 'walked',
    kernelReplay: true,
    fresh: true,
    notes: [],
  },
  diagnostics: [],
  ms: 3,
};

export const refutation: Refutation = {
  statement: 'theorem t_false : _root_.Not (type_of% @t)',
  submission: { form: 'proof', text: 'fun h => absurd (h 0) (by decide)' },
  verdict: accepted,
  counterexample: 'a = 0',
};

export const canary = (outcome: Canary['outcome'] = 'passed'): Canary => ({
  outcome,
  checker: 'test',
  lean: '4',
  backend: 'memory',
  cheats: [{ name: 'no proof', status: outcome === 'accepted the false' ? 'accepted' : 'incomplete' }],
  truth: outcome === 'refused the true' ? 'rejected' : 'accepted',
  ms: 1,
});

export const rejected = (text = 'unsolved goals'): Verdict => ({
  status: 'rejected',
  diagnostics: [{ severity: 'error', pos: { line: 1, column: 0 }, endPos: null, text }],
  ms: 2,
});

export const answer = (submission: Submission | null, more: Partial<ModelAnswer> = {}): ModelAnswer => ({
  model: 'test-model',
  modelVersion: null,
  finish: 'STOP',
  prompt: { text: 'prompt', bytes: 6, sha256: null },
  answer: { text: submission?.text ?? '', bytes: 0, sha256: null },
  submission,
  unusable: submission === null ? 'empty text' : null,
  tokens: { input: 10, cachedInput: 0, output: 5, thoughts: 0 },
  costUsd: 0.01,
  cached: false,
  ms: 1,
  ...more,
});

export { SORRY };
