/** What one run of a suite by one prover with one prompt brought; the parts that are read of `bench --json`. */
export type Cell = {
  readonly prover: string;
  readonly prompt: string;
  readonly suite: string;
  readonly runId: string;
  readonly theorems: number;
  readonly solved: number;
  /** Ended without a verdict on the theorem; counted apart, never as unsolved. */
  readonly errors: number;
  readonly calls: number;
  /** Mean seconds of a model's answer; null where none came. */
  readonly secondsPerCall: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null: some price was unknown. */
  readonly costUsd: number | null;
};

type Ledger = {
  readonly modelCalls: number;
  readonly modelMs: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number | null;
};

/** Reads the JSON lines of a run. Throws if it has no result for every theorem: half a run is no measurement. */
export const cellOf = (
  asked: Pick<Cell, 'prover' | 'prompt' | 'suite'>,
  lines: readonly Record<string, unknown>[],
): Cell => {
  const launch = lines.find(({ type }) => type === 'launch');
  const results = lines.filter(({ type }) => type === 'theorem') as unknown as {
    outcome: string;
    ledger: Ledger;
  }[];
  const total = Number(launch?.total ?? 0);
  if (launch === undefined || results.length !== total || total === 0)
    throw new Error(
      `the run of ${asked.suite} by ${asked.prover} brought ${results.length} of ${total} results`,
    );
  const sum = (of: (ledger: Ledger) => number): number => results.reduce((n, r) => n + of(r.ledger), 0);
  const calls = sum((l) => l.modelCalls);
  return {
    ...asked,
    runId: String(launch.runId),
    theorems: total,
    solved: results.filter((r) => r.outcome === 'solved').length,
    errors: results.filter((r) => r.outcome === 'error').length,
    calls,
    secondsPerCall: calls === 0 ? null : sum((l) => l.modelMs) / calls / 1000,
    inputTokens: sum((l) => l.inputTokens),
    outputTokens: sum((l) => l.outputTokens),
    costUsd: results.some((r) => r.ledger.costUsd === null) ? null : sum((l) => l.costUsd ?? 0),
  };
};
