import type { Attempt, ModelAnswer, RunRecord, TheoremResult, Verdict } from '../../src/model/index.ts';
import { attemptedOf } from '../../src/report/report/attempted.ts';
import { reportOf } from '../../src/report/report/build.ts';
import type { RunData } from '../../src/report/report/data.ts';
import type { Report } from '../../src/report/report/schema.ts';
import { result } from '../cli/samples.ts';

export { result };

export const run = (over: Partial<RunRecord> = {}): RunRecord => ({
  runId: 'bench-mine-1',
  kind: 'suite',
  label: 'mine',
  state: 'done',
  plan: {
    provers: ['local', 'lab'],
    budget: { rounds: 2, samples: 4, tokens: null, costUsd: null, wallMs: null },
    lean: { wallMs: 20_000, heartbeats: 200_000 },
    cache: true,
    onModelFailure: 'fail',
  },
  limits: { lanes: 2, costUsd: 1 },
  theoremIds: [],
  results: [],
  startedAt: 1_000,
  endedAt: 61_000,
  provenance: { proofloop: '0.1.0', leanSlots: '2' },
  ...over,
});

export const REJECTED: Verdict = { status: 'rejected', diagnostics: [], ms: 5 };
export const ACCEPTED: Verdict = {
  status: 'accepted',
  axioms: [],
  assurance: {
    ...{ checker: '2', lean: '4.28.0', statement: 'expr', axioms: 'walked' },
    ...{ kernelReplay: true, fresh: true, notes: [] },
  },
  diagnostics: [],
  ms: 5,
};

const answer = (over: Partial<ModelAnswer> = {}): ModelAnswer => ({
  ...{ model: 'prover', modelVersion: 'prover-0601', finish: 'STOP', unusable: null, cached: false, ms: 9 },
  prompt: { text: '', bytes: 0, sha256: null },
  answer: { text: '', bytes: 0, sha256: null },
  submission: { form: 'proof', text: 'by omega' },
  ...{ tokens: null, costUsd: 0 },
  ...over,
});

export const attempt = (over: Partial<Attempt> = {}): Attempt => ({
  ...{ n: 1, prover: 'lab', round: 1, sample: 0, cachedVerdict: false, leanMs: 5, error: null },
  submission: { form: 'proof', text: 'by omega' },
  verdict: REJECTED,
  answer: answer(),
  variant: 'short/1',
  ...over,
});

export type Tried = { readonly result: TheoremResult; readonly attempts?: readonly Attempt[] };

export const dataOf = (tried: readonly Tried[], over: Partial<RunData> = {}, of = run()): RunData => {
  const theoremIds = of.theoremIds.length > 0 ? of.theoremIds : tried.map((one) => one.result.theoremId);
  return {
    run: { ...of, theoremIds, results: tried.map((one) => one.result) },
    entries: tried.map(({ result: r, attempts = [] }) => ({
      result: r,
      attempted: attemptedOf(r, attempts, of.plan),
      theorem: null,
    })),
    predictions: new Map(),
    events: [],
    utilisation: null,
    ...over,
  };
};

export const report = (tried: readonly Tried[], over: Partial<RunData> = {}, of = run()): Report =>
  reportOf(dataOf(tried, over, of), { at: 99_000, by: 'proofloop 0.1.0' });

/** What a model that means harm would write: mark-up, a formula, characters that XML has no room for, and none of Unicode's. */
export const NASTY = `=HYPERLINK("http://x","y")</pre></svg>]]><script>alert(1)</script><img src=x onerror="alert(2)">'"&\u0000\u0007\u202e\ud800 | \`x\` "q"\n\tend`;

/** One theorem of each outcome, with nasty texts wherever somebody else writes. */
export const ONE_OF_EACH: readonly Tried[] = [
  {
    result: result({ theoremId: 'good', submission: { form: 'proof', text: NASTY }, verdict: ACCEPTED }),
  },
  {
    result: result({
      ...{ theoremId: 'bad', outcome: 'unsolved', stoppedBy: 'rounds', prover: null, submission: null },
      ...{ category: NASTY, difficulty: 'hard', notes: [NASTY], startedAt: 2_500, endedAt: 9_000 },
      verdict: {
        status: 'rejected',
        diagnostics: [{ severity: 'error', pos: { line: 1, column: 0 }, endPos: null, text: NASTY }],
        ms: 3,
      },
    }),
  },
  {
    result: result({
      ...{ theoremId: 'false', outcome: 'refuted', prover: null, submission: null, difficulty: null },
      refutation: {
        ...{ statement: NASTY, submission: { form: 'proof', text: NASTY }, verdict: ACCEPTED },
        counterexample: NASTY,
      },
    }),
  },
  {
    result: result({
      ...{ theoremId: 'half', outcome: 'conditional', category: null },
      verdict: { status: 'conditional', on: ['x'], diagnostics: [], ms: 4 },
    }),
  },
  {
    result: result({
      ...{ theoremId: 'broken', outcome: 'error', stoppedBy: 'error', prover: null, submission: null },
      error: { code: 'MODEL_UNAVAILABLE', message: NASTY },
    }),
  },
];
