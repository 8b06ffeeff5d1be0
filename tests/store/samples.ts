import type { Attempt, RunRecord, Submission, TheoremResult, Verdict } from '../../src/model/index.ts';
import { EMPTY_LEDGER } from '../../workflows/theorem/ledger.ts';

/** Small records of each kind that the store keeps. */
export const byOmega: Submission = { form: 'proof', text: 'by omega' };

export const rejected: Verdict = {
  status: 'rejected',
  diagnostics: [
    { severity: 'error', pos: { line: 3, column: 4 }, endPos: null, text: 'unsolved goals\n⊢ 1 = 2' },
  ],
  ms: 12.5,
};

export const accepted: Verdict = {
  status: 'accepted',
  axioms: ['propext'],
  assurance: {
    checker: '1',
    lean: '4.28.0',
    statement: 'expr',
    axioms: 'walked',
    kernelReplay: true,
    fresh: true,
    notes: ['Library theorems are trusted by file hash.'],
  },
  diagnostics: [],
  ms: 40,
};

export const attempt = (n: number, sha256: string | null = null): Attempt => ({
  n,
  prover: 'gemini',
  round: 1,
  sample: 0,
  submission: byOmega,
  verdict: rejected,
  answer: {
    model: 'a-model',
    modelVersion: null,
    finish: 'STOP',
    prompt: { text: 'head of a long prompt', bytes: 70_000, sha256 },
    answer: { text: 'by omega', bytes: 8, sha256: null },
    submission: byOmega,
    unusable: null,
    tokens: { input: 10, cachedInput: 0, output: 5, thoughts: 0 },
    costUsd: 0.001,
    cached: false,
    ms: 2000,
  },
  cachedVerdict: false,
  leanMs: 12.5,
  error: null,
});

export const result = (theoremId: string, outcome: TheoremResult['outcome'] = 'solved'): TheoremResult => ({
  theoremId,
  name: theoremId,
  difficulty: 'easy',
  category: 'Nat',
  outcome,
  stoppedBy: outcome === 'solved' ? 'proof' : 'rounds',
  prover: 'local',
  submission: byOmega,
  verdict: outcome === 'solved' ? accepted : rejected,
  cached: false,
  attempts: 1,
  ledger: { ...EMPTY_LEDGER, cacheMs: 1, leanMs: 40, totalMs: 60 },
  error: null,
  notes: [],
  workflowId: `run/${theoremId}`,
  startedAt: 1,
  endedAt: 61,
});

export const run = (runId: string, over: Partial<RunRecord> = {}): RunRecord => ({
  runId,
  kind: 'suite',
  label: 'basic',
  state: 'running',
  plan: {
    provers: ['local'],
    budget: { rounds: 4, samples: 1, tokens: null, costUsd: null, wallMs: null },
    lean: { wallMs: 20_000, heartbeats: 200_000 },
    cache: true,
    onModelFailure: 'fail',
  },
  limits: { lanes: 2, costUsd: null },
  theoremIds: ['one', 'two', 'three'],
  results: [],
  startedAt: 1_000,
  endedAt: null,
  provenance: { lean: '4.28.0' },
  ...over,
});
