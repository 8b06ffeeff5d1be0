import { stringify } from 'csv-stringify/sync';
import type { Report, Row } from '../report/schema.ts';

type Cell = string | number | boolean | null;

const COLUMNS: Readonly<Record<string, (row: Row) => Cell>> = {
  id: (r) => r.id,
  name: (r) => r.name,
  difficulty: (r) => r.difficulty,
  category: (r) => r.category,
  outcome: (r) => r.outcome,
  stopped_by: (r) => r.stoppedBy,
  stopped_scope: (r) => r.stoppedScope,
  prover: (r) => r.prover,
  models: (r) => r.models.join('; '),
  prompts: (r) => r.prompts.join('; '),
  cached: (r) => r.cached,
  attempts: (r) => r.attempts,
  calls: (r) => r.calls,
  calls_to_proof: (r) => r.callsToProof,
  started_at: (r) => new Date(r.startedAt).toISOString(),
  ended_at: (r) => new Date(r.endedAt).toISOString(),
  total_ms: (r) => r.totalMs,
  lean_ms: (r) => r.leanMs,
  model_ms: (r) => r.modelMs,
  cache_ms: (r) => r.cacheMs,
  rest_ms: (r) => r.restMs,
  input_tokens: (r) => r.inputTokens,
  output_tokens: (r) => r.outputTokens,
  usd: (r) => r.usd,
  axioms: (r) => r.axioms.join('; '),
  assurance: (r) => r.assurance,
  verdict: (r) => r.verdict,
  why: (r) => r.why,
  error: (r) => r.error?.code ?? null,
  notes: (r) => r.notes.join('; '),
  statement: (r) => r.statement,
  proof: (r) => r.proof,
  workflow_id: (r) => r.workflowId,
};

/**
 * RFC 4180. Texts of models and suites may begin with what a spreadsheet takes for a formula: those get a `'` before them,
 * numbers stay as they are. An unknown value is an empty field.
 */
export const csvText = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  stringify([...rows], {
    columns: [...head],
    header: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: { boolean: (value) => (value ? 'yes' : 'no') },
  });

/** One theorem a row. */
export const reportCsv = (report: Report): string =>
  csvText(
    Object.keys(COLUMNS),
    report.theorems.map((row) => Object.values(COLUMNS).map((cell) => cell(row))),
  );
