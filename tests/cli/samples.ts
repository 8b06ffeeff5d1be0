import type { Ledger, RunProgress, TheoremProgress, TheoremResult } from '../../src/model/index.ts';
import { EMPTY_LEDGER } from '../../workflows/theorem/ledger.ts';

/** Values of the domain that a test changes where it matters. */
export const ledger: Ledger = { ...EMPTY_LEDGER, cacheMs: 1, leanMs: 1234.4, totalMs: 1500 };

export const result = (over: Partial<TheoremResult> = {}): TheoremResult => ({
  theoremId: 'add_comm',
  name: 'add_comm',
  difficulty: 'easy',
  category: 'Nat',
  outcome: 'solved',
  stoppedBy: 'proof',
  prover: 'local',
  submission: { form: 'proof', text: 'by omega' },
  verdict: null,
  cached: false,
  attempts: 3,
  ledger,
  error: null,
  notes: [],
  workflowId: 'bench-basic-1/add_comm',
  startedAt: 1_000,
  endedAt: 2_500,
  ...over,
});

export const atWork = (over: Partial<TheoremProgress> = {}): TheoremProgress => ({
  theoremId: 'mul_comm',
  name: 'mul_comm',
  phase: 'local',
  round: 0,
  attempts: 0,
  paused: false,
  workflowId: 'bench-basic-1/mul_comm',
  result: null,
  ...over,
});

export const progress = (over: Partial<RunProgress> = {}): RunProgress => ({
  runId: 'bench-basic-1',
  label: 'basic',
  state: 'running',
  total: 3,
  running: [atWork()],
  outcomes: { solved: 1, unsolved: 0, conditional: 0, refuted: 0, error: 0 },
  recent: [result()],
  limits: { lanes: 2, costUsd: null },
  spentUsd: 0,
  ...over,
});
