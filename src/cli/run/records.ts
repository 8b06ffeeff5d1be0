import type { RunRecord, RunState, TheoremResult } from '../../model/index.ts';
import type { Session } from '../../temporal/session.ts';
import { uiLink } from '../../temporal/ui-link.ts';
import type { ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { countOutcomes } from '../render/outcome.ts';

export type Launch = {
  readonly runId: string;
  readonly workflowId: string;
  /** Page of the run in the Temporal UI; null where we do not know where the UI is. */
  readonly url: string | null;
  readonly label: string;
  readonly total: number;
  /** It had been started before; this command only watches it. */
  readonly attached: boolean;
};

export const launchOf = (record: RunRecord, session: Session | null, attached: boolean): Launch => ({
  runId: record.runId,
  workflowId: record.runId,
  url: session?.uiUrl == null ? null : uiLink(session.uiUrl, session.namespace, record.runId),
  label: record.label,
  total: record.theoremIds.length,
  attached,
});

/** The JSON lines of `--json`. The first is `launch`, the last is `done`; standard output holds nothing else. */
export const writeRecord = (io: Io, type: string, record: object): void =>
  io.out(JSON.stringify({ type, ...record }));

export const launchRecord = (launch: Launch): object => ({
  ...launch,
  attach: `proofloop attach ${launch.runId}`,
});

export const doneRecord = (
  launch: Launch,
  state: RunState | 'detached' | 'interrupted',
  results: readonly TheoremResult[],
  exitCode: ExitCode,
): object => ({
  runId: launch.runId,
  workflowId: launch.workflowId,
  url: launch.url,
  state,
  total: launch.total,
  ...countOutcomes(results),
  attempts: results.reduce((n, r) => n + r.attempts, 0),
  costUsd: results.some((r) => r.ledger.costUsd === null)
    ? null
    : results.reduce((usd, r) => usd + r.ledger.costUsd!, 0),
  exitCode,
});
